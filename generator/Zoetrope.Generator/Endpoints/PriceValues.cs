using System.Globalization;
using System.Text.RegularExpressions;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>The values that conditions of price rules name, held against what the parameters can have.</summary>
internal static class PriceValues
{
    private static readonly char[] _joints = [',', '-', '–', '|', '/'];

    private static readonly Regex _range = new(@"^\s*\d+(?:\.\d+)?\s*[-–]\s*\d", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Why a test cannot hold as it is written, so that it may mean something else; null where it can.</summary>
    public static string? Wrong(PricedInput input, PriceTest test)
    {
        var isOrder = test.Operator >= PriceOperator.IsBelow;
        var isBoolean = input.Property.Type.Kind == TypeKind.Boolean;
        foreach (var value in test.Values)
        {
            if (isOrder && (isBoolean || !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
                return $"'{input.Name}' cannot be compared with '{value}' by size";
            if (isBoolean && value.ToLowerInvariant() is not ("true" or "false"))
                return $"'{value}' is not a valid value of '{input.Name}', which is true or false";
            if (IsDocumented(input, PriceOperator.IsIgnoringCase, value))
                continue;
            if (NumberOf(value) is null && (input.IsNumber || (input.Values.Count > 0 && input.Values.All(known => NumberOf(known) is not null))))
                return $"'{value}' is not a valid value of '{input.Name}', which is a number";
            if (_range.IsMatch(value) || IsJoined(input, value))
                return $"'{value}' is not one value of '{input.Name}'";
        }
        return null;
    }

    /// <summary>Whether the documentation of a parameter has a value, so that a test on it can hold.</summary>
    public static bool IsDocumented(PricedInput input, PriceOperator comparison, string value)
    {
        var comparer = comparison == PriceOperator.Is ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        return input.Values.Contains(value, comparer) || (NumberOf(value) is { } number && input.Values.Any(known => NumberOf(known) == number));
    }

    private static bool IsJoined(PricedInput input, string value)
    {
        var parts = value.Split(_joints);
        return parts.Length > 1 && Array.TrueForAll(parts, part => IsDocumented(input, PriceOperator.IsIgnoringCase, part.Trim()));
    }

    // The same spellings as in an estimate: a number, which a unit of seconds may follow.
    private static decimal? NumberOf(string text)
    {
        text = text.Trim();
        foreach (var unit in new[] { "seconds", "second", "secs", "sec", "s" })
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                text = text.Substring(0, text.Length - unit.Length).TrimEnd();
                break;
            }
        }
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
