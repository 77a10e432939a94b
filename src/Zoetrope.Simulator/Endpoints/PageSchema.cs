using System.Globalization;
using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Specs.Model;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>Builds a JSON Schema from a page's description of its parameters.</summary>
internal static class PageSchema
{
    public static Task<JsonSchema> BuildAsync(EndpointDescription page, CancellationToken cancellationToken)
    {
        var schema = Write(page);
        SchemaPreparation.ApplyToSchema(schema);
        return JsonSchema.FromJsonAsync(schema.ToJsonString(), cancellationToken);
    }

    /// <summary>The schema of a request as JSON.</summary>
    public static JsonObject Write(EndpointDescription page)
    {
        var root = Write(page.Input ?? new Schema { Types = SchemaTypes.Object });
        var definitions = new JsonObject();
        foreach (var named in page.Schemas)
            definitions[named.Name] = Write(named.Schema);
        foreach (var name in References(root).Concat(References(definitions)).Distinct().ToList())
            definitions.TryAdd(name, new JsonObject());
        root["definitions"] = definitions;
        return root;
    }

    private static JsonObject Write(Schema schema)
    {
        if (schema.Ref is { } reference)
            return OrNull(new() { ["$ref"] = "#/definitions/" + reference }, schema.Nullable);
        if (schema.AnyOf.Count > 0)
            return OrNull(new() { ["anyOf"] = new JsonArray([.. schema.AnyOf.Select(Write)]) }, schema.Nullable);
        var json = new JsonObject();
        if (schema.Types != SchemaTypes.Any)
            json["type"] = new JsonArray([.. TypeNames(schema.Types).Select(name => (JsonNode)name)]);
        WriteLimits(schema, json);
        if (schema.Items is { } items)
            json["items"] = Write(items);
        if (schema.Properties.Count > 0)
        {
            json["properties"] =
                new JsonObject(schema.Properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, Write(property.Schema))));
            json["required"] = new JsonArray([.. schema.Properties.Where(property => property.Required).Select(property => (JsonNode)property.Name)]);
        }
        if (schema.Closed)
            json["additionalProperties"] = false;
        else if (schema.AdditionalProperties is { } others)
            json["additionalProperties"] = Write(others);
        return json;
    }

    private static JsonObject OrNull(JsonObject schema, bool nullable) =>
        nullable ? new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) } : schema;

    private static void WriteLimits(Schema schema, JsonObject json)
    {
        if (schema.Enum.Count > 0)
        {
            var values = schema.Enum.Select(value => JsonNode.Parse(value.Json)).ToList();
            if (schema.Nullable)
                values.Add(null);
            json["enum"] = new JsonArray([.. values]);
        }
        if (schema.Default is { } taken)
            json["default"] = JsonNode.Parse(taken.Json);
        Put("format", schema.Format);
        Put("pattern", schema.Pattern);
        PutNumber(schema.ExclusiveMinimum ? "exclusiveMinimum" : "minimum", schema.Minimum);
        PutNumber(schema.ExclusiveMaximum ? "exclusiveMaximum" : "maximum", schema.Maximum);
        PutNumber("multipleOf", schema.MultipleOf);
        PutNumber("minLength", schema.MinLength?.ToString(CultureInfo.InvariantCulture));
        PutNumber("maxLength", schema.MaxLength?.ToString(CultureInfo.InvariantCulture));
        PutNumber("minItems", schema.MinItems?.ToString(CultureInfo.InvariantCulture));
        PutNumber("maxItems", schema.MaxItems?.ToString(CultureInfo.InvariantCulture));
        if (schema.UniqueItems)
            json["uniqueItems"] = true;

        void Put(string name, string? value)
        {
            if (value is not null)
                json[name] = value;
        }

        void PutNumber(string name, string? value)
        {
            if (value is not null)
                json[name] = JsonNode.Parse(value);
        }
    }

    private static IEnumerable<string> TypeNames(SchemaTypes types) => Enum.GetValues<SchemaTypes>()
        .Where(type => type != SchemaTypes.Any && types.HasFlag(type))
        .Select(type => type.ToString().ToLowerInvariant());

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" && member.Value is JsonValue value
            ? [value.GetValue<string>()["#/definitions/".Length..]]
            : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
