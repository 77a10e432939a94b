using System.Text;
using System.Text.Json;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>Recognizes responses with success that are not a document: pages for people, and errors.</summary>
internal static class ResponseContents
{
    private const int MostShown = 200;

    private static readonly string[] _errorMembers = ["error", "errors", "detail", "message"];
    private static readonly string[] _documentMembers = ["openapi", "swagger", "$schema", "models", "submit"];

    /// <summary>Throws unless the content may be a document.</summary>
    /// <exception cref="FetchException">It cannot be one.</exception>
    public static void Require(Uri url, byte[] content, string? mediaType)
    {
        var start = Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, 1024)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (start.Length == 0)
            throw new FetchException(url, "the response is empty.", "Check the address.");
        if (start[0] == '<' || mediaType is "text/html" or "application/xhtml+xml")
            throw new FetchException(url, "the response is a page for people (HTML), not a document.", AdviceForHtml(url));
        if (start[0] == '{' && ErrorOf(content) is { } error)
            throw new FetchException(url, $"the response is an error, not a document: {error}", "Check the address and the id.");
    }

    /// <summary>What the body of an error says, in a few words that begin with a colon; nothing where it says nothing.</summary>
    public static string Describe(byte[] body)
    {
        var text = ErrorOf(body) ?? (body.Length > 0 && body[0] is not ((byte)'<' or (byte)'{' or (byte)'[') ? Encoding.UTF8.GetString(body) : "");
        text = text.Trim();
        return text.Length == 0 ? "" : ": " + Short(text);
    }

    private static string? ErrorOf(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || _documentMembers.Any(name => root.TryGetProperty(name, out _)))
                return null;
            foreach (var name in _errorMembers)
            {
                if (root.TryGetProperty(name, out var value))
                    return Short(TextOf(value));
            }
        }
        catch (JsonException)
        {
            // Not JSON, or not all of it: the reader of documents reports where.
        }
        return null;
    }

    private static string TextOf(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.String } => value.GetString()!,
        { ValueKind: JsonValueKind.Object } when value.TryGetProperty("message", out var message) => message.ToString(),
        _ => value.GetRawText(),
    };

    private static string Short(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    private static string AdviceForHtml(Uri url) => DocumentProfiles.OfHost(url.IdnHost.ToLowerInvariant()) is { } profile
        ? $"{profile.DisplayName} has the documents of a model at {string.Join(" and ", profile.DocumentUrls)}; its id alone is a SOURCE too."
        : "Use the address of the OpenAPI document itself; a site of documentation links to it.";
}
