using System.Globalization;
using System.Numerics;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Yaml;

/// <summary>What YAML 1.2's core schema makes of plain scalars (chapter 10.3 of its specification), as JSON.</summary>
public static class YamlScalars
{
    /// <summary>The JSON of a scalar without quotes, or null when JSON cannot express it.</summary>
    /// <param name="text">The scalar.</param>
    public static string? ToJson(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        ".nan" or ".NaN" or ".NAN" => null,
        _ when text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" => null,
        _ => Number(text) ?? JsonStrings.Quote(text),
    };

    private static string? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal) && text.Length > 2 && text.Skip(2).All(IsHexDigit))
            return Text(BigInteger.Parse("0" + text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        if (text.StartsWith("0o", StringComparison.Ordinal) && text.Length > 2 && text.Skip(2).All(static c => c is >= '0' and <= '7'))
            return Text(text.Skip(2).Aggregate(BigInteger.Zero, static (sum, digit) => (sum * 8) + (digit - '0')));

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

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsHexDigit(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static string Digits(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is >= '0' and <= '9')
            position++;
        return text.Substring(start, position - start);
    }
}
