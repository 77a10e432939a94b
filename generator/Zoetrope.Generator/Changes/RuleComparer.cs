using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Changes;

/// <summary>Compares the rules that documents state in words.</summary>
internal static class RuleComparer
{
    /// <summary>The differences; stricter ones may refuse a request that was valid.</summary>
    public static IEnumerable<(bool IsStricter, string Message)> Compare(IReadOnlyList<ParameterRule> former, IReadOnlyList<ParameterRule> latter)
    {
        var gone = former.ToList();
        foreach (var now in latter)
        {
            // The same rule, or one that asks the same with other limits.
            if ((gone.Find(one => one.Key == now.Key) ?? gone.Find(one => WithoutRange(one) == WithoutRange(now))) is not { } was)
            {
                yield return now.IsAdvice ? (false, $"this is warned about now: {now.Formula}") : (true, $"this rule is new: {now.Formula}");
                continue;
            }
            gone.Remove(was);
            if (was.IsAdvice != now.IsAdvice)
                yield return (!now.IsAdvice, now.IsAdvice ? $"{now.Formula} is a warning now" : $"{now.Formula} was a warning and is a rule now");
            else if (was.Key != now.Key)
                yield return (!now.IsAdvice && !Contains(now.Range, was.Range), $"the rule was {was.Formula} and is {now.Formula}");
        }
        foreach (var was in gone)
            yield return (false, $"this {(was.IsAdvice ? "warning" : "rule")} does not apply any more: {was.Formula}");
    }

    private static string WithoutRange(ParameterRule rule) => (rule with { Range = ValueRange.None }).Key;

    /// <summary>Whether all numbers within some limits are within others.</summary>
    private static bool Contains(ValueRange range, ValueRange other) =>
        (range.Minimum is not { } minimum
            || other.Minimum > minimum
            || (other.Minimum == minimum && (other.ExclusiveMinimum || !range.ExclusiveMinimum)))
        && (range.Maximum is not { } maximum
            || other.Maximum < maximum
            || (other.Maximum == maximum && (other.ExclusiveMaximum || !range.ExclusiveMaximum)))
        && (range.MultipleOf is null || (range.MultipleOf == other.MultipleOf && range.Remainder == other.Remainder));
}
