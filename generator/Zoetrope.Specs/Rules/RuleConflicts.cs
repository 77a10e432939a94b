using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Finds sentences that state different limits of one kind for one member: each may hold for a part of the requests that the words do not say, so that neither
/// can be enforced.
/// </summary>
internal static class RuleConflicts
{
    /// <summary>The statements, where those that contradict each other are not enforced.</summary>
    public static IEnumerable<RuleStatement> Settle(List<RuleStatement> statements)
    {
        var groups = statements.Where(one => one.Rule is { When.Count: 0 }).GroupBy(one => Subject(one.Rule!));
        var conflicting = new HashSet<RuleStatement>(groups.SelectMany(Conflicting));
        return statements.Select(one => one.Outcome is RuleOutcome.Enforced or RuleOutcome.Advice && conflicting.Contains(one) ? Refuse(one) : one);
    }

    private static RuleStatement Refuse(RuleStatement one) => one with
    {
        Outcome = RuleOutcome.NotEnforced,
        Rule = one.Rule! with { IsAdvice = false },
        Reason = "another sentence states another limit",
    };

    private static string Subject(ParameterRule rule) => $"{rule.Kind} {string.Join(" ", rule.Parameters)} {rule.Inner}";

    private static IEnumerable<RuleStatement> Conflicting(IEnumerable<RuleStatement> group)
    {
        var all = group.ToList();
        foreach (var read in _bounds)
        {
            var stated = all.FindAll(one => read(one.Rule!) is not null);
            if (stated.Select(one => read(one.Rule!)).Distinct(StringComparer.Ordinal).Count() > 1)
            {
                foreach (var one in stated)
                    yield return one;
            }
        }
    }

    private static readonly Func<ParameterRule, string?>[] _bounds =
    [
        rule => Text(rule.Range.Minimum), rule => Text(rule.Range.Maximum), rule => Text(rule.Range.MultipleOf), rule => Text(rule.File?.MaxFileSize),
        rule => Text(rule.File?.MinWidth), rule => Text(rule.File?.MaxWidth), rule => Text(rule.File?.MinHeight), rule => Text(rule.File?.MaxHeight),
        rule => rule.File?.MinDuration, rule => rule.File?.MaxDuration, rule => rule.File?.MinFrameRate, rule => rule.File?.MaxFrameRate,
        rule => rule.File?.MinAspectRatio, rule => rule.File?.MaxAspectRatio,
        rule => rule.File is { Formats: { Count: > 0 } formats } ? string.Join(" ", formats) : null,
    ];

    private static string? Text(decimal? value) => value is { } number ? ValueRange.Text(number) : null;
}
