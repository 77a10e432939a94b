using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>The price rules of an endpoint, ready to be written.</summary>
/// <param name="Unit">The currency, or the provider's unit; null where none of the prices is understood.</param>
/// <param name="Inputs">The parameters that decide about the price.</param>
/// <param name="Rules">The rules; those without a condition come last.</param>
/// <param name="Unknown">Why nothing can be estimated, whatever the input; null where something can.</param>
internal sealed record BoundPrices(string? Unit, EquatableArray<PricedInput> Inputs, EquatableArray<BoundPrice> Rules, string? Unknown);

/// <summary>The parameters that say how much a job makes, for a price that the provider publishes.</summary>
/// <param name="Seconds">The one with the seconds of the result, or null.</param>
/// <param name="Count">The one with the number of results, or null.</param>
/// <param name="IsSingle">Whether a job makes one result, whatever the input.</param>
/// <param name="Parts">The parameters with parts that have seconds of their own.</param>
internal sealed record BoundMeasure(PricedInput? Seconds, PricedInput? Count, bool IsSingle, EquatableArray<BoundProperty> Parts)
{
    /// <summary>The other parameters that may say how many results there are.</summary>
    public EquatableArray<PricedInput> PerhapsEach { get; init; }
}

/// <summary>A parameter that decides about the price.</summary>
/// <param name="Property">The member of the request.</param>
/// <param name="Default">The documented default as text, or null.</param>
/// <param name="Values">The values that it can have; empty where they are not documented, or too many.</param>
internal sealed record PricedInput(BoundProperty Property, string? Default, EquatableArray<string> Values)
{
    /// <summary>Its name in JSON.</summary>
    public string Name => Property.JsonName;

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => Property.Type.Kind is TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number;
}

/// <summary>A price rule with names that are those of parameters.</summary>
/// <param name="Text">The rule in the page's words.</param>
/// <param name="Cases">When it applies; empty for always, or for what no other rule applies to.</param>
/// <param name="IsFallback">Whether it applies only to what no other rule applies to.</param>
internal sealed record BoundPrice(string Text, EquatableArray<PriceCase> Cases, bool IsFallback)
{
    /// <summary>The price; null where <see cref="Unknown"/> says why it is not known.</summary>
    public RulePrice? Price { get; init; }

    /// <summary>The parameter that the price is multiplied by.</summary>
    public string? Each { get; init; }

    /// <summary>The parameters that it may have to be multiplied by, which the page does not say.</summary>
    public EquatableArray<string> PerhapsEach { get; init; }

    /// <summary>What the price is labeled with: for other values the cost is not known.</summary>
    public EquatableArray<PriceTest> Label { get; init; }

    /// <summary>Why the cost is not known where the rule applies.</summary>
    public string? Unknown { get; init; }
}
