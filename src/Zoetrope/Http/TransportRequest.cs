using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Http;

/// <summary>One request to a provider, without the key: <see cref="Transport"/> adds it.</summary>
public sealed class TransportRequest
{
    /// <summary>The method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The absolute address; one that is not trusted is refused.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The JSON body; empty sends none.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>More headers. Those that carry keys, and those that frame the message, are refused.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>
    /// The deadline of the exchange; null takes <see cref="MediaClientOptions.SubmitTimeout"/> for submits and <see cref="MediaClientOptions.PollTimeout"/> for
    /// the rest.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Of a submit: the user's options, of which the transport uses <see cref="SubmitOptions.Stopping"/> and <see cref="SubmitOptions.OnRetry"/>; null where there
    /// are none. The rest, such as headers, is the protocol's to put into the request.
    /// </summary>
    public SubmitOptions? Submit { get; init; }

    /// <summary>Whether the response comes only when long work is done, as in a direct run: it has a connection that no other request waits for.</summary>
    public bool IsLong { get; init; }

    /// <summary>What is accepted; null means <c>application/json</c>.</summary>
    public string? Accept { get; init; }

    /// <summary>The body where it is not plain JSON; it goes before <see cref="Json"/>.</summary>
    internal RequestBody? Body { get; init; }

    /// <summary>The value of <c>Cookie</c>; null sends none.</summary>
    internal string? Cookies { get; init; }

    /// <summary>Whether the header with the key stays away.</summary>
    internal bool Anonymous { get; init; }

    /// <summary>
    /// Whether it calls an operation of a whole API: its document may name any header that does not frame the message, and what it answers is the user's, so
    /// that nothing is taken out of it. Messages never show the key all the same.
    /// </summary>
    internal bool IsOperation { get; init; }

    /// <summary>Whether the key is in the address.</summary>
    internal bool HasKeyInAddress { get; init; }

    /// <summary>
    /// Whether handlers below the client may send it again; null leaves that to its method and body: what is idempotent may, and uploads. Submits never may.
    /// </summary>
    internal bool? MayRepeat { get; init; }

    /// <summary>Whether nobody reads the body of the answer.</summary>
    internal bool IgnoresBody { get; init; }

    /// <summary>Whether a redirect, or another status of 3xx, is a response like others; it is never followed.</summary>
    internal bool TakesRedirects { get; init; }

    /// <summary>Whether the document says that the response can be 304.</summary>
    internal bool TakesNotModified { get; init; }

    /// <summary>Is told each answer's head before anything is made of it.</summary>
    internal Action<HttpResponseMessage>? Received { get; init; }

    /// <summary>Makes the exception of an error; null, and what gives null, is a <see cref="ServiceException"/>.</summary>
    internal ErrorMaker? MakeError { get; init; }
}

/// <summary>Makes the exception of an error that a service answered with.</summary>
internal delegate ServiceException? ErrorMaker(string provider, System.Net.HttpStatusCode status, ServiceError error, TimeSpan? retryAfter);
