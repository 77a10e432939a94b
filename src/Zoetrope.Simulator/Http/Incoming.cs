using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.Simulator;

/// <summary>A request that has been read completely.</summary>
internal sealed class Incoming(HttpRequest request, byte[] body, string baseUrl)
{
    public string Method => request.Method;

    public string Path { get; } = request.Path.Value ?? "/";

    public string QueryText => request.QueryString.Value ?? "";

    public string[] Segments { get; } = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Where this server is reached, without a slash at the end.</summary>
    public string BaseUrl => baseUrl;

    public string Text { get; } = Encoding.UTF8.GetString(body);

    public IHeaderDictionary Headers => request.Headers;

    public string? Header(string name) => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public string? Query(string name) => request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Reads the body as JSON; null with a message when it is none.</summary>
    public JsonNode? ReadJson(out string? problem)
    {
        try
        {
            problem = null;
            return JsonNode.Parse(body);
        }
        catch (JsonException exception)
        {
            problem = exception.Message;
            return null;
        }
    }
}
