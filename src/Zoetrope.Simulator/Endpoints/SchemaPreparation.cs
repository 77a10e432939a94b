using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>
/// Rewrites what NSwag and NJsonSchema do not understand in schemas into what they do, with the same meaning: schemas that are <c>true</c> or <c>false</c>,
/// <c>nullable</c>, keywords beside a reference, <c>prefixItems</c>, and the keywords of <see cref="SchemaKeywords"/>. Accepts anything where a document refers
/// to a schema that it does not have, and rejects references to other documents, which NSwag would fetch over the network.
/// </summary>
internal sealed class SchemaPreparation
{
    private static readonly string[] Composers = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] Annotations = ["title", "description", "default", "example", "examples", "deprecated"];

    private readonly JsonObject _document;
    private readonly bool _keepsSiblings;

    private SchemaPreparation(JsonObject document)
    {
        _document = document;
        // Until 3.0 keywords beside a reference are ignored; from 3.1 on they apply as in JSON Schema.
        _keepsSiblings = Text(document, "openapi")?.StartsWith("3.0", StringComparison.Ordinal) != true;
    }

    /// <summary>Prepares an OpenAPI document.</summary>
    /// <exception cref="InvalidDataException">The document refers to another one.</exception>
    public static void ApplyToDocument(JsonObject document) => new SchemaPreparation(document).Document(document);

    /// <summary>Prepares a JSON Schema, with the definitions in it.</summary>
    /// <exception cref="InvalidDataException">The schema refers to another document.</exception>
    public static void ApplyToSchema(JsonObject schema) => new SchemaPreparation(schema).Schema(schema);

    /// <summary>Looks for schemas in what is none.</summary>
    private void Document(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Document(item);
        }
        if (node is not JsonObject members)
            return;
        FollowReference(members);
        foreach (var (name, value) in members.ToList())
        {
            if (name == "schema")
                Prepare(value, other => members[name] = other);
            else if (name == "components" && value is JsonObject components)
                Components(components);
            else if (name is not ("example" or "examples") && !name.StartsWith("x-", StringComparison.Ordinal))
                Document(value);
        }
    }

    /// <summary>Goes into parts by name, so that a part may be called as anything else is.</summary>
    private void Components(JsonObject components)
    {
        foreach (var (section, parts) in components)
        {
            if (section == "schemas")
                SchemasOf(parts);
            else if (section != "examples" && parts is JsonObject named)
            {
                foreach (var (_, part) in named.ToList())
                    Document(part);
            }
        }
    }

    private void Schema(JsonObject schema)
    {
        FollowReference(schema);
        foreach (var (name, value) in schema.ToList())
        {
            switch (name)
            {
                case "properties" or "patternProperties" or "definitions" or "$defs":
                    SchemasOf(value);
                    break;
                case "allOf" or "anyOf" or "oneOf" or "prefixItems" when value is JsonArray list:
                    SchemasOf(list);
                    break;
                case "items" when value is JsonArray list:
                    SchemasOf(list);
                    break;
                case "items" or "not":
                    Prepare(value, other => schema[name] = other);
                    break;
                case "additionalProperties" or "additionalItems" when value is JsonObject inner:
                    Schema(inner);
                    break;
            }
        }
        MoveItems(schema);
        AllowNull(schema);
        SchemaKeywords.MoveFrom(schema);
        KeepSiblings(schema);
    }

    private void SchemasOf(JsonNode? holder)
    {
        if (holder is JsonObject named)
        {
            foreach (var (name, value) in named.ToList())
                Prepare(value, other => named[name] = other);
        }
        else if (holder is JsonArray list)
        {
            foreach (var (index, value) in list.Index().ToList())
                Prepare(value, other => list[index] = other);
        }
    }

    private void Prepare(JsonNode? schema, Action<JsonNode> replace)
    {
        if (schema is JsonObject members)
            Schema(members);
        else if (schema?.GetValueKind() is JsonValueKind.True)
            replace(new JsonObject());
        else if (schema?.GetValueKind() is JsonValueKind.False)
            replace(new JsonObject { ["not"] = new JsonObject() });
    }

    /// <summary>Leaves references that lead to a schema.</summary>
    private void FollowReference(JsonObject members)
    {
        if (Text(members, "$ref") is not { } reference)
            return;
        if (!reference.StartsWith('#'))
            throw new InvalidDataException($"The document refers to another one, '{reference}'; only references within a document are followed.");
        if (!Exists(_document, reference))
            members.Remove("$ref");
    }

    private static bool Exists(JsonNode? at, string pointer)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = Specs.Json.JsonPointer.Unescape(Uri.UnescapeDataString(part));
            at = at switch
            {
                JsonObject members => members[name],
                JsonArray items => int.TryParse(name, out var index) && index >= 0 && index < items.Count ? items[index] : null,
                _ => null,
            };
        }
        return at is not null;
    }

    /// <summary>3.1's items by position are those of draft 4.</summary>
    private static void MoveItems(JsonObject schema)
    {
        if (!schema.Remove("prefixItems", out var first) || first is not JsonArray)
            return;
        if (schema.Remove("items", out var others))
            schema["additionalItems"] = others is JsonObject { Count: 1 } never && never["not"] is JsonObject { Count: 0 } ? false : others;
        schema["items"] = first;
    }

    /// <summary>3.0's <c>nullable</c> becomes 3.1's list of types, or an alternative where a schema names no type.</summary>
    private void AllowNull(JsonObject schema)
    {
        if (!schema.Remove("nullable", out var nullable) || nullable?.GetValueKind() != JsonValueKind.True)
            return;
        if (Text(schema, "type") is { } type)
        {
            schema["type"] = new JsonArray(type, "null");
            return;
        }
        if (!Asserts(schema))
            return;
        var other = new JsonObject();
        foreach (var (name, value) in schema.ToList())
        {
            if (Annotations.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal) || name is "definitions" or "$defs")
                continue;
            schema.Remove(name);
            other[name] = value;
        }
        SchemaKeywords.MoveFrom(other);
        KeepSiblings(other);
        schema["anyOf"] = new JsonArray(other, new JsonObject { ["type"] = "null" });
    }

    /// <summary>NJsonSchema takes a schema with a reference, or with one only alternative or part that is one, for the schema referred to.</summary>
    private void KeepSiblings(JsonObject schema)
    {
        if (schema["$ref"] is not { } reference)
        {
            KeepComposed(schema);
            return;
        }
        if (!_keepsSiblings || schema.All(member => member.Key == "$ref" || IsAnnotation(member.Key)))
            return;
        schema.Remove("$ref");
        Parts(schema).Insert(0, new JsonObject { ["$ref"] = reference.DeepClone() });
        KeepComposed(schema);
    }

    /// <summary>An empty part beside the only one keeps the other keywords of the schema.</summary>
    private static void KeepComposed(JsonObject schema)
    {
        if (!Composers.Any(name => schema[name] is JsonArray { Count: 1 }) || schema.All(member => Composers.Contains(member.Key) || IsAnnotation(member.Key)))
            return;
        Parts(schema).Add(new JsonObject());
    }

    private static JsonArray Parts(JsonObject schema)
    {
        if (schema["allOf"] is JsonArray parts)
            return parts;
        parts = [];
        schema["allOf"] = parts;
        return parts;
    }

    private static bool Asserts(JsonObject schema) => schema.Any(member => !IsAnnotation(member.Key));

    private static bool IsAnnotation(string name) =>
        Annotations.Contains(name) || (name.StartsWith("x-", StringComparison.Ordinal) && name != SchemaKeywords.Member);

    private static string? Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
