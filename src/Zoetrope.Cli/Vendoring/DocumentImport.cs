using System.Text.Json;
using NSwag;
using YamlDotNet.Core;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Specs;
using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Converts documents to the formats that are vendored, and checks them with an independent reader.</summary>
internal static class DocumentImport
{
    // As deep as the first reader goes.
    private const int MaxDepth = 256;

    /// <summary>Makes JSON of YAML and OpenAPI 3 of Swagger 2; anything else, pages that contain YAML among it, is vendored as it is.</summary>
    /// <param name="path">The document's path, for problems.</param>
    /// <param name="text">The document.</param>
    public static ImportedDocument Import(string path, string text)
    {
        var document = new ImportedDocument(path, text);
        if (YamlJson.IsOpenApi(text) && !SpecReader.IsOperationPage(text))
        {
            try
            {
                document = document with { Text = YamlJson.Convert(text, out var locations), Form = "JSON", Locations = locations };
            }
            catch (YamlException exception)
            {
                var reason = $"This YAML cannot be converted to JSON: {exception.Message}";
                return document with { Problem = Refuse(path, reason, exception.Start.Line, exception.Start.Column) };
            }
        }
        if (!Swagger2Converter.Is(document.Text))
            return document;
        try
        {
            return new(path, Swagger2Converter.Convert(document.Text, document.Locations, out var locations), "OpenAPI 3", Locations: locations);
        }
        catch (JsonException exception)
        {
            return document with
            {
                Problem = Refuse(
                    document.PathOfText, $"This Swagger document cannot be converted to OpenAPI 3: {exception.Message}",
                    (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1),
            };
        }
    }

    /// <summary>
    /// What NSwag reports about an OpenAPI or Swagger document, or null; nothing about others, nor about invalid JSON, which the first reader reports.
    /// A document that refers to others is not shown to it: it would fetch them.
    /// </summary>
    public static async Task<string?> LintAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !(root.TryGetProperty("openapi", out _) || root.TryGetProperty("swagger", out _)))
                return null;
            if (root.TryGetProperty("openapi", out var version) && (version.ToString() + ".").StartsWith("3.2.", StringComparison.Ordinal))
                return "not asked, because it does not know OpenAPI 3.2";
            if (ExternalReference(root) is { } reference)
                return $"not asked, because the document refers to '{reference}'";
        }
        catch (JsonException)
        {
            return null;
        }
        try
        {
            await OpenApiDocument.FromJsonAsync(text, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception.Message;
        }
    }

    private static LocatedProblem Refuse(string path, string message, long line, long column)
    {
        var place = ((int)Math.Max(line, 1), (int)Math.Max(column, 1));
        return new(Problems.UnknownContent, message, path, default, place, place);
    }

    private static string? ExternalReference(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(member =>
            member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } && member.Value.GetString() is { } reference && !reference.StartsWith('#')
                ? reference
                : ExternalReference(member.Value)).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => element.EnumerateArray().Select(ExternalReference).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
