using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Finds sentences that state different limits of one kind for one member: each may hold for a part of the requests that the words do not say, so that neither
/// can be enforced.
/// </summary>
internal static class RuleConflicts
{
    /// <summary>The statements, where those that contradict each other, or a number of another sentence, are not enforced.</summary>
    /// <param name="statements">All statements of the object.</param>
    /// <param name="owner">The object.</param>
    /// <param name="takeBacks">The sentences at its members.</param>
    public static IEnumerable<RuleStatement> Settle(List<RuleStatement> statements, RuleObject owner, RuleTakeBacks takeBacks)
    {
        var groups = statements.Where(one => one.Rule is { When.Count: 0 }).GroupBy(one => Subject(one.Rule!));
        var conflicting = new HashSet<RuleStatement>(groups.SelectMany(Conflicting));
        var stated = statements.ToLookup(one => one.Text, StringComparer.Ordinal);
        foreach (var one in statements)
        {
            if (one.Outcome is RuleOutcome.Enforced or RuleOutcome.Advice && conflicting.Contains(one))
                yield return Refuse(one, "another sentence states another limit");
            else if (one.Outcome == RuleOutcome.Enforced && Beyond(one.Rule!, stated, owner, takeBacks) is { } text)
                yield return Refuse(one, "it is taken back by: " + text);
            else
                yield return one;
        }
    }

    private static RuleStatement Refuse(RuleStatement one, string reason) => one with
    {
        Outcome = RuleOutcome.NotEnforced,
        Rule = one.Rule! with { IsAdvice = false },
        Reason = reason,
    };

    /// <summary>Another sentence with a number that a limit leaves out; null where there is none.</summary>
    private static string? Beyond(ParameterRule rule, ILookup<string, RuleStatement> stated, RuleObject owner, RuleTakeBacks takeBacks)
    {
        if (rule.When.Count > 0 || rule.Owner is not null)
            return null;
        var members = rule.Parameters.Select(owner.Find).OfType<RuleMember>().ToList();
        foreach (var member in members)
        {
            if (takeBacks.Of(member).FirstOrDefault(remark => IsBeyond(remark, member, isElsewhere: false)) is { } found)
                return found.Text;
        }
        return takeBacks.Elsewhere(members).FirstOrDefault(remark => members.Exists(member => IsBeyond(remark, member, isElsewhere: true)))?.Text;

        bool IsBeyond(RuleRemark remark, RuleMember member, bool isElsewhere) => remark.Text != rule.Text
            && RuleNumbers.AreBeyond(rule, member, remark.Tokens, [.. stated[remark.Text].SelectMany(Numbers)], isElsewhere);
    }

    private static IEnumerable<decimal> Numbers(RuleStatement statement)
    {
        if (statement.Rule is not { Range: var range, File: var file })
            return [];
        return new[] { range.Minimum, range.Maximum, range.MultipleOf, range.Remainder, file?.MinWidth, file?.MaxWidth, file?.MinHeight, file?.MaxHeight }
            .Concat(new[] { file?.MinDuration, file?.MaxDuration, file?.MinFrameRate, file?.MaxFrameRate, file?.MinAspectRatio, file?.MaxAspectRatio }
                .Select(text => text is null ? null : RuleValues.Number(text))).OfType<decimal>();
    }

    private static string Subject(ParameterRule rule) => $"{rule.Kind} {string.Join(" ", rule.Parameters)} {rule.Inner}";

    private static IEnumerable<RuleStatement> Conflicting(IEnumerable<RuleStatement> group)
    {
        var all = group.ToList();
        if (all.Count < 2)
            yield break;
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
