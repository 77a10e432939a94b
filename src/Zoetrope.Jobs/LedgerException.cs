using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>A ledger cannot be opened, read or written, or does not allow what was requested.</summary>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="inner">The failure of the store.</param>
public sealed class LedgerException(string message, Exception? inner = null) : ZoetropeException(message, inner)
{
    /// <summary>Whether the store was busy or could not be reached, so that the same may succeed later.</summary>
    public bool IsTransient { get; init; }
}
