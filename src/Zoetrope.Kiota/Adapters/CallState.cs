using Microsoft.Kiota.Abstractions;
using Zoetrope.Errors;

namespace Zoetrope.Kiota.Adapters;

/// <summary>What the adapter and the handler that sends know of one call.</summary>
/// <param name="isStream">Whether the caller reads the body of the response as a stream.</param>
internal sealed class CallState(bool isStream) : IRequestOption
{
    /// <summary>Whether the caller reads the body of the response as a stream.</summary>
    public bool IsStream => isStream;

    /// <summary>The error of the service; null where there was none.</summary>
    public ServiceException? Failure { get; set; }
}
