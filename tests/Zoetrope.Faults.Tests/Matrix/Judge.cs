namespace Zoetrope.Faults.Tests;

/// <summary>Holds what came of a cell against what is promised of its call.</summary>
internal static class Judge
{
    private static readonly Func<Outcome, IEnumerable<string>>[] _rules =
        [SentRules.Violations, ValueRules.Violations, FailureRules.Violations, KeptRules.Violations, BoundRules.Violations, SecretRules.Violations];

    /// <summary>Every promise that was broken, in words; nothing when all were kept.</summary>
    public static IReadOnlyList<string> Violations(Outcome outcome) => [.. _rules.SelectMany(rule => rule(outcome))];
}
