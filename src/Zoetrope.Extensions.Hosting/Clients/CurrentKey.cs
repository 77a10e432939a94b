using Microsoft.Extensions.Logging;
using Zoetrope.Extensions.Hosting.Logging;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>The key of a client, which changes when the configuration does.</summary>
/// <param name="first">The key in the options that the client was made with; null where it is in the environment.</param>
/// <param name="logger">Where a change is logged, without the key.</param>
internal sealed class CurrentKey(string? first, ILogger logger)
{
    private string? _current;

    /// <summary>Takes the key of changed options. Where there is none any more, the one before it stays.</summary>
    public void Change(string? key)
    {
        key = key?.Trim();
        if (string.IsNullOrEmpty(key) || key == (Volatile.Read(ref _current) ?? first?.Trim()))
            return;
        Volatile.Write(ref _current, key);
        HostMessages.KeyChanged(logger);
    }

    /// <summary>Returns the key for a request; null for the client's own.</summary>
    public ValueTask<string?> GetAsync(CancellationToken cancellationToken) => new(Volatile.Read(ref _current));
}
