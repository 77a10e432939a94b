using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Text;

namespace Zoetrope.Http;

/// <summary>A provider's complete response.</summary>
public sealed partial class TransportResponse : IReceivedResponse
{
    // How much of a body is scanned where its beginning is enough. Escapes are longer than the characters they represent, and a key may cross the end.
    private const int Looked = 4096;

    private readonly HttpResponseHeaders? _headers;
    private ReadOnlyMemory<byte> _utf8;
    private RawJson _json;
    private string? _requestId;
    private bool _hasUtf8;
    private bool _isParsed;
    private bool _isJson;
    private bool _hasProvidersRequestId;

    /// <summary>Initializes a new instance of the <see cref="TransportResponse"/> class.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">The headers, without those of the content.</param>
    /// <param name="contentType">The media type of the body.</param>
    public TransportResponse(HttpStatusCode statusCode, ReadOnlyMemory<byte> body, HttpResponseHeaders? headers = null, string? contentType = null)
    {
        StatusCode = statusCode;
        Body = body;
        ContentType = contentType;
        _headers = headers;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The body as it was received.</summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>The media type of the body, such as <c>application/json</c>; null where it is not declared.</summary>
    public string? ContentType { get; }

    /// <summary>The body as JSON, whatever its content type and charset; null where it is not JSON.</summary>
    public RawJson? Json
    {
        get
        {
            if (!_isParsed)
            {
                _isJson = TryParse(out _json);
                _isParsed = true;
            }
            return _isJson ? _json : default(RawJson?);
        }
    }

    /// <summary>The headers of the content; null for a response made by hand.</summary>
    internal HttpContentHeaders? ContentHeaders { get; init; }

    /// <summary>Whether the body is JSON that was taken out of a response whose media type is <see cref="ContentType"/>.</summary>
    internal bool IsJson { get; init; }

    /// <summary>The charset of the body as its content type declares it; null where it does not.</summary>
    internal string? Charset { get; init; }

    /// <summary>The body as UTF-8, if it is text.</summary>
    internal ReadOnlyMemory<byte> Utf8
    {
        get
        {
            if (!_hasUtf8)
            {
                _utf8 = Charsets.ToUtf8(Body, Charset);
                _hasUtf8 = true;
            }
            return _utf8;
        }
    }

    /// <summary>The provider's name, which is in the name of the header with its id; null for a response made by hand.</summary>
    internal string? Provider { get; init; }

    /// <summary>The service's id of the exchange; null where there is none.</summary>
    internal string? RequestId => _requestId ??= ResponseHead.RequestIdOf(_headers, Provider, Redactor, out _hasProvidersRequestId);

    /// <summary>Whether the header with that id is named after the provider: gateways add ids, too.</summary>
    internal bool HasProvidersRequestId => RequestId is not null && _hasProvidersRequestId;

    /// <summary>Whether the body is incomplete, because of the limit or a failure.</summary>
    internal bool IsPart { get; set; }

    /// <summary>Whether the body has more bytes than are read.</summary>
    internal bool IsTooLarge { get; private set; }

    /// <summary>Whether the protocol has frames, which say where the body ends.</summary>
    internal bool IsFramed { get; init; }

    /// <summary>Whether the headers or the frames say where the body ends, so that it is known to be complete; true also for a response made by hand.</summary>
    internal bool IsDelimited => IsFramed || _headers is null || ContentHeaders is null
        || _headers.NonValidated.Contains("Transfer-Encoding") || ContentHeaders.NonValidated.Contains("Content-Length");

    /// <summary>The message, where its body is not read into memory.</summary>
    internal HttpResponseMessage? Message { get; set; }

    /// <summary>The array of the body where it goes back to the pool; see <see cref="Release"/>.</summary>
    internal byte[]? Rented { get; set; }

    /// <summary>The address of the request, of an error; null otherwise.</summary>
    internal Uri? Address { get; set; }

    /// <summary>The number of times the request was sent until this response was received.</summary>
    internal int Attempts { get; set; } = 1;

    /// <summary>Whether a job of the same submit may exist, whatever this response says: it was sent before, and may have been accepted.</summary>
    internal bool MayRepeatJob { get; set; }

    /// <summary>Removes the key from messages; null where the response does not contain it.</summary>
    internal KeyRedactor? Redactor { get; init; }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="TransportException">The body is not JSON (<see cref="TransportFailure.Malformed"/>).</exception>
    public RawJson RequireJson() => Json ?? throw Malformed("The response is not JSON");

    /// <summary>The body as it was received where it is not JSON, such as a text, a page, a file or nothing; null where it is JSON.</summary>
    public ResultContent? Content => Json is null ? new ResultContent(Body, ContentType, Charset) : null;

    /// <summary>
    /// The body as a result that was paid for, delivered in any form: JSON unchanged, a text (such as a bare URL) as a JSON string, a file as a string with its
    /// <c>data:</c> URI, an empty body as null. <see cref="Content"/> has what is not JSON as it was received.
    /// </summary>
    /// <exception cref="TransportException">
    /// The response is not surely the result, so that it can be requested again: the body is the page of a gateway, malformed JSON, empty although it claims to
    /// be JSON, or the status is 202 (<see cref="TransportFailure.Malformed"/>); the exception contains it.
    /// </exception>
    public RawJson RequireResult() => Result() ?? throw Malformed(Body.IsEmpty ? "The response is empty" : "The response is not a result");

    string? IReceivedResponse.Charset => Charset;

    Uri? IReceivedResponse.Address => Address;

    IEnumerable<string> IReceivedResponse.HeaderValues(string name) => HeaderValues(name);

    RawJson? IReceivedResponse.ResultOf(ReadOnlyMemory<byte> body) => With(body).Result();

    ResultContent? IReceivedResponse.ContentOf(ReadOnlyMemory<byte> body) => With(body).Content;

    /// <summary>The body as <see cref="RequireResult"/> returns it; null where it is not a result.</summary>
    internal RawJson? Result()
    {
        if (IsPart)
            return null;
        if (Json is { } json)
            return json;
        var isFile = ContentType is { } type && (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase));
        var text = (isFile && !Body.IsEmpty) || !ResultContent.IsTextual(Body.Span, Charset) ? null : Charsets.Read(Body.Span, Charset);
        if (!ResultForms.IsFinal(this, text))
            return null;
        if (text is null)
            return $"data:{ContentType ?? "application/octet-stream"};base64,{Convert.ToBase64String(Body.Span)}";
        return Body.IsEmpty ? RawJson.Null : text.Trim();
    }

    /// <summary>Creates the exception that says what is wrong with this response, and keeps what was received.</summary>
    /// <param name="problem">The description of the problem, without a full stop.</param>
    /// <param name="cause">The exception that was thrown while reading.</param>
    public TransportException Malformed(string problem, Exception? cause = null) =>
        Fail($"{problem.TrimEnd('.')} ({(int)StatusCode}, {ContentType ?? "no media type"}): {Excerpt()}", TransportFailure.Malformed, cause);

    /// <summary>Ensures that this response is not about another job, as when a cache or a gateway confuses responses.</summary>
    /// <param name="handle">The job of the request.</param>
    /// <param name="jobId">The id in the response; null or empty if there is none.</param>
    /// <param name="otherId">A second id of the job in the same response; null or empty if there is none.</param>
    /// <exception cref="TransportException">The response names another job (<see cref="TransportFailure.Malformed"/>).</exception>
    public void RequireJob(JobHandle handle, string? jobId, string? otherId = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        if (!handle.MayBeNamed(jobId, otherId))
            throw Malformed("The response is about job " + jobId + ", not about " + handle.JobId);
    }

    /// <summary>The beginning of the body as one line of text, for messages.</summary>
    public string Excerpt()
    {
        const int Longest = 200;
        if (Body.IsEmpty)
            return "(empty)";
        var text = Charsets.Read(Body.Span[..Math.Min(Body.Length, Looked)], Charset);
        var line = MessageText.OneLine(Redactor is null ? text : Redactor.Redact(text));
        return line.Length > Longest ? line[..Longest] + "..." : line;
    }

    /// <summary>Creates the exception about this response: without the key, in one line, with the id of the exchange and what was received.</summary>
    /// <param name="problem">The description of the failure.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="cause">The exception that was thrown.</param>
    /// <param name="location">The target of a redirect.</param>
    internal TransportException Fail(string problem, TransportFailure failure, Exception? cause = null, Uri? location = null)
    {
        var text = MessageText.Short(Redactor is null ? problem : Redactor.Redact(problem));
        if (RequestId is { } id && !text.Contains(id, StringComparison.Ordinal))
            text = $"{text.TrimEnd('.')} (request {id})";
        var exception = new TransportException(text, failure, Redactor is null ? cause : Redactor.Redact(cause)) { Location = location };
        AttachTo(exception);
        return exception;
    }

    /// <summary>Adds what was received to an exception that does not contain it yet.</summary>
    internal void AttachTo(TransportException exception)
    {
        exception.Response ??= this;
        exception.StatusCode ??= StatusCode;
        exception.RequestId ??= RequestId;
        if (exception.Body.IsEmpty)
            exception.Body = WithoutKey(Body);
    }

    /// <summary>Adds what was received, such as a part of an item, to the failure that ended the body.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="part">What was received.</param>
    internal void AttachPart(TransportException failure, ReadOnlyMemory<byte> part)
    {
        IsPart = true;
        failure.Body = WithoutKey(part);
    }

    /// <summary>
    /// Returns an error that this response is about, with its id if the error has none: exceptions then read headers
    /// (<see cref="ZoetropeException.Header"/>) of this response.
    /// </summary>
    /// <param name="error">The error.</param>
    public ServiceError AttachTo(ServiceError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Of(this, RequestId);
    }

    /// <summary>Returns a body of this response without the key.</summary>
    internal ReadOnlyMemory<byte> WithoutKey(ReadOnlyMemory<byte> body) => Redactor?.Redact(body, Charset, IsPart) ?? body;

    /// <summary>The head of this response with another body.</summary>
    internal TransportResponse With(ReadOnlyMemory<byte> body) =>
        new(StatusCode, body, _headers, ContentType)
        {
            ContentHeaders = ContentHeaders,
            Charset = Charset,
            IsFramed = IsFramed,
            IsPart = IsPart,
            Provider = Provider,
            Redactor = Redactor,
        };

    /// <summary>Takes what was received of the body.</summary>
    internal void Receive(ReadOnlyMemory<byte> body, bool isPart, bool isTooLarge) => (Body, IsPart, IsTooLarge) = (body, isPart, isTooLarge);

    /// <summary>Ends a response whose body nobody uses any more: neither this response, nor what was read from it.</summary>
    internal void Release()
    {
        if (Rented is not { } rented)
            return;
        (Rented, Body, _utf8, _json) = (null, default, default, default);
        (_hasUtf8, _isParsed) = (false, false);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private bool TryParse(out RawJson json)
    {
        json = default;
        if (!Charsets.MayBeJson(Body.Span))
            return false;
        try
        {
            json = RawJson.OfOwnedDeep(Utf8);
            return true;
        }
        catch (JsonException)
        {
            // A body that is not JSON is a response, not a failure: gateways send HTML.
            return false;
        }
    }
}
