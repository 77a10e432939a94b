using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Brings the values that a schema names into the types that it states. YAML without quotes makes numbers and booleans of texts, and quotes make
/// texts of numbers.
/// </summary>
internal static class SchemaValues
{
    /// <summary>The schema with its values in its types.</summary>
    /// <param name="schema">The schema. Where it states no type, its values are what they are.</param>
    /// <param name="odd">The first value that was written in another type, or cannot be of the stated ones; null where there is none.</param>
    public static Schema Fit(Schema schema, out JsonLiteral? odd)
    {
        odd = null;
        var types = schema.NonNullTypes;
        if (types == SchemaTypes.Any || schema.AnyOf.Count > 0)
            return schema;
        odd = schema.Enum.FirstOrDefault(value => !IsOf(value, types));
        if (odd is null)
            return schema;
        var values = schema.Enum.Select(value => As(value, types)).OfType<JsonLiteral>().Distinct().ToEquatableArray();
        // Where no value can be of the type, the values say more than it.
        return values.Count > 0 ? schema with { Enum = values } : schema with { Types = TypesOf(schema.Enum) | (schema.Types & SchemaTypes.Null) };
    }

    /// <summary>The types of values.</summary>
    public static SchemaTypes TypesOf(IEnumerable<JsonLiteral> values) => values.Aggregate(SchemaTypes.Any, (types, value) => types | TypeOf(value));

    /// <summary>Whether two are the same value; numbers have several spellings.</summary>
    public static bool AreSame(JsonLiteral one, JsonLiteral other) =>
        one.Kind == other.Kind && (one.Text == other.Text || (one.Kind == JsonKind.Number && SchemaLimits.Compare(one.Text, other.Text) == 0));

    private static SchemaTypes TypeOf(JsonLiteral value) => value.Kind switch
    {
        JsonKind.String => SchemaTypes.String,
        JsonKind.Boolean => SchemaTypes.Boolean,
        JsonKind.Array => SchemaTypes.Array,
        JsonKind.Object => SchemaTypes.Object,
        JsonKind.Number => value.Text.IndexOfAny(['.', 'e', 'E']) < 0 ? SchemaTypes.Integer : SchemaTypes.Number,
        _ => SchemaTypes.Null,
    };

    /// <summary>Whether a value is of one of the types. Whether a number of a whole type has a fraction is the binder's to see.</summary>
    public static bool IsOf(JsonLiteral value, SchemaTypes types) =>
        value.Kind == JsonKind.Null || (types & (value.Kind == JsonKind.Number ? SchemaTypes.Integer | SchemaTypes.Number : TypeOf(value))) != 0;

    /// <summary>The value in one of the types; null where it cannot be of any.</summary>
    private static JsonLiteral? As(JsonLiteral value, SchemaTypes types)
    {
        if (IsOf(value, types))
            return value;
        if ((types & SchemaTypes.String) != 0)
            return value.Kind is JsonKind.Number or JsonKind.Boolean ? JsonLiterals.String(value.Text) : null;
        var isText = value.Kind == JsonKind.String;
        return isText && JsonLiterals.TryParse(value.Text) is { Kind: JsonKind.Number or JsonKind.Boolean } read && IsOf(read, types) ? read : null;
    }
}
