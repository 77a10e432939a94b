using Zoetrope.Http;

namespace Zoetrope.Errors;

/// <summary>The reasons why there can be no usable response.</summary>
public enum TransportFailure
{
    /// <summary>No connection was made: nothing was sent.</summary>
    NotConnected,

    /// <summary>The connection broke after something may have been sent.</summary>
    Broken,

    /// <summary>No response was received in time.</summary>
    TimedOut,

    /// <summary>The response is a redirect, which is not followed.</summary>
    Redirected,

    /// <summary>The response is larger than allowed.</summary>
    TooLarge,

    /// <summary>The response does not follow the protocol.</summary>
    Malformed,

    /// <summary>The client refused to send the request: its address is not trusted with the key, or a header is not allowed. Nothing was sent.</summary>
    Refused,

    /// <summary>
    /// A handler of the user's <see cref="ClientOptions.HttpClient"/>, such as one that retries or hedges, tried to send the request a second time, which was
    /// refused because it could be billed twice. The outcome of the first attempt is unknown.
    /// </summary>
    Repeated,
}
