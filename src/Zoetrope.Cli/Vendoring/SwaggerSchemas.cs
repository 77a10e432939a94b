using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Makes schemas and references of OpenAPI 3 of those of Swagger 2.</summary>
/// <param name="parameters">The document's shared parameters: a reference to a body among them refers to another location in OpenAPI 3.</param>
/// <param name="origins">Keeps what has another name in OpenAPI 3.</param>
internal sealed class SwaggerSchemas(JsonObject? parameters, SwaggerOrigins origins)
{
    private const string Definitions = "#/definitions/";
    private const string Parameters = "#/parameters/";
    private const string Responses = "#/responses/";

    /// <summary>Converts a schema that has another holder in OpenAPI 3.</summary>
    public JsonNode? ConvertOf(JsonNode? old) => Convert(old) is { } converted ? origins.Keep(converted, old) : null;

    /// <summary>Converts a schema.</summary>
    public JsonNode? Convert(JsonNode? old)
    {
        if (old is not JsonObject schema)
            return old?.DeepClone();
        var converted = new JsonObject();
        foreach (var (name, member) in schema)
        {
            switch (name)
            {
                case "$ref" when member is not null:
                    converted[name] = Reference(member);
                    break;
                case "properties" or "patternProperties" when member is JsonObject properties:
                    converted[name] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, Convert(property.Value))));
                    break;
                case "items" or "additionalProperties" or "not":
                    converted[name] = Convert(member);
                    break;
                case "allOf" or "anyOf" or "oneOf" when member is JsonArray parts:
                    converted[name] = new JsonArray([.. parts.Select(Convert)]);
                    break;
                case "discriminator" when Swagger2Converter.Text(member) is { } property:
                    converted[name] = new JsonObject { ["propertyName"] = property };
                    break;
                case "x-nullable" when member is JsonValue value && value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                    converted["nullable"] = origins.Keep(member.DeepClone(), member);
                    break;
                case "type" when Swagger2Converter.Text(member) == "file":
                    converted[name] = "string";
                    converted["format"] = origins.Keep(JsonValue.Create("binary"), member);
                    break;
                default:
                    converted[name] = member?.DeepClone();
                    break;
            }
        }
        return converted;
    }

    /// <summary>A reference to the location of its target in OpenAPI 3.</summary>
    public JsonNode Reference(JsonNode old)
    {
        if (Swagger2Converter.Text(old) is not { } reference)
            return old.DeepClone();
        if (reference.StartsWith(Definitions, StringComparison.Ordinal))
            return "#/components/schemas/" + reference[Definitions.Length..];
        if (reference.StartsWith(Responses, StringComparison.Ordinal))
            return "#/components/responses/" + reference[Responses.Length..];
        if (!reference.StartsWith(Parameters, StringComparison.Ordinal))
            return reference;
        var name = reference[Parameters.Length..];
        return (parameters?[name] is JsonObject shared && Swagger2Converter.Text(shared["in"]) == "body"
            ? "#/components/requestBodies/"
            : "#/components/parameters/") + name;
    }
}
