using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Zoetrope.Cli.Pages;

namespace Zoetrope.Cli.Play;

/// <summary>Reads what the page sends. What is not valid is responded to here.</summary>
internal static class PlayRequest
{
    // An input may have files as data URIs; what the page itself drops is not in it.
    private const int Longest = 8 << 20;

    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 64 };

    /// <summary>The JSON of a request; null where it has been responded to.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        // Other sites can send forms and plain text without asking.
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status415UnsupportedMediaType, "The request must be application/json.");
            return null;
        }
        if (request.ContentLength > Longest)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status413PayloadTooLarge, "The request is too long.");
            return null;
        }
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = Longest;
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, _options, context.RequestAborted);
            if (HasTexts(document.RootElement))
                return document.RootElement.Clone();
            await PageResponse.WriteTextAsync(context, StatusCodes.Status400BadRequest, "A text or a name of the request is not valid Unicode.");
            return null;
        }
        catch (JsonException exception)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status400BadRequest, $"The request is not JSON: {exception.Message}");
            return null;
        }
    }

    /// <summary>The draft of a request; null where it has been responded to.</summary>
    public static async Task<PlayDraft?> ReadDraftAsync(HttpContext context) =>
        await ReadAsync(context) is { } body ? await RequireDraftAsync(context, body) : null;

    /// <summary>The draft of a request; null where there is none, which has been responded to.</summary>
    public static async Task<PlayDraft?> RequireDraftAsync(HttpContext context, JsonElement body)
    {
        if (PlayDraft.Read(body) is { } draft)
            return draft;
        await PageResponse.WriteTextAsync(context, StatusCodes.Status400BadRequest, "The request has no model that this build knows, or no input.");
        return null;
    }

    /// <summary>A text of a request; null where there is none.</summary>
    public static string? TextOf(JsonElement body, string name) => MemberOf(body, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Whether a member of a request is true.</summary>
    public static bool IsTrue(JsonElement body, string name) => MemberOf(body, name) is { ValueKind: JsonValueKind.True };

    // JSON may spell half of a character, such as "\ud800", which is not a text.
    private static bool HasTexts(JsonElement value)
    {
        try
        {
            foreach (var _ in InputTexts.Of(value))
            {
            }
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonElement? MemberOf(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value : null;
}
