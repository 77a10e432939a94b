using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using NSwag;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Makes OpenAPI 3 of Swagger 2, as NSwag understands it.</summary>
internal static class SwaggerTwo
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a text is a Swagger 2 document in JSON.</summary>
    public static bool Is(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("swagger", out var version)
                && version.ValueKind == JsonValueKind.String && version.GetString()!.StartsWith("2.", StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            // The first reader tells what is wrong with it.
            return false;
        }
    }

    /// <summary>Converts; indented by two spaces, with LF.</summary>
    /// <exception cref="FormatException">NSwag cannot read it, or it refers to other documents, which NSwag would fetch.</exception>
    public static async Task<string> ConvertAsync(string text, CancellationToken cancellationToken)
    {
        using (var document = JsonDocument.Parse(text))
        {
            if (DocumentImport.ExternalReference(document.RootElement) is { } reference)
                throw new FormatException($"it refers to '{reference}'; bring that into the document");
        }
        string json;
        try
        {
            json = (await OpenApiDocument.FromJsonAsync(text, cancellationToken)).ToJson(SchemaType.OpenApi3);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new FormatException(exception.Message, exception);
        }
        var root = JsonNode.Parse(json)!.AsObject();
        // Who made the document says nothing about the API.
        root.Remove("x-generator");
        return root.ToJsonString(_indented) + "\n";
    }
}
