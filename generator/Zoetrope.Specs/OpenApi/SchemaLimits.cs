using System.Globalization;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Compares limits in the document's spelling.</summary>
internal static class SchemaLimits
{
    /// <summary>Compares two numbers. What is beyond all numbers some frameworks refuse and others call infinite; here it is infinite.</summary>
    public static int Compare(string one, string other) =>
        TryDecimal(one, out var left) && TryDecimal(other, out var right)
            ? left.CompareTo(right)
            : Value(one).CompareTo(Value(other));

    /// <summary>The size of a number.</summary>
    public static double Value(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>The one of two limits that leaves less; of equal ones that which is not itself allowed.</summary>
    public static (string? Limit, bool Exclusive) Stricter(string? first, bool firstExclusive, string? second, bool secondExclusive, bool isLower)
    {
        if (first is null || second is null)
            return first is null ? (second, secondExclusive) : (first, firstExclusive);
        var comparison = Compare(first, second);
        if (comparison == 0)
            return (second, firstExclusive || secondExclusive);
        return (isLower ? comparison > 0 : comparison < 0) ? (first, firstExclusive) : (second, secondExclusive);
    }

    /// <summary>The number of which every multiple of both is one; false where it cannot be computed, and then the second counts.</summary>
    public static bool TryCommonMultiple(string? first, string? second, out string? common)
    {
        common = second ?? first;
        if (first is null || second is null || first == second)
            return true;
        if (!TryDecimal(first, out var one) || !TryDecimal(second, out var other) || one <= 0 || other <= 0)
            return false;
        try
        {
            var (larger, smaller) = (one, other);
            while (smaller != 0)
                (larger, smaller) = (smaller, larger % smaller);
            common = (one / larger * other).ToString("0.############################", CultureInfo.InvariantCulture);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static bool TryDecimal(string text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
