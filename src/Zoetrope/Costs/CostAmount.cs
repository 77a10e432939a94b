using System.Globalization;

namespace Zoetrope.Costs;

/// <summary>An amount of money, or of a unit that a provider bills in.</summary>
/// <param name="Value">The amount.</param>
/// <param name="Unit">
/// The code of the currency, such as <c>USD</c>, or the provider's unit, such as <c>credits</c>. Units of providers are not converted to money.
/// </param>
public readonly record struct CostAmount(decimal Value, string Unit)
{
    /// <summary>The code of the US dollar.</summary>
    public const string Usd = "USD";

    /// <summary>Whether amounts in two units can be compared.</summary>
    internal static bool IsSameUnit(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the amount with its unit, such as <c>$0.25</c>, <c>0.25 EUR</c> or <c>12 credits</c>.</summary>
    public override string ToString()
    {
        var value = Value.ToString("0.############", CultureInfo.InvariantCulture);
        return IsSameUnit(Unit, Usd) ? "$" + value : $"{value} {Unit}";
    }
}
