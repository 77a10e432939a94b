using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.Simulator.Http;

/// <summary>A request that has been read completely, except for the body of one that brings a file.</summary>
internal sealed class IncomingRequest(HttpRequest request, byte[] body, string baseUrl)
{
    public string Method { get; private init; } = request.Method;

    public string Path { get; } = request.Path.Value ?? "/";

    public string QueryText => request.QueryString.Value ?? "";

    public string[] Segments { get; } = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Where this server is reached, without a slash at the end.</summary>
    public string BaseUrl => baseUrl;

    /// <summary>The host that the request names, without its port.</summary>
    public string Host => request.Host.Host;

    /// <summary>Whether there is no body.</summary>
    public bool IsEmpty => body.Length == 0;

    public string Text { get; } = Encoding.UTF8.GetString(body);

    /// <summary>The body as it came in.</summary>
    public MemoryStream OpenBody() => new(body, writable: false);

    /// <summary>The body of a request that brings a file, which was not read before.</summary>
    public Stream Unread => request.Body;

    public IHeaderDictionary Headers => request.Headers;

    public string? Header(string name) => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public IQueryCollection Queries => request.Query;

    public string? Query(string name) => request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>This request, as if it had another method.</summary>
    public IncomingRequest WithMethod(string method) => new(request, body, baseUrl) { Method = method };

    /// <summary>Reads the body as JSON; null with a message when it is not JSON.</summary>
    public JsonNode? ReadJson(out string? problem)
    {
        try
        {
            problem = null;
            return RequestJson.Parse(body);
        }
        catch (JsonException exception)
        {
            problem = exception.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"The body is not JSON: line {line + 1}, byte {exception.BytePositionInLine + 1}.")
                : "The body is not JSON.";
            return null;
        }
    }
}
