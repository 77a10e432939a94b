using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Agreement.Tests;

/// <summary>The schemas of a document as JSON says them. Nothing of it is shared with the generator's readers.</summary>
/// <param name="root">The document.</param>
internal sealed class SchemaView(JsonObject root)
{
    private const int MostReferences = 32;

    /// <summary>The keywords of a schema: references followed, <c>allOf</c> folded in, what is beside both laid over.</summary>
    public FlatSchema Flatten(JsonNode? schema)
    {
        var flat = new FlatSchema();
        Fold(schema, flat, 0);
        return flat;
    }

    private void Fold(JsonNode? schema, FlatSchema into, int depth)
    {
        if (schema is not JsonObject keywords || depth > MostReferences)
            return;
        if (keywords["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var pointer))
            Fold(Find(pointer), into, depth + 1);
        if (keywords["allOf"] is JsonArray parts)
        {
            foreach (var part in parts)
                Fold(part, into, depth + 1);
        }
        foreach (var (name, value) in keywords)
        {
            if (name is not ("$ref" or "allOf"))
                into.Add(name, value);
        }
    }

    private JsonNode? Find(string pointer)
    {
        JsonNode? at = root;
        foreach (var part in pointer.Split('/').Skip(1))
            at = at is JsonObject members ? members[Uri.UnescapeDataString(part).Replace("~1", "/").Replace("~0", "~")] : null;
        return at;
    }
}

/// <summary>The keywords that say what a value is.</summary>
internal sealed class FlatSchema
{
    private readonly Dictionary<string, JsonNode?> _keywords = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, JsonNode?>> _properties = [];
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);

    /// <summary>The declared members.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Properties => _properties;

    public IReadOnlySet<string> Required => _required;

    /// <summary>The only values, or null.</summary>
    public JsonArray? Values => this["enum"] as JsonArray ?? (_keywords.TryGetValue("const", out var only) ? new JsonArray(only?.DeepClone()) : null);

    public JsonArray? Alternatives => this["anyOf"] as JsonArray ?? this["oneOf"] as JsonArray;

    public bool IsNullable => this["nullable"]?.GetValueKind() == JsonValueKind.True;

    public JsonNode? this[string keyword] => _keywords.GetValueOrDefault(keyword);

    public void Add(string keyword, JsonNode? value)
    {
        if (keyword == "properties" && value is JsonObject members)
            _properties.AddRange(members.Where(member => _properties.All(known => known.Key != member.Key)));
        else if (keyword == "required" && value is JsonArray names)
            _required.UnionWith(names.OfType<JsonValue>().Select(name => name.GetValue<string>()));
        else
            _keywords[keyword] = value;
    }

    /// <summary>The same without its alternatives, and with all that one of them says.</summary>
    public FlatSchema With(FlatSchema alternative)
    {
        var joined = new FlatSchema();
        foreach (var schema in new[] { this, alternative })
        {
            foreach (var (keyword, value) in schema._keywords)
            {
                if (schema == alternative || keyword is not ("anyOf" or "oneOf" or "default" or "examples" or "example"))
                    joined._keywords[keyword] = value;
            }
            joined._properties.AddRange(schema._properties.Where(member => joined._properties.All(known => known.Key != member.Key)));
            joined._required.UnionWith(schema._required);
        }
        return joined;
    }

    /// <summary>The JSON types that are allowed; those that follow from other keywords where the schema names none.</summary>
    public IReadOnlyList<string> Types()
    {
        var types = this["type"] switch
        {
            JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
            JsonValue one => [one.GetValue<string>()],
            _ when _properties.Count > 0 || this["additionalProperties"] is JsonObject => ["object"],
            _ when this["items"] is not null || this["prefixItems"] is not null => ["array"],
            _ => new List<string>(),
        };
        if (IsNullable && types.Count > 0)
            types.Add("null");
        return types;
    }

    public decimal? Number(string keyword) =>
        this[keyword] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(
            value.ToJsonString(),
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number)
            ? number : null;

    public int? Count(string keyword) => Number(keyword) is { } number ? (int)Math.Min(number, int.MaxValue) : null;

    /// <summary>The values that the document itself gives: its examples, then its default.</summary>
    public IReadOnlyList<JsonNode?> Examples()
    {
        var examples = new List<JsonNode?>();
        if (this["examples"] is JsonArray several)
            examples.AddRange(several);
        if (_keywords.TryGetValue("example", out var example))
            examples.Add(example);
        if (_keywords.TryGetValue("default", out var value))
            examples.Add(value);
        return examples;
    }
}
