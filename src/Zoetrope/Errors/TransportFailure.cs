using System.Net;
using Zoetrope.Http;

namespace Zoetrope.Errors;

/// <summary>The ways in which there can be no usable answer.</summary>
public enum TransportFailure
{
    /// <summary>No connection was made: nothing was sent.</summary>
    NotConnected,

    /// <summary>The connection broke after something may have been sent.</summary>
    Broken,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>The answer is a redirect, which is not followed.</summary>
    Redirected,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The answer is not what the protocol says.</summary>
    Malformed,

    /// <summary>The client refused to send the request: the key may not go to its address, or a header is not allowed. Nothing was sent.</summary>
    Refused,

    /// <summary>
    /// A handler of the user's <see cref="ClientOptions.HttpClient"/>, such as one that retries or hedges, was to send the request a second time, which was
    /// refused because it could be billed twice. What became of the first sending is not known.
    /// </summary>
    Repeated,
}
