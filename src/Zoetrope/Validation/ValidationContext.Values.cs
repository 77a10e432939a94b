using System.ComponentModel;

namespace Zoetrope.Validation;

/// <content>The less common rules. A trimmed app contains only those that its requests use.</content>
public partial struct ValidationContext
{
    /// <summary>The alternative of any surrogate pair, which patterns have after the character class that it belongs to.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public const string AnyPair = @"|[\uD800-\uDBFF][\uDC00-\uDFFF])";

    // From this number on, comparing all pairs of items takes longer than a set of them.
    private const int FewItems = 16;

    /// <summary>
    /// Reports a string that does not match a pattern. All patterns of a request together have 0.2 seconds: matches that take longer are left to the service.
    /// </summary>
    /// <param name="value">The string.</param>
    /// <param name="name">The member.</param>
    /// <param name="pattern">The pattern in the syntax of .NET, with <see cref="AnyPair"/> wherever a character above U+FFFF is allowed.</param>
    /// <param name="text">The pattern as the specification writes it.</param>
    public void Pattern(string? value, string name, string pattern, string text)
    {
        if (value is not null && PatternChecks.IsBroken(value, pattern, ref _onPatterns))
            Add(name, ValidationRule.Pattern, text, Clip(value));
    }

    /// <summary>Reports a whole number of 128 bits outside its limits, which are inclusive.</summary>
    public void Range(Int128? value, string name, Int128? min = null, Int128? max = null)
    {
        if (value < min)
            Add(name, ValidationRule.Minimum, Text(min!.Value), Text(value!.Value));
        else if (value > max)
            Add(name, ValidationRule.Maximum, Text(max!.Value), Text(value!.Value));
    }

    /// <summary>Reports a whole number that is not a multiple of another.</summary>
    public void MultipleOf(long? value, string name, long divisor)
    {
        if (value is { } given && given % divisor != 0)
            Add(name, ValidationRule.MultipleOf, Text(divisor), Text(given));
    }

    /// <summary>Reports a whole number of 128 bits that is not a multiple of another.</summary>
    public void MultipleOf(Int128? value, string name, long divisor)
    {
        if (value is { } given && given % divisor != 0)
            Add(name, ValidationRule.MultipleOf, Text(divisor), Text(given));
    }

    /// <summary>
    /// Reports a number that is not a multiple of another, in decimal: 0.3 is a multiple of 0.1, although their closest binary fractions are not multiples. A
    /// difference of up to a billionth of the value (or of the divisor, where that is greater) does not count.
    /// </summary>
    public void MultipleOf(double? value, string name, double divisor)
    {
        if (value is not { } given)
            return;
        // What the service accepts must not be refused. Most of these services validate with pydantic, which accepts a remainder of up to a billionth of the
        // value (ConstrainedFloatValidator in pydantic-core's src/validators/float.rs).
        var rest = Math.Abs(given % divisor);
        var tolerance = Math.Max(Math.Abs(given), divisor) / 1e9;
        if (rest > tolerance && divisor - rest > tolerance)
            Add(name, ValidationRule.MultipleOf, Text(divisor), Text(given));
    }

    /// <summary>Reports an array with equal items.</summary>
    public void Unique<T>(IReadOnlyList<T>? list, string name)
        where T : IEquatable<T>
    {
        if (list is { Count: > 1 } && HasEqual(list))
            Add(name, ValidationRule.UniqueItems);
    }

    private static string Text(Int128 value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool HasEqual<T>(IReadOnlyList<T> list)
        where T : IEquatable<T>
    {
        if (list.Count > FewItems)
            return new HashSet<T>(list).Count < list.Count;
        for (var i = 1; i < list.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (EqualityComparer<T>.Default.Equals(list[i], list[j]))
                    return true;
            }
        }
        return false;
    }
}
