using System.Globalization;
using System.Numerics;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Yaml;

/// <summary>What YAML 1.2's core schema makes of plain scalars (chapter 10.3 of its specification), as JSON.</summary>
public static class YamlScalars
{
    // A longer number, which nobody writes, takes time with the square of its length.
    private const int MaxBaseDigits = 1000;

    /// <summary>The JSON of a scalar without quotes, or null when JSON cannot express it.</summary>
    /// <param name="text">The scalar.</param>
    public static string? ToJson(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        ".nan" or ".NaN" or ".NAN" => null,
        _ when (text[0] is '+' or '-' ? text.Substring(1) : text) is ".inf" or ".Inf" or ".INF" => null,
        _ when IsOf(text, "0x", IsHexDigit) => text.Length > MaxBaseDigits ? null : Text(text.Substring(2), 16),
        _ when IsOf(text, "0o", static c => c is >= '0' and <= '7') => text.Length > MaxBaseDigits ? null : Text(text.Substring(2), 8),
        _ => Number(text) ?? JsonStrings.Quote(text),
    };

    private static bool IsOf(string text, string prefix, Func<char, bool> isDigit) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && text.Skip(prefix.Length).All(isDigit);

    private static string Text(string digits, int numberBase) => digits
        .Aggregate(BigInteger.Zero, (sum, digit) => (sum * numberBase) + Convert.ToInt32(digit.ToString(), 16)).ToString(CultureInfo.InvariantCulture);

    private static string? Number(string text)
    {
        var isNegative = text.StartsWith("-", StringComparison.Ordinal);
        var position = isNegative || text.StartsWith("+", StringComparison.Ordinal) ? 1 : 0;
        var whole = Digits(text, ref position);
        var hasPoint = position < text.Length && text[position] == '.';
        if (hasPoint)
            position++;
        var fraction = hasPoint ? Digits(text, ref position) : "";
        if (whole.Length + fraction.Length == 0)
            return null;
        var exponent = text.Substring(position);
        if (exponent.Length > 0 && exponent[0] is 'e' or 'E')
        {
            position++;
            if (position < text.Length && text[position] is '-' or '+')
                position++;
            if (Digits(text, ref position).Length == 0)
                return null;
        }
        if (position < text.Length)
            return null;
        // JSON allows a zero before the point only alone, and requires a digit after it.
        whole = whole.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
        return (isNegative ? "-" : "") + whole + (hasPoint ? "." + (fraction.Length > 0 ? fraction : "0") : "") + exponent;
    }

    private static bool IsHexDigit(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static string Digits(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is >= '0' and <= '9')
            position++;
        return text.Substring(start, position - start);
    }
}
