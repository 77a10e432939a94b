using System.Text.Json;
using NSwag;
using YamlDotNet.Core;
using Zoetrope.Generator;
using Zoetrope.Specs;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Brings documents that somebody has into the forms that are vendored, and lets an independent reader look at them.</summary>
internal static class DocumentImport
{
    // As deep as the first reader goes.
    private const int MaxDepth = 256;

    /// <summary>The JSON of an OpenAPI document in YAML, or null for anything else, which is vendored as it is.</summary>
    /// <param name="path">The document's path, for problems.</param>
    /// <param name="text">The document.</param>
    /// <param name="problem">Why it cannot be JSON.</param>
    public static string? Convert(string path, string text, out LocatedProblem? problem)
    {
        problem = null;
        if (!YamlJson.IsOpenApi(text))
            return null;
        try
        {
            return YamlJson.Convert(text);
        }
        catch (YamlException exception)
        {
            var place = ((int)Math.Max(exception.Start.Line, 1), (int)Math.Max(exception.Start.Column, 1));
            problem = new(Problems.UnknownContent, $"This YAML cannot be made JSON: {exception.Message}", path, default, place, place);
            return null;
        }
    }

    /// <summary>
    /// What NSwag says against an OpenAPI or Swagger document, or null; nothing against others, and nothing against what is no JSON, which the first reader tells.
    /// A document that refers to others is not shown to it: it would fetch them.
    /// </summary>
    public static async Task<string?> LintAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !(root.TryGetProperty("openapi", out _) || root.TryGetProperty("swagger", out _)))
                return null;
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
