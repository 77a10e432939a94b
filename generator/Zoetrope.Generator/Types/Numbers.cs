using System.Globalization;
using System.Numerics;

namespace Zoetrope.Generator.Types;

/// <summary>Reads the numbers of documents, in no culture. What it gives is text that any C# number of its size can be written as.</summary>
internal static class Numbers
{
    // An exponent of billions is a few bytes in a document; the number itself would fill the memory.
    private const int MostDigits = 60;

    private static readonly BigInteger Least = -(BigInteger.One << 127);
    private static readonly BigInteger Greatest = (BigInteger.One << 127) - 1;

    /// <summary>Whether two spellings are the same number.</summary>
    public static bool AreEqual(string one, string other) =>
        TryDouble(one, out var first) && TryDouble(other, out var second) && first.Equals(second);

    /// <summary>Reads a finite number.</summary>
    public static bool TryDouble(string? text, out double value)
    {
        value = 0;
        return text is not null
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && !double.IsInfinity(value)
            && !double.IsNaN(value);
    }

    /// <summary>Whether a number fits 64 bits without a fraction, in any spelling (<c>10</c>, <c>10.0</c>, <c>1e1</c>).</summary>
    public static bool IsWhole(string text) => TryWhole(text, out var value) && value >= long.MinValue && value <= long.MaxValue;

    /// <summary>Whether a number fits 128 bits without a fraction.</summary>
    public static bool IsWideWhole(string text) => TryWhole(text, out var value) && value >= Least && value <= Greatest;

    /// <summary>Whether a whole number at this limit is beyond 64 bits.</summary>
    public static bool IsBeyondInt64(string? text, bool isMinimum, bool exclusive) =>
        Whole(text, isMinimum, exclusive) is { } value && (value < long.MinValue || value > long.MaxValue);

    /// <summary>A number in the shortest spelling that a double is read from again.</summary>
    public static string? Double(string? text) =>
        !TryDouble(text, out var value) ? null : value.Equals(0d) ? "0" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A whole number in digits; null when 64 bits cannot hold it.</summary>
    public static string? WholeValue(string text) => IsWhole(text) && TryWhole(text, out var value) ? Text(value) : null;

    /// <summary>The same of 128 bits.</summary>
    public static string? WideValue(string text) => IsWideWhole(text) && TryWhole(text, out var value) ? Text(value) : null;

    /// <summary>The limit of a whole number, moved to the nearest whole number inside; null when it does not limit 64 bits.</summary>
    public static string? Integer(string? text, bool isMinimum, bool exclusive) =>
        Whole(text, isMinimum, exclusive) is { } value && value > long.MinValue && value < long.MaxValue ? Text(value) : null;

    /// <summary>The same of 128 bits.</summary>
    public static string? WideInteger(string? text, bool isMinimum, bool exclusive) =>
        Whole(text, isMinimum, exclusive) is { } value && value > Least && value < Greatest ? Text(value) : null;

    /// <summary>
    /// The whole number of which a whole number is a multiple exactly where it is one of this number: 5 for 2.5, 1 for 0.1. Null where 64 bits cannot hold it.
    /// </summary>
    public static string? WholeDivisor(string text)
    {
        if (!TryScaled(text, out var value, out var exponent) || Math.Abs(exponent) > MostDigits)
            return null;
        // A multiple of p/q without a common factor is whole where it is a multiple of p.
        var scale = BigInteger.Pow(10, Math.Abs(exponent));
        value = exponent >= 0 ? value * scale : value / BigInteger.GreatestCommonDivisor(value, scale);
        return value > 0 && value <= long.MaxValue ? Text(value) : null;
    }

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    private static BigInteger? Whole(string? text, bool isMinimum, bool exclusive)
    {
        if (text is null)
            return null;
        if (!TryWhole(text, out var value))
        {
            if (!TryDouble(text, out var fraction) || Math.Abs(fraction) > 1e15)
                return null;
            return new BigInteger(isMinimum ? Math.Ceiling(fraction) : Math.Floor(fraction));
        }
        return exclusive ? value + (isMinimum ? 1 : -1) : value;
    }

    /// <summary>Reads a whole number; false where it has a fraction, or more digits than anybody needs.</summary>
    private static bool TryWhole(string text, out BigInteger value)
    {
        if (!TryScaled(text, out value, out var exponent))
            return false;
        if (value.IsZero)
            return true;
        for (; exponent < 0; exponent++)
        {
            value = BigInteger.DivRem(value, 10, out var rest);
            if (!rest.IsZero)
                return false;
        }
        if (exponent > MostDigits)
            return false;
        value *= BigInteger.Pow(10, exponent);
        return true;
    }

    /// <summary>Reads a number as a whole one and the power of ten that it is multiplied by; false where it has more digits than anybody needs.</summary>
    private static bool TryScaled(string text, out BigInteger value, out int exponent)
    {
        value = default;
        exponent = 0;
        var exponentAt = text.IndexOfAny(['e', 'E']);
        var mantissa = exponentAt < 0 ? text : text.Substring(0, exponentAt);
        if (exponentAt >= 0 && !int.TryParse(text.Substring(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return false;
        var point = mantissa.IndexOf('.');
        if (point >= 0)
        {
            var fraction = mantissa.Substring(point + 1).TrimEnd('0');
            mantissa = mantissa.Substring(0, point) + fraction;
            exponent -= fraction.Length;
        }
        return mantissa.Length <= MostDigits && BigInteger.TryParse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
