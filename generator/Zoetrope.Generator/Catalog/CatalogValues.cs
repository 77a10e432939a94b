using System.Globalization;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>Compares what values two types have.</summary>
internal static class CatalogValues
{
    // More values than anybody lists: beyond them a range is compared by its limits.
    private const int MostValues = 1000;

    /// <summary>All values of a parameter, where they are few; null where they are not.</summary>
    public static List<JsonLiteral>? Of(BoundTypes types, TypeRef type, Constraints constraints)
    {
        switch (type.Kind)
        {
            case TypeKind.Enum when constraints.KnownValuesOnly:
                return types.ValuesOf(type).Select(JsonLiterals.String).ToList();
            case TypeKind.Boolean:
                return [JsonLiterals.Boolean(true), JsonLiterals.Boolean(false)];
            case TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number when constraints.Values.Count > 0:
                return constraints.Values.Select(Number).ToList();
            case TypeKind.Integer or TypeKind.WideInteger
                when Limit(constraints.Minimum) is { } least && Limit(constraints.Maximum) is { } greatest && greatest - least < MostValues:
                var values = new List<JsonLiteral>();
                for (var value = constraints.ExclusiveMinimum ? least + 1 : least; constraints.ExclusiveMaximum ? value < greatest : value <= greatest; value++)
                {
                    if (IsMultiple(value.ToString(CultureInfo.InvariantCulture), constraints.MultipleOf))
                        values.Add(Number(value.ToString(CultureInfo.InvariantCulture)));
                }
                return values;
            default:
                return null;
        }
    }

    /// <summary>Whether a value is valid. What is not checked before sending counts as valid.</summary>
    public static bool Accepts(BoundTypes types, TypeRef type, Constraints constraints, JsonLiteral value) => type.Given.Kind switch
    {
        TypeKind.String => value.Kind == JsonKind.String
            && (Length(value.Text) >= (constraints.MinLength ?? 0) || (constraints.OrEmpty && value.Text.Length == 0))
            && Length(value.Text) <= (constraints.MaxLength ?? int.MaxValue),
        TypeKind.Enum => value.Kind == JsonKind.String && (!constraints.KnownValuesOnly || types.ValuesOf(type.Given).Contains(value.Text)),
        TypeKind.Boolean => value.Kind == JsonKind.Boolean && (constraints.Values.Count == 0 || constraints.Values.Contains(value.Text)),
        TypeKind.Integer => value.Kind == JsonKind.Number && Numbers.IsWhole(value.Text) && IsInside(constraints, value.Text),
        TypeKind.WideInteger => value.Kind == JsonKind.Number && Numbers.IsWideWhole(value.Text) && IsInside(constraints, value.Text),
        TypeKind.Number => value.Kind == JsonKind.Number && IsInside(constraints, value.Text),
        TypeKind.File => value.Kind is JsonKind.String or JsonKind.Object,
        TypeKind.List => value.Kind == JsonKind.Array,
        TypeKind.Object or TypeKind.Map => value.Kind == JsonKind.Object,
        TypeKind.Union => types.Union(type.Given.Name) is var union
            && (union.Raw != RawKinds.None || union.Alternatives.Any(one => Accepts(types, one.Type, one.Checks, value))),
        _ => true,
    };

    /// <summary>
    /// What a value of one type can be that another type does not take, in words; null where that is nothing. For types that have too many values to be
    /// compared one by one.
    /// </summary>
    /// <param name="type">The type of the values.</param>
    /// <param name="own">Their constraints; a required text is not empty.</param>
    /// <param name="target">Where they are sent.</param>
    public static string? Lost(TypeRef type, Constraints own, CatalogTarget target) => Lost(type, own, target, target.Type, target.Constraints);

    private static string? Lost(TypeRef type, Constraints own, CatalogTarget target, TypeRef to, Constraints limits)
    {
        if (to.Kind == TypeKind.Raw)
            return null;
        if (to.Kind == TypeKind.Union && type.Kind != TypeKind.Union)
        {
            var union = target.Endpoint.Types.Union(to.Name);
            var lost = union.Alternatives.Select(one => Lost(type, own, target, one.Type, one.Checks)).ToList();
            return union.Raw != RawKinds.None || lost.Contains(null) || lost.Count == 0 ? null : lost[0];
        }
        switch (type.Kind)
        {
            case TypeKind.String or TypeKind.Enum when to.Kind == TypeKind.String:
                return LostText(own, limits);
            case TypeKind.String or TypeKind.Enum when to.Kind == TypeKind.Enum:
                return limits.KnownValuesOnly ? "texts other than " + Listed(target.Endpoint.Types.ValuesOf(to)) : null;
            case TypeKind.String when to.Kind == TypeKind.File:
                return null;
            case TypeKind.Integer or TypeKind.WideInteger when to.Kind is TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number:
            case TypeKind.Number when to.Kind == TypeKind.Number:
                return type.Kind == TypeKind.WideInteger && to.Kind == TypeKind.Integer && (own.Minimum is null || own.Maximum is null)
                    ? "numbers beyond 64 bits"
                    : LostNumber(own, limits);
            case TypeKind.Number when to.Kind is TypeKind.Integer or TypeKind.WideInteger:
                return "fractions";
            case TypeKind.List when to.Kind == TypeKind.List:
                return LostItems(own, limits) ?? Lost(type.Item!.Given, own.Items ?? Constraints.None, target, to.Item!.Given, target.ItemConstraints);
            default:
                return type.Kind == to.Kind ? null : "values of type " + WordOf(type.Kind);
        }
    }

    /// <summary>The kind of value, as JSON Schema calls it.</summary>
    public static string WordOf(TypeKind kind) => kind switch
    {
        TypeKind.String or TypeKind.Enum or TypeKind.File => "string",
        TypeKind.Boolean => "boolean",
        TypeKind.Integer or TypeKind.WideInteger => "integer",
        TypeKind.Number => "number",
        TypeKind.List => "array",
        _ => "object",
    };

    /// <summary>A few values, in quotes.</summary>
    public static string Listed(IEnumerable<string> values)
    {
        const int Most = 8;
        var all = values.ToList();
        return string.Join(", ", all.Take(Most).Select(value => "'" + value + "'")) + (all.Count > Most ? " and others" : "");
    }

    private static string? LostText(Constraints own, Constraints limits)
    {
        if (limits.MaxLength is { } most && (own.MaxLength ?? int.MaxValue) > most)
            return "more than " + most.ToString(CultureInfo.InvariantCulture) + " characters";
        return limits.MinLength is { } least && (own.MinLength ?? 0) < least
            ? "less than " + least.ToString(CultureInfo.InvariantCulture) + " characters"
            : null;
    }

    private static string? LostItems(Constraints own, Constraints limits)
    {
        if (limits.MaxItems is { } most && (own.MaxItems ?? int.MaxValue) > most)
            return "more than " + most.ToString(CultureInfo.InvariantCulture) + " items";
        return limits.MinItems is { } least && (own.MinItems ?? 0) < least ? "less than " + least.ToString(CultureInfo.InvariantCulture) + " items" : null;
    }

    private static string? LostNumber(Constraints own, Constraints limits)
    {
        if (limits.Values.Count > 0)
            return "numbers other than " + string.Join(", ", limits.Values);
        if (Limit(limits.Minimum) is { } least && (Limit(own.Minimum) is not { } ownLeast || ownLeast < least
            || (ownLeast.Equals(least) && limits.ExclusiveMinimum && !own.ExclusiveMinimum)))
            return "numbers below " + limits.Minimum;
        if (Limit(limits.Maximum) is { } greatest && (Limit(own.Maximum) is not { } ownGreatest || ownGreatest > greatest
            || (ownGreatest.Equals(greatest) && limits.ExclusiveMaximum && !own.ExclusiveMaximum)))
            return "numbers above " + limits.Maximum;
        return limits.MultipleOf is { } divisor && own.MultipleOf != divisor ? "numbers that are not multiples of " + divisor : null;
    }

    private static bool IsInside(Constraints limits, string text)
    {
        if (!Numbers.TryDouble(text, out var value))
            return false;
        if (limits.Values.Count > 0 && !limits.Values.Any(allowed => Numbers.AreEqual(allowed, text)))
            return false;
        if (Limit(limits.Minimum) is { } least && (limits.ExclusiveMinimum ? value <= least : value < least))
            return false;
        if (Limit(limits.Maximum) is { } greatest && (limits.ExclusiveMaximum ? value >= greatest : value > greatest))
            return false;
        return IsMultiple(text, limits.MultipleOf);
    }

    private static bool IsMultiple(string text, string? divisor) =>
        !Numbers.TryDouble(divisor, out var unit) || unit <= 0 || !Numbers.TryDouble(text, out var value)
        || Math.Abs(value / unit - Math.Round(value / unit)) < 1e-9;

    private static double? Limit(string? text) => Numbers.TryDouble(text, out var value) ? value : null;

    private static JsonLiteral Number(string text) => new(JsonKind.Number, text, text);

    private static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);
}
