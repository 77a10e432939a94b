using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <summary>The options of one call.</summary>
public sealed class CallOptions
{
    /// <summary>Additional headers; they take precedence over those of the client and of the operation. The header that carries the client's key, and those
    /// that frame the message, such as <c>Host</c>, are refused.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The deadline in place of <see cref="ApiClientOptions.Timeout"/>; null uses that one.</summary>
    public TimeSpan? Timeout
    {
        get;
        set => field = value is { } timeout ? OptionChecks.PositiveOrInfinite(timeout, nameof(Timeout)) : null;
    }

    /// <summary>Whether the request is validated before it is sent; true by default. Set it to false if the specification is stricter than the service;
    /// a request that cannot be sent at all, for example with an empty path parameter, is refused nevertheless.</summary>
    public bool Validate { get; set; } = true;

    /// <summary>
    /// Whether handlers of the user's <see cref="ClientOptions.HttpClient"/>, such as those that retry, may send the call again. Null, the default, decides by
    /// the method and the body: idempotent calls (GET, HEAD, PUT, DELETE, OPTIONS, QUERY) and uploads of files may be sent again, whole; any other call is sent
    /// once, because it could be billed twice, and a second attempt is refused (<see cref="TransportFailure.Repeated"/>). Use true for a POST that is harmless
    /// when repeated, such as a search; false for an upload that is billed.
    /// </summary>
    public bool? MayRepeat { get; set; }

    /// <summary>
    /// Called with the status and the headers of the response, for request ids and links to further pages. If a call is repeated, it is called for each
    /// response, and for errors, too, before they are thrown. It must not throw.
    /// </summary>
    public Action<ResponseHeaders>? OnResponse { get; set; }
}
