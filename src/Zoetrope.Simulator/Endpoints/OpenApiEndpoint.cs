using System.Text.Json.Nodes;
using NJsonSchema;
using NSwag;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>A provider's OpenAPI document for one endpoint, as NSwag reads it.</summary>
/// <param name="Provider">The provider, detected from the document's servers.</param>
/// <param name="Id">The endpoint's id.</param>
/// <param name="Input">The schema of its request.</param>
/// <param name="Output">The schema of its result, or null.</param>
internal sealed record OpenApiEndpoint(string Provider, string Id, JsonSchema Input, JsonSchema? Output)
{
    private const string Json = "application/json";

    /// <summary>Reads a document; null when it is JSON of another kind (a catalog, a lock file) or describes no model endpoint.</summary>
    /// <exception cref="InvalidDataException">The document refers to another one.</exception>
    public static async Task<OpenApiEndpoint?> ReadAsync(string text, CancellationToken cancellationToken)
    {
        if (JsonNode.Parse(text) is not JsonObject root || !root.ContainsKey("openapi"))
            return null;
        SchemaPreparation.ApplyToDocument(root);
        var document = await OpenApiDocument.FromJsonAsync(root.ToJsonString(), cancellationToken);
        var provider = Provider(document);
        foreach (var (path, item) in document.Paths)
        {
            if (provider is null || !item.TryGetValue(OpenApiOperationMethod.Post, out var post)
                || post.RequestBody?.Content.TryGetValue(Json, out var body) != true || body?.Schema is null)
                continue;
            return new(provider, path.Trim('/'), body.Schema, Result(document, path));
        }
        return null;

        static string? Provider(OpenApiDocument document) => document.Servers
            .Select(server => Uri.TryCreate(server.Url, UriKind.Absolute, out var url) ? url.Host : "")
            .SelectMany(host => DocumentProfiles.All.Where(profile => profile.HasQueueDocuments && IsOf(host, profile.DirectHost)))
            .FirstOrDefault()?.Name;

        static bool IsOf(string host, string? domain) =>
            domain is not null && (host == domain || host.EndsWith("." + domain, StringComparison.Ordinal));
    }

    /// <summary>Documents of a queue describe the result as the response to <c>GET /{id}/requests/{request_id}</c>.</summary>
    private static JsonSchema? Result(OpenApiDocument document, string path)
    {
        if (!document.Paths.TryGetValue(path + "/requests/{request_id}", out var item)
            || !item.TryGetValue(OpenApiOperationMethod.Get, out var get) || !get.Responses.TryGetValue("200", out var response))
            return null;
        return response.Content.TryGetValue(Json, out var content) ? content.Schema : null;
    }
}
