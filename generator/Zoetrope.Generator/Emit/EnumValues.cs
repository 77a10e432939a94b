using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Emit;

/// <summary>The known values of enums, as generated code has them: one text where they can be distinguished in it again.</summary>
internal static class EnumValues
{
    // A pattern of few values takes as little code as their text, and is faster than a search.
    private const int Few = 3;

    // A pattern of n values takes the compiler n² steps, and there are enums of more than a thousand.
    private const int LongestPattern = 20;

    /// <summary>The text that shows the values.</summary>
    public static string Text(IEnumerable<string> values) => string.Join(", ", values.Select(value => $"\"{value}\""));

    /// <summary>The condition that a property called <c>Value</c> has one of the values.</summary>
    public static string Condition(IReadOnlyList<string> values)
    {
        if (values.Count > Few && IsText(values))
            return $"{KnownValues}.Contains({Literals.String(Text(values))}, Value)";
        var literals = values.Select(Literals.String);
        return values.Count <= LongestPattern
            ? "Value is " + string.Join(" or ", literals)
            : string.Join(" || ", literals.Select(literal => "Value == " + literal));
    }

    /// <summary>The expression for a list of the values.</summary>
    public static string List(IReadOnlyList<string> values) => IsText(values)
        ? $"{KnownValues}.List({Literals.String(Text(values))})"
        : $$"""new string[] { {{string.Join(", ", values.Select(Literals.String))}} }""";

    private static bool IsText(IReadOnlyList<string> values) =>
        values.Count > 0 && values.All(static value => value.Length > 0 && value != ", " && value.IndexOf('"') < 0);
}
