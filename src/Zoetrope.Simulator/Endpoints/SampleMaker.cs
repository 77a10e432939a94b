using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>Creates a value that a schema allows, with every declared member, from the document's examples if there are any.</summary>
internal sealed class SampleMaker(SampleRequest request)
{
    private const int Deepest = 8;
    private const string Origin = "https://example.com/";

    public JsonNode? Make(JsonSchema schema) => Make(schema, new Position("output", null, Hint(schema), null), 0);

    private JsonNode? Make(JsonSchema reference, Position at, int depth)
    {
        var schema = reference.ActualSchema;
        if (SchemaKeywords.Of(schema).Values is { } values)
            return FirstValid(schema, [at.Hint, .. values.Where(value => value is not null), .. values]);
        if (schema.AnyOf.Concat(schema.OneOf).ToList() is { Count: > 0 } alternatives)
            return OfAlternatives(schema, alternatives, at, depth);
        var members = Members(schema);
        if (members.Count > 0 || schema.Type.HasFlag(JsonObjectType.Object))
            return OfMembers(schema, members, at, depth);
        if (schema.AllOf.FirstOrDefault(part => part.ActualSchema.Type != JsonObjectType.None || part.ActualSchema.AnyOf.Count > 0) is { } only)
            return Make(only, at, depth + 1);
        if (schema.Type.HasFlag(JsonObjectType.Array))
            return OfItems(schema, at, depth);
        return OfScalar(schema, at);
    }

    private JsonNode? OfAlternatives(JsonSchema schema, List<JsonSchema> alternatives, Position at, int depth)
    {
        if (depth > Deepest && alternatives.Exists(IsNull))
            return null;
        var chosen = at.Hint is { } hint ? alternatives.Find(one => IsValid(one, hint)) : null;
        chosen ??= alternatives.Find(one => !IsNull(one)) ?? alternatives[0];
        var made = Make(chosen, at, depth + 1);
        // Keywords beside the alternatives apply too.
        if (made is not JsonObject whole || (schema.Properties.Count == 0 && schema.AllOf.Count == 0))
            return made;
        foreach (var (name, value) in OfMembers(schema, Members(schema), at, depth).ToList())
        {
            if (!whole.ContainsKey(name))
                whole[name] = value?.DeepClone();
        }
        return whole;
    }

    private JsonObject OfMembers(JsonSchema schema, Dictionary<string, (JsonSchema Schema, bool IsRequired)> members, Position at, int depth)
    {
        var file = members.ContainsKey("url") ? Extension(at, [.. members.Keys]) : null;
        var made = new JsonObject();
        foreach (var (name, (member, isRequired)) in members)
        {
            if (depth > Deepest && !isRequired)
                continue;
            var hint = (at.Hint as JsonObject)?[name] ?? Hint(member);
            made[name] = file is not null && name is "url" or "content_type" or "file_name"
                ? OfFile(member.ActualSchema, name, file)
                : Make(member, new Position(name, member.Description, hint, at), depth + 1);
        }
        var least = (int)(LooseJson.Number(SchemaKeywords.Of(schema).Number("minProperties")) ?? 0);
        for (var number = 1; made.Count < least; number++)
            made[$"member_{number}"] = schema.AdditionalPropertiesSchema is { } others ? Make(others, at with { Hint = null }, depth + 1) : "A text.";
        return made;
    }

    private static JsonNode? OfFile(JsonSchema schema, string name, string extension)
    {
        var value = name switch
        {
            "url" => Origin + "output" + extension,
            "content_type" => MediaKind.For(null, "output" + extension).ContentType,
            _ => "output" + extension,
        };
        return FirstValid(schema, [value, "output"]);
    }

    private JsonArray OfItems(JsonSchema schema, Position at, int depth)
    {
        if (depth > Deepest)
            return [];
        var keywords = SchemaKeywords.Of(schema);
        if (schema.Items.Count > 0)
            return new JsonArray([.. schema.Items.Select(item => Make(item, at with { Hint = null }, depth + 1))]);
        if (schema.Item is not { } only)
            return at.Hint is JsonArray { Count: > 0 } known && IsValid(schema, known) ? known.DeepClone().AsArray() : [];
        var count = Math.Max(1, (int)(LooseJson.Number(keywords.Number("minItems")) ?? 1));
        if (LooseJson.Number(keywords.Number("maxItems")) is { } most && count > most)
            count = (int)most;
        var item = Make(only, at with { Hint = (at.Hint as JsonArray)?.FirstOrDefault() ?? Hint(only) }, depth + 1);
        return new JsonArray([.. Enumerable.Range(0, count).Select(_ => item?.DeepClone())]);
    }

    private JsonNode? OfScalar(JsonSchema schema, Position at)
    {
        // The URLs of examples lead to files that are not there; of them only the kind counts.
        var hint = at.Hint is { } given && !LooseJson.IsUrl(given) ? given : null;
        if (schema.Type.HasFlag(JsonObjectType.Integer) || schema.Type.HasFlag(JsonObjectType.Number))
            return FirstValid(schema, [hint, .. Numbers(schema)]);
        if (schema.Type.HasFlag(JsonObjectType.Boolean))
            return FirstValid(schema, [hint, false, true]);
        if (schema.Type == JsonObjectType.Null)
            return null;
        var isUrl = schema.Format == "uri" || at.Name.EndsWith("url", StringComparison.Ordinal) || at.Name.EndsWith("urls", StringComparison.Ordinal);
        if (isUrl || LooseJson.IsUrl(at.Hint))
            return FirstValid(schema, [Origin + "output" + Extension(at, []), .. Texts(schema, at)]);
        return FirstValid(schema, [hint, .. Texts(schema, at)]);
    }

    private static IEnumerable<JsonNode?> Numbers(JsonSchema schema)
    {
        yield return 1;
        var keywords = SchemaKeywords.Of(schema);
        var (least, most) = (LooseJson.Number(keywords.Minimum?.Value), LooseJson.Number(keywords.Maximum?.Value));
        foreach (var value in (decimal?[])[least, most, least + 1, most - 1, (least + most) / 2, LooseJson.Number(keywords.Number("multipleOf")), 0, -1])
        {
            if (value is { } number)
                yield return number;
        }
    }

    private static IEnumerable<JsonNode?> Texts(JsonSchema schema, Position at)
    {
        string[] formatted = schema.Format switch
        {
            "uuid" or "uuid4" or "guid" => ["3f1c9a52-5b0e-4d0f-9d3a-0c8c1a2b3d4e"],
            "date-time" => ["2026-08-01T12:00:00Z"],
            "date" => ["2026-08-01"],
            "time" => ["12:00:00Z"],
            "email" => ["someone@example.com"],
            "uri" or "url" => [Origin],
            "byte" or "binary" or "base64" => ["QSB0ZXh0Lg=="],
            _ => at.Name.EndsWith("id", StringComparison.Ordinal) ? [at.Name + "_1"] : [],
        };
        var keywords = SchemaKeywords.Of(schema);
        var text = "A text.";
        if (LooseJson.Number(keywords.Number("minLength")) is { } least && least > text.Length)
            text = text.PadRight((int)least, '.');
        if (LooseJson.Number(keywords.Number("maxLength")) is { } most && most < text.Length)
            text = text[..(int)most];
        return [.. formatted, text, at.Name, "a", "1", ""];
    }

    private string Extension(Position at, string[] members)
    {
        var extension = ExampleExtension(at.Hint)
            ?? FileWords.Extension(at.Name)
            ?? OfMembers()
            ?? FileWords.Extension(at.Description)
            ?? (at.Holder is { } holder ? FileWords.Extension(holder.Name) : null)
            ?? FileWords.Extension(request.EndpointId[(request.EndpointId.LastIndexOf("-to-", StringComparison.Ordinal) + 1)..])
            ?? ".mp4";
        return request.AsAsked(extension);

        string? OfMembers() => members.Contains("fps") || members.Contains("num_frames") ? ".mp4"
            : members.Contains("sample_rate") || members.Contains("channels") ? ".wav"
            : members.Contains("width") && members.Contains("height") ? ".png"
            : null;
    }

    private static string? ExampleExtension(JsonNode? example)
    {
        var url = example is JsonObject members ? members["url"] ?? members["file_name"] : example;
        if (url?.GetValueKind() != JsonValueKind.String)
            return null;
        var path = Uri.TryCreate(url.GetValue<string>(), UriKind.Absolute, out var absolute) ? absolute.AbsolutePath : url.GetValue<string>();
        return MediaKind.OfExtension(Path.GetExtension(path))?.Extension;
    }

    // What is written beside the reference to a schema speaks of this member, what is within it of all that refer to it.
    private static JsonNode? Hint(JsonSchema schema)
    {
        var examples = Extension(schema) ?? Extension(schema.ActualSchema);
        return (examples is JsonArray { Count: > 0 } list ? list[0] : SampleRequest.Node(schema.Example ?? schema.ActualSchema.Example))
            ?? SampleRequest.Node(schema.Default ?? schema.ActualSchema.Default);

        static JsonNode? Extension(JsonSchema schema) =>
            schema.ExtensionData?.TryGetValue("examples", out var value) == true ? SampleRequest.Node(value) : null;
    }

    private static Dictionary<string, (JsonSchema Schema, bool IsRequired)> Members(JsonSchema schema)
    {
        var members = new Dictionary<string, (JsonSchema, bool)>(StringComparer.Ordinal);
        foreach (var part in schema.AllOf)
        {
            foreach (var (name, member) in Members(part.ActualSchema))
                members[name] = member;
        }
        foreach (var (name, property) in schema.Properties)
            members[name] = (property, property.IsRequired);
        foreach (var name in schema.RequiredProperties.Where(name => !members.ContainsKey(name)))
            members[name] = (new JsonSchema(), true);
        return members;
    }

    private static bool IsNull(JsonSchema schema) => schema.ActualSchema.Type == JsonObjectType.Null;

    private static bool IsValid(JsonSchema schema, JsonNode? value) => SchemaProblems.List(schema, value).Count == 0;

    private static JsonNode? FirstValid(JsonSchema schema, IEnumerable<JsonNode?> candidates)
    {
        JsonNode? first = null;
        foreach (var candidate in candidates)
        {
            if (candidate is null)
                continue;
            if (IsValid(schema, candidate))
                return candidate.DeepClone();
            first ??= candidate;
        }
        return IsValid(schema, null) ? null : first?.DeepClone();
    }

    /// <summary>Where in the result a value is.</summary>
    private sealed record Position(string Name, string? Description, JsonNode? Hint, Position? Holder);
}
