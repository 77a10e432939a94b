using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Decides which C# number holds the numbers of a schema.</summary>
internal static class NumberTypes
{
    /// <summary>Whether whole numbers of a schema can be beyond 64 bits: by its format, its limits, or the values that it shows itself.</summary>
    public static bool IsWide(Schema schema) =>
        schema.Format is "uint64" or "int128" or "uint128"
        || (schema.Format is not ("int64" or "int32") && HasWideLimit(schema))
        || schema.Examples.Append(schema.Default).Any(IsWideValue);

    private static bool HasWideLimit(Schema schema) =>
        Numbers.IsBeyondInt64(schema.Maximum, isMinimum: false, schema.ExclusiveMaximum)
        || Numbers.IsBeyondInt64(schema.Minimum, isMinimum: true, schema.ExclusiveMinimum);

    private static bool IsWideValue(JsonLiteral? value) =>
        value is { Kind: JsonKind.Number } && !Numbers.IsWhole(value.Text) && Numbers.IsWideWhole(value.Text);

    /// <summary>The type of an enum of numbers.</summary>
    public static TypeRef OfValues(Schema schema)
    {
        var isWhole = schema.NonNullTypes == SchemaTypes.Integer || schema.Enum.All(value => value.Text.IndexOfAny(['.', 'e', 'E']) < 0);
        if (!isWhole || !schema.Enum.All(value => Numbers.IsWideWhole(value.Text)))
            return TypeRef.Number;
        return schema.Enum.All(value => Numbers.IsWhole(value.Text)) ? TypeRef.Integer : TypeRef.WideInteger;
    }
}
