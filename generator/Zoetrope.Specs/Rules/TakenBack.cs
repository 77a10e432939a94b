namespace Zoetrope.Specs.Rules;

/// <summary>Which rules a sentence takes back.</summary>
[Flags]
internal enum TakenBack
{
    /// <summary>None.</summary>
    Nothing = 0,

    /// <summary>Limits of a value, and what two values must have in common: "the rest is ignored".</summary>
    Limits = 1,

    /// <summary>Members that exclude each other: "if both are given, the first is used".</summary>
    Pairs = 2,

    /// <summary>Members that must be given: "if it is omitted, one is written for you".</summary>
    Presence = 4,

    /// <summary>Limits, by words that a limit itself may have: "pro has 8", "-1 is random".</summary>
    OtherLimits = 8,

    /// <summary>Limits of one value, by words of more than they allow, whatever becomes of that: "more images take longer".</summary>
    Excess = 16,

    /// <summary>The same of less than they ask.</summary>
    Shortfall = 64,

    /// <summary>The number of items that two lists have in common: "a single one is used for all".</summary>
    Counts = 32,

    /// <summary>Whatever it is: "this does not apply to …".</summary>
    All = Limits | Pairs | Presence | OtherLimits | Excess | Shortfall | Counts,
}
