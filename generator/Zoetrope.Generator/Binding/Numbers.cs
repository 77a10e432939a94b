using System.Globalization;

namespace Zoetrope.Generator;

/// <summary>Reads the numbers of documents, in no culture.</summary>
internal static class Numbers
{
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

    /// <summary>Whether a number fits 64 bits without a fraction.</summary>
    public static bool IsWhole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>The C# literal of a number.</summary>
    public static string? Double(string? text) =>
        TryDouble(text, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) + "d" : null;

    /// <summary>
    /// The C# literal of the limit of a whole number, moved to the nearest whole number inside; null when it is no limit for 64 bits.
    /// </summary>
    public static string? Integer(string? text, bool isMinimum, bool exclusive)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit))
            return null;
        var whole = isMinimum ? Math.Ceiling(limit) : Math.Floor(limit);
        if (exclusive && whole == limit)
            whole += isMinimum ? 1 : -1;
        if (whole <= long.MinValue || whole >= long.MaxValue)
            return null;
        return whole.ToString("0", CultureInfo.InvariantCulture) + "L";
    }
}
