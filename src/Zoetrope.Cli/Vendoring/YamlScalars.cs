using System.Buffers;
using System.Globalization;
using System.Numerics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Zoetrope.Specs.Json;

namespace Zoetrope.Cli.Vendoring;

/// <summary>What YAML 1.2's core schema makes of scalars (chapter 10.3 of its specification), as JSON.</summary>
internal static class YamlScalars
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> OctalDigits = SearchValues.Create("01234567");

    /// <summary>The JSON of a scalar, or null when JSON cannot express it.</summary>
    public static string? ToJson(Scalar scalar)
    {
        var text = scalar.Value;
        if (!scalar.Tag.IsEmpty)
        {
            if (scalar.Tag.IsNonSpecific || scalar.Tag.Value == TagPrefix + "str")
                return JsonStrings.Quote(text);
            return scalar.Tag.Value is TagPrefix + "int" or TagPrefix + "float" or TagPrefix + "bool" or TagPrefix + "null"
                && Plain(text) is [not '"', ..] plain ? plain : null;
        }
        return scalar.Style == ScalarStyle.Plain ? Plain(text) : JsonStrings.Quote(text);
    }

    private static string? Plain(string text) => text switch
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
        if (text.StartsWith("0x", StringComparison.Ordinal) && text.Length > 2 && text.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0)
            return BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        if (text.StartsWith("0o", StringComparison.Ordinal) && text.Length > 2 && text.AsSpan(2).IndexOfAnyExcept(OctalDigits) < 0)
            return text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(CultureInfo.InvariantCulture);

        var sign = text is ['-', ..] ? "-" : "";
        var rest = text is ['-' or '+', ..] ? text.AsSpan(1) : text;
        var whole = Digits(ref rest);
        var hasPoint = rest is ['.', ..];
        if (hasPoint)
            rest = rest[1..];
        var fraction = hasPoint ? Digits(ref rest) : "";
        if (whole.Length + fraction.Length == 0)
            return null;
        var exponent = rest.ToString();
        if (rest is ['e' or 'E', ..])
        {
            rest = rest[1..];
            if (rest is ['-' or '+', ..])
                rest = rest[1..];
            if (Digits(ref rest).Length == 0)
                return null;
        }
        if (rest.Length > 0)
            return null;
        // JSON allows a zero before the point only alone, and requires a digit after it.
        whole = whole.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
        return sign + whole + (hasPoint ? "." + (fraction.Length > 0 ? fraction : "0") : "") + exponent;
    }

    private static string Digits(ref ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = length < 0 ? rest : rest[..length];
        rest = rest[digits.Length..];
        return digits.ToString();
    }
}
