using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Cli.Vendoring;

/// <summary>
/// Converts Swagger 2 to OpenAPI 3. NSwag, which reads both, is not used to write: it closes every object, and drops form parameters and the media types of
/// responses.
/// </summary>
internal sealed class Swagger2Converter
{
    private const string Json = "application/json";

    // As deep as the first reader goes.
    private const int MaxDepth = 128;

    private static readonly JsonSerializerOptions _indented = new()
    {
        WriteIndented = true, NewLine = "\n", MaxDepth = MaxDepth * 2, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _old;
    private readonly SwaggerOrigins _origins;
    private readonly SwaggerSchemas _schemas;
    private readonly SwaggerParameters _parameters;

    private Swagger2Converter(JsonObject old, SwaggerOrigins origins)
    {
        _old = old;
        _origins = origins;
        _schemas = new SwaggerSchemas(old["parameters"] as JsonObject, origins);
        _parameters = new SwaggerParameters(old["parameters"] as JsonObject, _schemas, origins);
    }

    /// <summary>Whether a text is a Swagger 2 document in JSON.</summary>
    public static bool Is(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            // Some write the version without quotes.
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("swagger", out var version)
                && (version.ValueKind == JsonValueKind.String ? version.GetString()! : version.GetRawText()) is "2" or ['2', '.', ..];
        }
        catch (JsonException)
        {
            // The first reader reports what is wrong with it.
            return false;
        }
    }

    /// <summary>Converts; indented by two spaces, with LF. Numbers keep their spelling.</summary>
    /// <param name="text">The document.</param>
    /// <param name="given">The locations of its values in the user's document; null if it is that document.</param>
    /// <param name="locations">The locations of the result's values in the user's document.</param>
    /// <exception cref="JsonException">An object has a member twice.</exception>
    public static string Convert(string text, SourceLocations? given, out SourceLocations locations)
    {
        var old = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false })!.AsObject();
        var origins = new SwaggerOrigins(given is null ? SourceLocations.In(text) : given.At);
        var converted = new Swagger2Converter(old, origins).Convert();
        var made = converted.ToJsonString(_indented) + "\n";
        locations = origins.Locations(converted, made, old, text);
        return made;
    }

    private JsonObject Convert()
    {
        var document = new JsonObject { ["openapi"] = _origins.Keep(JsonValue.Create("3.0.3"), _old["swagger"]) };
        Copy(_old, document, "info");
        document["servers"] = _origins.Keep(Servers(), _old["host"] ?? _old["basePath"]);
        foreach (var name in new[] { "security", "tags", "externalDocs" })
            Copy(_old, document, name);
        document["paths"] = Each(_old["paths"], PathItem);
        var components = new JsonObject { ["schemas"] = _origins.Keep(Each(_old["definitions"], _schemas.Convert), _old["definitions"]) };
        components["parameters"] = _origins.Keep(_parameters.Shared(), _old["parameters"]);
        components["requestBodies"] = _origins.Keep(_parameters.SharedBodies(Types(_old, "consumes")), _old["parameters"]);
        components["responses"] = _origins.Keep(Each(_old["responses"], response => Response(response, Types(_old, "produces"))), _old["responses"]);
        components["securitySchemes"] = _origins.Keep(Each(_old["securityDefinitions"], SecurityScheme), _old["securityDefinitions"]);
        foreach (var (name, part) in components.ToList())
        {
            if (part is null or JsonObject { Count: 0 })
                components.Remove(name);
        }
        document["components"] = components;
        CopyExtensions(_old, document);
        return document;
    }

    private JsonArray Servers()
    {
        var path = Text(_old["basePath"])?.TrimEnd('/') ?? "";
        if (Text(_old["host"]) is not { } host)
            return [new JsonObject { ["url"] = path.Length > 0 ? path : "/" }];
        var schemes =
            (_old["schemes"] as JsonArray)?.Select(Text).Where(scheme => scheme is "http" or "https").Order(StringComparer.Ordinal).Reverse().ToList();
        return [.. (schemes is { Count: > 0 } ? schemes : ["https"]).Select(scheme => new JsonObject { ["url"] = $"{scheme}://{host}{path}" })];
    }

    private JsonNode? PathItem(JsonNode? old)
    {
        if (old is not JsonObject item)
            return old?.DeepClone();
        var converted = new JsonObject();
        var shared = item["parameters"] as JsonArray;
        foreach (var (name, member) in item)
        {
            if (name is "get" or "put" or "post" or "delete" or "options" or "head" or "patch" && member is JsonObject operation)
                converted[name] = Operation(operation, shared);
            else if (name != "parameters")
                converted[name] = member?.DeepClone();
        }
        if (_parameters.Plain(shared) is { Count: > 0 } parameters)
            converted["parameters"] = parameters;
        return converted;
    }

    private JsonObject Operation(JsonObject old, JsonArray? ofPath)
    {
        var operation = new JsonObject();
        foreach (var name in new[] { "tags", "summary", "description", "externalDocs", "operationId", "deprecated", "security" })
            Copy(old, operation, name);
        var own = old["parameters"] as JsonArray;
        if (_parameters.Plain(own) is { Count: > 0 } parameters)
            operation["parameters"] = parameters;
        if (_parameters.Body([.. own ?? [], .. ofPath ?? []], Types(old, "consumes", _old)) is { } body)
            operation["requestBody"] = body;
        operation["responses"] = Each(old["responses"], response => Response(response, Types(old, "produces", _old)));
        CopyExtensions(old, operation);
        return operation;
    }

    private JsonNode? Response(JsonNode? old, List<string> types)
    {
        if (old is not JsonObject response)
            return old?.DeepClone();
        if (response["$ref"] is { } reference)
            return new JsonObject { ["$ref"] = _schemas.Reference(reference) };
        var converted = new JsonObject { ["description"] = Text(response["description"]) ?? "" };
        if (response["headers"] is { } headers)
            converted["headers"] = Each(headers, header => header is JsonObject one ? _parameters.Described(one) : null);
        if (response["schema"] is { } schema)
        {
            var isFile = schema is JsonObject { } one && Text(one["type"]) == "file";
            var content = new JsonObject();
            foreach (var type in types.Count > 0 ? types : [isFile ? "application/octet-stream" : Json])
            {
                content[type] = _origins.Keep(new JsonObject { ["schema"] = _schemas.ConvertOf(schema) }, schema);
                if (response["examples"]?[type] is { } example)
                    content[type]!["example"] = _origins.Keep(example.DeepClone(), example);
            }
            converted["content"] = _origins.Keep(content, schema);
        }
        CopyExtensions(response, converted);
        return converted;
    }

    private JsonNode? SecurityScheme(JsonNode? old)
    {
        if (old is not JsonObject scheme)
            return old?.DeepClone();
        var converted = new JsonObject();
        Copy(scheme, converted, "description");
        switch (Text(scheme["type"]))
        {
            case "basic":
                converted["type"] = "http";
                converted["scheme"] = "basic";
                break;
            case "oauth2":
                converted["type"] = "oauth2";
                var flow = new JsonObject();
                foreach (var name in new[] { "authorizationUrl", "tokenUrl", "scopes" })
                    Copy(scheme, flow, name);
                var flowName = Text(scheme["flow"]) switch
                {
                    "application" => "clientCredentials",
                    "accessCode" => "authorizationCode",
                    null => "implicit",
                    { } other => other,
                };
                converted["flows"] = _origins.Keep(new JsonObject { [flowName] = _origins.Keep(flow, scheme) }, scheme["flow"] ?? scheme);
                break;
            default:
                foreach (var name in new[] { "type", "name", "in" })
                    Copy(scheme, converted, name);
                break;
        }
        CopyExtensions(scheme, converted);
        return converted;
    }

    /// <summary>The media types of an operation, or else those of the document.</summary>
    private static List<string> Types(JsonObject holder, string name, JsonObject? outer = null) =>
        holder[name] is JsonArray types ? [.. types.Select(Text).OfType<string>().Distinct(StringComparer.Ordinal)] : outer is null ? [] : Types(outer, name);

    /// <summary>Converts each member of an object.</summary>
    private static JsonObject Each(JsonNode? old, Func<JsonNode?, JsonNode?> convert)
    {
        var converted = new JsonObject();
        foreach (var (name, member) in old as JsonObject ?? [])
            converted[name] = name.StartsWith("x-", StringComparison.Ordinal) ? member?.DeepClone() : convert(member);
        return converted;
    }

    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    internal static void Copy(JsonObject from, JsonObject to, string name)
    {
        if (from[name] is { } member)
            to[name] = member.DeepClone();
    }

    internal static void CopyExtensions(JsonObject from, JsonObject to)
    {
        foreach (var (name, _) in from)
        {
            if (name.StartsWith("x-", StringComparison.Ordinal))
                Copy(from, to, name);
        }
    }
}
