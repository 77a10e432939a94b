using System.Globalization;
using Zoetrope.Specs.Model;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>Bills by the price rules of a page: the first rule whose condition holds, or else the one without a condition.</summary>
internal sealed class PagePrices(PriceTable table)
{
    /// <summary>What a job costs in US dollars; null where the page does not say it.</summary>
    public decimal? Of(InputValues values)
    {
        var rule = table.Rules.FirstOrDefault(rule => rule is { IsConditionKnown: true, Cases.Count: > 0 } && rule.Cases.Any(one => Holds(one, values)))
            ?? table.Rules.FirstOrDefault(rule => rule is { IsConditionKnown: true, Cases.Count: 0 });
        if (rule?.Price is not { Currency: "USD" } price)
            return null;
        decimal? count = price switch
        {
            { Quantity: { } name } => values.Number(name),
            { Per: PricePer.Second } => values.Number("duration"),
            { Per: PricePer.Image } => values.Number("num_images") ?? 1,
            _ => 1,
        };
        return count * decimal.Parse(price.Amount, CultureInfo.InvariantCulture);
    }

    private static bool Holds(PriceCase one, InputValues values) => one.Tests.All(test => Holds(test, values.Text(test.Parameter)));

    private static bool Holds(PriceTest test, string? value) => value is not null && test.Operator switch
    {
        PriceOperator.Is => test.Values.Any(known => IsSame(value, known, StringComparison.Ordinal)),
        PriceOperator.IsIgnoringCase => test.Values.Any(known => IsSame(value, known, StringComparison.OrdinalIgnoreCase)),
        PriceOperator.IsNot => !test.Values.Any(known => IsSame(value, known, StringComparison.Ordinal)),
        PriceOperator.IsNotIgnoringCase => !test.Values.Any(known => IsSame(value, known, StringComparison.OrdinalIgnoreCase)),
        PriceOperator.IsBelow => InputValues.NumberOf(value) < InputValues.NumberOf(test.Values[0]),
        PriceOperator.IsAtMost => InputValues.NumberOf(value) <= InputValues.NumberOf(test.Values[0]),
        PriceOperator.IsAbove => InputValues.NumberOf(value) > InputValues.NumberOf(test.Values[0]),
        _ => InputValues.NumberOf(value) >= InputValues.NumberOf(test.Values[0]),
    };

    private static bool IsSame(string value, string known, StringComparison comparison) => string.Equals(value, known, comparison)
        || (value is "true" or "false" && string.Equals(value, known, StringComparison.OrdinalIgnoreCase))
        || (InputValues.NumberOf(value) is { } number && InputValues.NumberOf(known) == number);
}
