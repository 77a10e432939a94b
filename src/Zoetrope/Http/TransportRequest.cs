using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Http;

/// <summary>One request to a provider, without the key: <see cref="Transport"/> adds it.</summary>
public sealed class TransportRequest
{
    /// <summary>The <see cref="Operation"/> of all calls that a specification does not describe.</summary>
    internal const string RawOperation = "SendRaw";

    private List<KeyValuePair<string, string>>? _headers;

    /// <summary>The method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The absolute address; an address that is not trusted is refused.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The JSON body; if empty, no body is sent.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Additional headers. Those that carry keys, and those that frame the message, are refused.</summary>
    public List<KeyValuePair<string, string>> Headers => _headers ??= [];

    /// <summary>
    /// The deadline of the exchange; null uses <see cref="MediaClientOptions.SubmitTimeout"/> for submits and <see cref="MediaClientOptions.PollTimeout"/> for
    /// other requests.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// The user's options of a submit, of which the transport uses <see cref="SubmitOptions.Stopping"/> and <see cref="SubmitOptions.OnRetry"/>; null where
    /// there are none. The protocol puts the others, such as headers, into the request.
    /// </summary>
    public SubmitOptions? Submit { get; init; }

    /// <summary>
    /// The key with which the provider recognizes the same submit sent again; null where it honors none. A submit that has one may be sent again after any
    /// failure.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Finds the job that the body of an error names; null where there is none, or where errors of the provider never name jobs. A job that an error names
    /// exists: the submit is not sent again, whatever the status, and its exception carries the job. An id that may be that of the error itself names none.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, JobHandle?>? FindInError { get; init; }

    /// <summary>Whether the response is sent only after long work, as in a direct run: the request has a connection of its own.</summary>
    public bool IsLong { get; init; }

    /// <summary>The value of <c>Accept</c>; null means <c>application/json</c>.</summary>
    public string? Accept { get; init; }

    /// <summary>Whether the header with the key is omitted.</summary>
    public bool Anonymous { get; init; }

    /// <summary>The number of the attempt at a submit, from 1.</summary>
    internal int Attempt { get; set; } = 1;

    /// <summary>Whether there are additional headers.</summary>
    internal bool HasHeaders => _headers is { Count: > 0 };

    /// <summary>The body if it is not plain JSON; it takes precedence over <see cref="Json"/>.</summary>
    internal RequestBody? Body { get; init; }

    /// <summary>The value of <c>Cookie</c>; if null, the header is not sent.</summary>
    internal string? Cookies { get; init; }

    /// <summary>
    /// Whether the request goes to an address that a provider returned to store a file: it is sent without the key, and to any host that files may be sent to.
    /// Its headers are what the provider asks for, and may contain a token of their own.
    /// </summary>
    internal bool IsStorage { get; init; }

    /// <summary>The connections to use in place of the client's; null for those.</summary>
    internal HttpMessageInvoker? Http { get; init; }

    /// <summary>
    /// Whether the request calls an operation of a whole API: its specification may name any header that does not frame the message, and the response is the
    /// user's, so that nothing is removed from it. Messages never show the key in any case.
    /// </summary>
    internal bool IsOperation => Operation is not null;

    /// <summary>The name of the operation that the request calls; null for other requests.</summary>
    internal string? Operation { get; init; }

    /// <summary>Whether the key is in the address.</summary>
    internal bool HasKeyInAddress { get; init; }

    /// <summary>
    /// Whether handlers below the client may send the request again; null decides by its method and body: idempotent requests and uploads may be sent again.
    /// Submits never may.
    /// </summary>
    internal bool? MayRepeat { get; init; }

    /// <summary>Whether the body of the response is not read.</summary>
    internal bool IgnoresBody { get; init; }

    /// <summary>Whether a redirect, or another 3xx status, is returned like other responses; it is never followed.</summary>
    internal bool TakesRedirects { get; init; }

    /// <summary>Whether the specification says that the response can be 304.</summary>
    internal bool TakesNotModified { get; init; }

    /// <summary>Called with the headers of each response before it is processed.</summary>
    internal Action<HttpResponseMessage>? Received { get; init; }

    /// <summary>Creates the exception of an error; if it, or its result, is null, a <see cref="ServiceException"/> is thrown.</summary>
    internal IErrorMaker? Errors { get; init; }
}
