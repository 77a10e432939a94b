using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Tests;

/// <summary>YAML 1.2's core schema as the table in chapter 10.3.2 of its specification has it, with numbers by their values.</summary>
internal static partial class CoreSchema
{
    /// <summary>What a plain scalar is; null where JSON cannot express it.</summary>
    public static string? Resolve(string plain) =>
        Null().IsMatch(plain) ? "null"
        : Boolean().IsMatch(plain) ? plain.ToLowerInvariant()
        : Infinite().IsMatch(plain) ? null
        : Octal().IsMatch(plain) ? Canonical(Base(plain[2..], 8))
        : Hexadecimal().IsMatch(plain) ? Canonical(Base(plain[2..], 16))
        : Number().IsMatch(plain) ? Canonical(plain)
        : JsonStrings.Quote(plain);

    /// <summary>JSON with a number in one spelling for each value.</summary>
    public static string Canonical(string json)
    {
        if (Number().Match(json) is not { Success: true } match)
            return json;
        var fraction = match.Groups["fraction"].Value;
        var digits = BigInteger.Parse("0" + match.Groups["whole"].Value + fraction, CultureInfo.InvariantCulture);
        var exponent = BigInteger.Parse("0" + match.Groups["exponent"].Value, CultureInfo.InvariantCulture) * (match.Groups["down"].Success ? -1 : 1)
            - fraction.Length;
        if (digits.IsZero)
            return "0";
        for (; digits % 10 == 0; digits /= 10)
            exponent++;
        return (json[0] == '-' ? "-" : "") + digits + "e" + exponent;
    }

    private static string Base(string digits, int numberBase) =>
        digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * numberBase) + Convert.ToInt32(digit.ToString(), 16)).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(null|Null|NULL|~|)\z")]
    private static partial Regex Null();

    [GeneratedRegex(@"^(true|True|TRUE|false|False|FALSE)\z")]
    private static partial Regex Boolean();

    [GeneratedRegex(@"^([-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)\z")]
    private static partial Regex Infinite();

    [GeneratedRegex(@"^0o[0-7]+\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[-+]?(\.(?<fraction>[0-9]+)|(?<whole>[0-9]+)(\.(?<fraction>[0-9]*))?)([eE]((?<down>-)|\+)?(?<exponent>[0-9]+))?\z")]
    private static partial Regex Number();
}
