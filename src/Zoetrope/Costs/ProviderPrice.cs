namespace Zoetrope.Costs;

/// <summary>A price that a provider publishes for a model, in the unit that the provider names.</summary>
/// <param name="Amount">The amount for one unit.</param>
/// <param name="Currency">The code of the currency, such as <c>USD</c>.</param>
/// <param name="Unit">The unit in the provider's words, such as <c>images</c> or <c>compute seconds</c>.</param>
/// <param name="Per">What the unit is; null where its number does not follow from an input, as with compute seconds.</param>
public sealed record ProviderPrice(decimal Amount, string Currency, string Unit, CostUnit? Per = null)
{
    /// <summary>Returns the price in words, such as <c>$0.04 per images</c>.</summary>
    public override string ToString() => $"{new CostAmount(Amount, Currency)} per {Unit}";
}
