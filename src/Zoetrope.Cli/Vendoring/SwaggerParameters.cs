using System.Text.Json.Nodes;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Converts Swagger 2's parameters, which include bodies and form fields, to parameters and bodies of OpenAPI 3.</summary>
internal sealed class SwaggerParameters(JsonObject? shared, SwaggerSchemas schemas, SwaggerOrigins origins)
{
    private const string Multipart = "multipart/form-data";
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>The shared parameters that are parameters in OpenAPI 3 too.</summary>
    public JsonObject Shared() => new((shared ?? []).Where(item => item.Value is JsonObject parameter && !IsBody(parameter))
        .Select(item => KeyValuePair.Create(item.Key, (JsonNode?)Parameter((JsonObject)item.Value!))));

    /// <summary>The shared parameters that are bodies in OpenAPI 3.</summary>
    public JsonObject SharedBodies(List<string> types) => new((shared ?? []).Where(item => item.Value is JsonObject parameter && In(parameter) == "body")
        .Select(item => KeyValuePair.Create(item.Key, (JsonNode?)OfSchema((JsonObject)item.Value!, types))));

    /// <summary>Those of a list that are parameters in OpenAPI 3 too.</summary>
    public JsonArray Plain(JsonArray? old) => [.. (old ?? []).Where(item => Follow(item) is not { } parameter || !IsBody(parameter)).Select(item => item switch
    {
        JsonObject { } reference when reference["$ref"] is { } target => origins.Keep(new JsonObject { ["$ref"] = schemas.Reference(target) }, reference),
        JsonObject parameter => Parameter(parameter),
        _ => item is null ? null : origins.Keep(item.DeepClone(), item),
    })];

    /// <summary>The body in a list, or null.</summary>
    public JsonObject? Body(IReadOnlyList<JsonNode?> old, List<string> types)
    {
        foreach (var item in old)
        {
            if (Follow(item) is { } parameter && In(parameter) == "body")
                return item!["$ref"] is { } reference
                    ? origins.Keep(new JsonObject { ["$ref"] = schemas.Reference(reference) }, item)
                    : OfSchema(parameter, types);
        }
        var fields =
            old.Select(Follow).OfType<JsonObject>().Where(parameter => In(parameter) == "formData" && Name(parameter).Length > 0).DistinctBy(Name).ToList();
        return fields.Count == 0 ? null : OfForm(fields, types);
    }

    /// <summary>A header or parameter with what describes its value in a schema of its own.</summary>
    public JsonObject Described(JsonObject old)
    {
        var (converted, schema) = (new JsonObject(), new JsonObject());
        foreach (var (name, member) in old)
        {
            if (name is "name" or "in" or "description" or "required" || (name.StartsWith("x-", StringComparison.Ordinal) && !IsOfValue(name)))
                converted[name] = member?.DeepClone();
            else if (name is not ("collectionFormat" or "allowEmptyValue"))
                schema[name] = member?.DeepClone();
        }
        converted["schema"] = origins.Keep(schemas.Convert(schema)!, old);
        return origins.Keep(converted, old);
    }

    // What says something of the values, as in a schema.
    private static bool IsOfValue(string extension) => extension == "x-nullable" || extension.StartsWith("x-enum", StringComparison.Ordinal);

    private JsonObject Parameter(JsonObject old)
    {
        var converted = Described(old);
        if (Swagger2Converter.Text(old["type"]) != "array")
            return converted;
        if (In(old) == "query")
            SetStyle(converted, old);
        else if (Swagger2Converter.Text(old["collectionFormat"]) is { } format and not "csv")
            // OpenAPI 3 has commas only there, and the reader reports what is asked beside them.
            converted["style"] = origins.Keep(JsonValue.Create(format), old["collectionFormat"]);
        return converted;
    }

    /// <summary>Writes the style of a list in a query or a form: separated by commas unless the document says otherwise.</summary>
    private void SetStyle(JsonObject holder, JsonObject old)
    {
        var format = old["collectionFormat"];
        var (style, explode) = Swagger2Converter.Text(format) switch
        {
            "multi" => ("form", true),
            "ssv" => ("spaceDelimited", false),
            "pipes" => ("pipeDelimited", false),
            // OpenAPI 3 has no style for tabs: the reader reports it, and uses commas.
            "tsv" => ("tsv", false),
            _ => ("form", false),
        };
        (holder["style"], holder["explode"]) = (origins.Keep(JsonValue.Create(style), format), origins.Keep(JsonValue.Create(explode), format));
    }

    private JsonObject OfSchema(JsonObject old, List<string> types)
    {
        var body = new JsonObject();
        Swagger2Converter.Copy(old, body, "description");
        Swagger2Converter.Copy(old, body, "required");
        body["content"] = new JsonObject((types.Count > 0 ? types : ["application/json"])
            .Select(type => KeyValuePair.Create(type, (JsonNode?)new JsonObject { ["schema"] = schemas.ConvertOf(old["schema"]) })));
        Swagger2Converter.CopyExtensions(old, body);
        return origins.Keep(body, old);
    }

    private JsonObject OfForm(List<JsonObject> fields, List<string> types)
    {
        var (properties, required, encoding) = (new JsonObject(), new JsonArray(), new JsonObject());
        foreach (var field in fields)
        {
            var described = Described(field);
            var schema = described["schema"]!.DeepClone().AsObject();
            Swagger2Converter.Copy(field, schema, "description");
            properties[Name(field)] = origins.Keep(schema, field);
            if (IsRequired(field))
                required.Add((JsonNode?)origins.Keep(JsonValue.Create(Name(field)), field));
        }
        var type = fields.Exists(field => Swagger2Converter.Text(field["type"]) == "file") || (types.Contains(Multipart) && !types.Contains(UrlEncoded))
            ? Multipart
            : UrlEncoded;
        foreach (var field in fields.Where(field => Swagger2Converter.Text(field["type"]) == "array"))
        {
            var format = Swagger2Converter.Text(field["collectionFormat"]);
            if (format == "multi")
                continue;
            var written = new JsonObject();
            SetStyle(written, field);
            // OpenAPI 3.0 has no styles in multipart forms, and the generator accepts them beside this member.
            if (type == Multipart)
                written["x-collectionFormat"] = format ?? "csv";
            encoding[Name(field)] = origins.Keep(written, field);
        }
        var form = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            form["required"] = required;
        var content = new JsonObject { ["schema"] = form };
        if (encoding.Count > 0)
            content["encoding"] = encoding;
        return origins.Keep(new JsonObject { ["required"] = required.Count > 0, ["content"] = new JsonObject { [type] = content } }, fields[0]);
    }

    /// <summary>The parameter itself, or the shared one that it refers to.</summary>
    private JsonObject? Follow(JsonNode? item) => item is not JsonObject parameter ? null
        : Swagger2Converter.Text(parameter["$ref"]) is { } reference ? shared?[reference[(reference.LastIndexOf('/') + 1)..]] as JsonObject : parameter;

    private static bool IsBody(JsonObject parameter) => In(parameter) is "body" or "formData";

    private static bool IsRequired(JsonObject parameter) => parameter["required"] is JsonValue value && value.TryGetValue<bool>(out var required) && required;

    private static string? In(JsonObject parameter) => Swagger2Converter.Text(parameter["in"]);

    private static string Name(JsonObject parameter) => Swagger2Converter.Text(parameter["name"]) ?? "";
}
