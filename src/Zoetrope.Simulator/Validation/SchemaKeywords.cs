using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace Zoetrope.Simulator.Validation;

/// <summary>
/// The keywords of a schema that limit single values, spelled as in the document. They are kept from NJsonSchema, which cannot read all of them and judges
/// them otherwise than JSON Schema and the services do; <see cref="ServiceValidator"/> judges them.
/// </summary>
internal sealed class SchemaKeywords
{
    public const string Member = "x-zoetrope-keywords";

    private static readonly string[] Moved =
    [
        "enum", "const", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    ];

    private static readonly SchemaKeywords None = new([]);
    private static readonly ConditionalWeakTable<JsonSchema, SchemaKeywords> Known = [];

    private readonly JsonObject _members;

    private SchemaKeywords(JsonObject members)
    {
        _members = members;
        Values = members["enum"] is JsonArray { Count: > 0 } values ? [.. values] : members.TryGetPropertyValue("const", out var only) ? [only] : null;
        Pattern = members["pattern"] is { } pattern && pattern.GetValueKind() == JsonValueKind.String ? new SchemaPattern(pattern.GetValue<string>()) : null;
        Minimum = Bound("minimum", "exclusiveMinimum");
        Maximum = Bound("maximum", "exclusiveMaximum");
        UniqueItems = members["uniqueItems"]?.GetValueKind() == JsonValueKind.True;
    }

    /// <summary>The only values, or null.</summary>
    public IReadOnlyList<JsonNode?>? Values { get; }

    /// <summary>What a text must match, or null.</summary>
    public SchemaPattern? Pattern { get; }

    /// <summary>The least number with whether it is excluded itself, or null. Where a schema has both bounds, the stricter one.</summary>
    public (JsonNode Value, bool IsExclusive)? Minimum { get; }

    /// <summary>The greatest number with whether it is excluded itself, or null. Where a schema has both bounds, the stricter one.</summary>
    public (JsonNode Value, bool IsExclusive)? Maximum { get; }

    /// <summary>Whether the items of an array must differ.</summary>
    public bool UniqueItems { get; }

    /// <summary>A limit that is a number, such as <c>maxLength</c>; null where there is none.</summary>
    public JsonNode? Number(string keyword) => _members[keyword] is { } value && value.GetValueKind() == JsonValueKind.Number ? value : null;

    /// <summary>The keywords of a schema that was prepared with <see cref="MoveFrom"/>.</summary>
    public static SchemaKeywords Of(JsonSchema schema) => Known.GetValue(schema, static schema =>
        schema.ExtensionData?.TryGetValue(Member, out var text) == true && text is string json ? new(JsonNode.Parse(json)!.AsObject()) : None);

    /// <summary>Replaces the keywords of a schema with one member, a string that NJsonSchema keeps and does not interpret.</summary>
    public static void MoveFrom(JsonObject schema)
    {
        var members = new JsonObject();
        foreach (var name in Moved)
        {
            if (schema.Remove(name, out var value))
                members[name] = value;
        }
        if (members.Count > 0)
            schema[Member] = members.ToJsonString();
    }

    private (JsonNode, bool)? Bound(string inclusive, string exclusive)
    {
        var (loose, strict) = (Number(inclusive), Number(exclusive));
        if (strict is null)
            return loose is null ? null : (loose, _members[exclusive]?.GetValueKind() == JsonValueKind.True);
        if (loose is null)
            return (strict, true);
        var difference = ExactNumber.Parse(loose.ToJsonString()).CompareTo(ExactNumber.Parse(strict.ToJsonString()));
        return (inclusive == "minimum" ? difference > 0 : difference < 0) ? (loose, false) : (strict, true);
    }
}
