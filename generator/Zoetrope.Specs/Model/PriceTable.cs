namespace Zoetrope.Specs.Model;

/// <summary>The price rules of a page: conditions on the input, and what a job costs where they hold.</summary>
/// <param name="Rules">The rules, in the page's order.</param>
/// <param name="IsCut">Whether the page ends inside them, so that more may follow.</param>
public sealed record PriceTable(EquatableArray<PriceRule> Rules, bool IsCut)
{
    /// <summary>What else the page states about its prices and is not understood, so that no rule is sure; null where there is nothing.</summary>
    public string? Unread { get; init; }
}

/// <summary>A price rule.</summary>
/// <param name="Pointer">Where the page states it.</param>
/// <param name="Text">The rule in the page's words.</param>
public sealed record PriceRule(string Pointer, string Text)
{
    /// <summary>When the rule applies: all tests of one of the cases hold. Empty where it always applies, or to what no other rule applies to.</summary>
    public EquatableArray<PriceCase> Cases { get; init; }

    /// <summary>Whether it has no condition, and applies to what no other rule applies to.</summary>
    public bool IsFallback { get; init; }

    /// <summary>What the price is labeled with, as in <c>720p pricing: $0.10</c>: for other values the rule does not say what a job costs.</summary>
    public EquatableArray<PriceTest> Label { get; init; }

    /// <summary>The price; null where it is not understood.</summary>
    public RulePrice? Price { get; init; }

    /// <summary>Why the rule is not understood; null where it is.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the condition is understood; without that, the rule may apply to anything.</summary>
    public bool IsConditionKnown { get; init; } = true;
}

/// <summary>Tests that hold together.</summary>
/// <param name="Tests">The tests.</param>
public sealed record PriceCase(EquatableArray<PriceTest> Tests);

/// <summary>A comparison of a parameter with values.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Values">The values; one of them suffices, and none of them where the operator negates.</param>
public sealed record PriceTest(string Parameter, PriceOperator Operator, EquatableArray<string> Values);

/// <summary>How a price rule compares a parameter.</summary>
public enum PriceOperator
{
    /// <summary>It is the value.</summary>
    Is,

    /// <summary>It is the value, in any case.</summary>
    IsIgnoringCase,

    /// <summary>It is not the value.</summary>
    IsNot,

    /// <summary>It is not the value, in any case.</summary>
    IsNotIgnoringCase,

    /// <summary>It is below the value.</summary>
    IsBelow,

    /// <summary>It is the value or below.</summary>
    IsAtMost,

    /// <summary>It is above the value.</summary>
    IsAbove,

    /// <summary>It is the value or above.</summary>
    IsAtLeast,
}

/// <summary>The price of a rule.</summary>
/// <param name="Amount">The amount, in digits.</param>
/// <param name="Currency">The code of its currency, or <c>credits</c>.</param>
/// <param name="Per">What it pays for.</param>
public sealed record RulePrice(string Amount, string Currency, PricePer Per)
{
    /// <summary>Whether a job costs that at most.</summary>
    public bool IsCeiling { get; init; }

    /// <summary>Whether the page does not say what it pays for.</summary>
    public bool HasNoUnit { get; init; }

    /// <summary>The parameter that says how many are paid for, where the rule names it.</summary>
    public string? Quantity { get; init; }
}

/// <summary>What a price pays for.</summary>
public enum PricePer
{
    /// <summary>A job, or something that the rule names a parameter for.</summary>
    Unit,

    /// <summary>A job, whatever it makes.</summary>
    Job,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A second of what the job makes.</summary>
    Second,
}
