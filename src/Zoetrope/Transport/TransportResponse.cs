using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Protocol;

/// <summary>An answer of a provider, read to its end.</summary>
public sealed class TransportResponse
{
    private readonly HttpResponseHeaders? _headers;
    private RawJson? _json;
    private bool _parsed;

    /// <summary>Makes an answer.</summary>
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

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The media type of the body, such as <c>application/json</c>; null where it is not said.</summary>
    public string? ContentType { get; }

    /// <summary>The charset of the body as its content type says it; null where it does not.</summary>
    internal string? Charset { get; init; }

    /// <summary>The body as JSON; null where it is not JSON, whatever its content type says.</summary>
    public RawJson? Json
    {
        get
        {
            if (!_parsed)
            {
                _json = TryParse();
                _parsed = true;
            }
            return _json;
        }
    }

    /// <summary>How many times the request was sent until this answer came.</summary>
    internal int Attempts { get; set; } = 1;

    /// <summary>A header's value (the first, where there are several); null where it is not there.</summary>
    public string? Header(string name)
    {
        if (_headers is null || !_headers.TryGetValues(name, out var values))
            return null;
        foreach (var value in values)
            return value;
        return null;
    }

    /// <summary>Takes the key out of what messages tell; null where it is in none of the answer.</summary>
    internal KeyRedactor? Redactor { get; init; }

    /// <summary>The value of the first header whose name ends so: services differ in what they put before <c>request-id</c>.</summary>
    internal string? HeaderEndingWith(string ending)
    {
        foreach (var header in _headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
        {
            if (header.Key.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return Header(header.Key);
        }
        return null;
    }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="TransportException">It is not JSON (<see cref="TransportFailure.Malformed"/>).</exception>
    public RawJson RequireJson() => Json ?? throw new TransportException($"The answer ({(int)StatusCode}) is not JSON: {Excerpt()}", TransportFailure.Malformed);

    /// <summary>The beginning of the body as one line of text, for messages.</summary>
    public string Excerpt()
    {
        const int Longest = 200;
        if (Body.IsEmpty)
            return "(empty)";
        var body = Redactor?.Redact(Body) ?? Body;
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, Longest)]);
        var line = new StringBuilder(text.Length);
        foreach (var unit in text)
            line.Append(char.IsControl(unit) ? ' ' : unit);
        return body.Length > Longest ? line.Append("...").ToString() : line.ToString();
    }

    private RawJson? TryParse()
    {
        if (Body.IsEmpty)
            return null;
        try
        {
            return RawJson.OfOwned(Body.Span.StartsWith("\uFEFF"u8) ? Body[3..] : Body);
        }
        catch (JsonException)
        {
            // Not JSON is an answer, not a failure: gateways send HTML.
            return null;
        }
    }
}
