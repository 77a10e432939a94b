using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <summary>Options of one call.</summary>
public sealed class CallOptions
{
    /// <summary>More headers; they go before those of the client and of the operation. The one that carries the client's key, and those
    /// that frame the message, such as <c>Host</c>, are refused.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The deadline instead of <see cref="ApiClientOptions.Timeout"/>; null keeps that one.</summary>
    public TimeSpan? Timeout
    {
        get;
        set => field = value is { } timeout ? OptionChecks.PositiveOrInfinite(timeout, nameof(Timeout)) : null;
    }

    /// <summary>Whether the request is checked before it is sent; true by default. False is for documents that forbid more than their service does;
    /// what cannot be sent at all, such as a path parameter that is empty, is refused all the same.</summary>
    public bool Validate { get; set; } = true;

    /// <summary>
    /// Whether handlers of the user's <see cref="ClientOptions.HttpClient"/>, such as those that retry, may send the call again. Null, the default, goes by the
    /// method and the body: what is idempotent (GET, HEAD, PUT, DELETE, OPTIONS, QUERY) and what uploads files may be sent again, whole; any other call is sent
    /// once, because it could be billed twice, and a second sending is refused (<see cref="TransportFailure.Repeated"/>). True is for a POST that does no harm
    /// twice, such as a search; false for an upload that costs money.
    /// </summary>
    public bool? MayRepeat { get; set; }

    /// <summary>
    /// Is told the status and the headers of the answer, for request ids and links to further pages. Of a call that is sent again it is called for each answer,
    /// and of errors too, before they are thrown. It must not throw.
    /// </summary>
    public Action<ResponseHeaders>? OnResponse { get; set; }
}
