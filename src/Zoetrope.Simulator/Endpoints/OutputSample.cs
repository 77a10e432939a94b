using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>Creates the results of an endpoint: like the example of its page, otherwise by its schema, and matching the request.</summary>
/// <param name="schema">The schema of results; null where no document has one.</param>
/// <param name="example">The result that a page shows; null where none does.</param>
/// <param name="outputType">What a page calls the result of the model, such as <c>image</c>; null where it does not.</param>
/// <param name="category">The category of the model, such as <c>image-to-video</c>; null where it is not known.</param>
internal sealed class OutputSample(JsonSchema? schema, JsonNode? example, string? outputType, string? category = null)
{
    private const string Origin = "https://example.com/output";

    /// <summary>Creates the result of a model that nothing describes; null where something does.</summary>
    public Func<SampleRequest, JsonNode>? Make { get; init; }

    /// <summary>The result for a request. Its files are examples yet, which <see cref="FileStore.Localize"/> replaces.</summary>
    public JsonNode? For(SampleRequest request)
    {
        var plain = Make?.Invoke(request) ?? example?.DeepClone() ?? Plain(request);
        return plain is null ? null : ResultEcho.Apply(plain, request, schema);
    }

    private JsonNode? Plain(SampleRequest request) => outputType switch
    {
        null when schema is not null && IsUnknown(schema) => ChatCompletion.For(request) ?? new JsonObject(),
        null when schema is not null => new SampleMaker(request).Make(schema),
        null => new JsonObject(),
        "image" => Origin + request.AsAsked(".png"),
        "audio" => Origin + request.AsAsked(".wav"),
        "array" => new JsonArray(Origin + request.AsAsked(FileWords.Extension(category?[(category.LastIndexOf('-') + 1)..]) ?? ".png")),
        "object" => new JsonObject { ["url"] = Origin + request.AsAsked(".png") },
        "text" or "string" => "A text.",
        _ => Origin + request.AsAsked(".mp4"),
    };

    private static bool IsUnknown(JsonSchema schema)
    {
        var actual = schema.ActualSchema;
        return actual.Type == JsonObjectType.None && actual.Properties.Count == 0
            && actual.AnyOf.Count + actual.OneOf.Count + actual.AllOf.Count == 0 && SchemaKeywords.Of(actual).Values is null;
    }
}
