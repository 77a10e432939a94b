using System.Text.Json.Nodes;
using NJsonSchema;

namespace Zoetrope.Simulator;

/// <summary>Makes an example result where no page shows one.</summary>
internal static class OutputSample
{
    private const int Deepest = 8;
    private const string Place = "https://example.com/";

    /// <summary>The result of an Eachlabs model whose page gives its output type.</summary>
    public static JsonNode OfType(string outputType) => outputType switch
    {
        "image" => Place + "output.png",
        "audio" => Place + "output.wav",
        "array" => new JsonArray(Place + "output.png"),
        "object" => new JsonObject { ["url"] = Place + "output.png" },
        "text" or "string" => "A text.",
        _ => Place + "output.mp4",
    };

    /// <summary>A value that a schema allows, with every declared member.</summary>
    public static JsonNode? Of(JsonSchema schema) => Of(schema, "output", 0);

    private static JsonNode? Of(JsonSchema reference, string name, int depth)
    {
        var schema = reference.ActualSchema;
        if (depth > Deepest)
            return null;
        if (SchemaKeywords.Of(schema).Values?.FirstOrDefault(value => value is not null) is { } member)
            return member.DeepClone();
        if (schema.AnyOf.Concat(schema.OneOf).Concat(schema.AllOf).FirstOrDefault(branch => branch.ActualSchema.Type != JsonObjectType.Null) is { } chosen)
            return Of(chosen, name, depth + 1);
        if (schema.Type.HasFlag(JsonObjectType.Object) || schema.Properties.Count > 0)
            return new JsonObject(schema.Properties.Select(property =>
                KeyValuePair.Create(property.Key, Of(property.Value, MemberName(name, property.Key), depth + 1))));
        if (schema.Type.HasFlag(JsonObjectType.Array))
            return schema.Item is { } item ? new JsonArray(Of(item, name, depth + 1)) : [];
        if (schema.Type.HasFlag(JsonObjectType.String))
            return name.EndsWith("url", StringComparison.Ordinal) ? Place + FileName(name) : name;
        if (schema.Type.HasFlag(JsonObjectType.Boolean))
            return false;
        return schema.Type.HasFlag(JsonObjectType.Integer) || schema.Type.HasFlag(JsonObjectType.Number)
            ? SchemaKeywords.Of(schema).Minimum?.Value.DeepClone() ?? 1
            : null;
    }

    /// <summary>The <c>url</c> of a file is one of what the file is called: that of <c>image</c> is an <c>image_url</c>.</summary>
    private static string MemberName(string holder, string member) => member == "url" ? holder + "_url" : member;

    private static string FileName(string name) => name switch
    {
        _ when name.Contains("image", StringComparison.Ordinal) => "output.png",
        _ when name.Contains("audio", StringComparison.Ordinal) => "output.wav",
        _ => "output.mp4",
    };
}
