using System.Globalization;
using Zoetrope.Costs;

namespace Zoetrope.Cli.Input;

/// <summary>Reads amounts as people type them.</summary>
internal static class CostText
{
    /// <summary>Reads <c>0.50</c> and <c>$0.50</c> (US dollars), <c>0.50EUR</c>, <c>20 credits</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="amount">The amount.</param>
    /// <returns>What is wrong, in words that follow the name of the option; null where nothing is.</returns>
    public static string? Read(string text, out CostAmount amount)
    {
        var digits = text.AsSpan().Trim();
        var isDollars = digits.StartsWith("$");
        if (isDollars)
            digits = digits[1..];
        var end = 0;
        while (end < digits.Length && (char.IsAsciiDigit(digits[end]) || digits[end] == '.'))
            end++;
        var unit = digits[end..].Trim().ToString();
        amount = default;
        if (!decimal.TryParse(digits[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || (isDollars && unit.Length > 0) || !unit.All(static c => char.IsLetter(c) || c is ' ' or '-' or '_'))
            return $"must be an amount such as 0.50, 0.50EUR or '20 credits', but is '{text}'";
        amount = new(value, unit.Length == 0 ? CostAmount.Usd : unit);
        return null;
    }
}
