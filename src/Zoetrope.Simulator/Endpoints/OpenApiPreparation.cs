using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator;

/// <summary>
/// Rewrites what NSwag 13 does not understand in a document into what it does, with the same meaning; lets anything go where a document
/// refers to a schema that it does not have; and refuses references to other documents, which NSwag would fetch over the network.
/// </summary>
internal static class OpenApiPreparation
{
    /// <exception cref="InvalidDataException">The document refers to another one.</exception>
    public static void Apply(JsonObject document) => Apply(document, document);

    private static void Apply(JsonNode? node, JsonObject document)
    {
        switch (node)
        {
            case JsonObject members:
                ApplyTo(members, document);
                foreach (var (_, value) in members)
                    Apply(value, document);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Apply(item, document);
                break;
        }
    }

    private static void ApplyTo(JsonObject members, JsonObject document)
    {
        if (Text(members, "$ref") is { } reference && !reference.StartsWith('#'))
            throw new InvalidDataException($"The document refers to another one, '{reference}'; only references within it are followed.");
        if (Text(members, "$ref") is { } pointer && !Exists(document, pointer))
            members.Remove("$ref");
        if (!LooksLikeSchema(members))
            return;
        if (members.TryGetPropertyValue("const", out var constant))
        {
            members.Remove("const");
            members["enum"] = new JsonArray(constant?.DeepClone());
        }
        if (members["nullable"]?.GetValueKind() == JsonValueKind.True)
            AllowNull(members);
    }

    private static bool Exists(JsonNode? at, string pointer)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/").Replace("~0", "~");
            at = at switch
            {
                JsonObject members => members[name],
                JsonArray items => int.TryParse(name, out var index) && index >= 0 && index < items.Count ? items[index] : null,
                _ => null,
            };
        }
        return at is not null;
    }

    /// <summary>3.0's <c>nullable</c> becomes 3.1's list of types, which means the same in every place.</summary>
    private static void AllowNull(JsonObject schema)
    {
        schema.Remove("nullable");
        if (Text(schema, "type") is { } type)
            schema["type"] = new JsonArray(type, "null");
        else if (schema["$ref"] is { } reference)
        {
            schema.Remove("$ref");
            schema["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = reference.DeepClone() }, new JsonObject { ["type"] = "null" });
        }
        else if (schema["anyOf"] is JsonArray alternatives)
            alternatives.Add(new JsonObject { ["type"] = "null" });
    }

    /// <summary>
    /// Tells a schema from the <c>properties</c> of one: there, members called <c>type</c>, <c>const</c> or <c>nullable</c> are schemas themselves, so objects.
    /// </summary>
    private static bool LooksLikeSchema(JsonObject members) =>
        members["type"] is null or JsonValue or JsonArray && members["const"] is null or JsonValue && members["nullable"] is null or JsonValue;

    private static string? Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
