using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Changes;

/// <summary>Compares the rules that documents state in words.</summary>
internal static class RuleComparer
{
    /// <summary>The differences; stricter ones may refuse a request that was valid.</summary>
    /// <param name="former">The rules before.</param>
    /// <param name="latter">The rules now.</param>
    /// <param name="valuesOf">The values that a member could have before; null where any was valid.</param>
    public static IEnumerable<(bool IsStricter, string Message)> Compare(
        IReadOnlyList<ParameterRule> former, IReadOnlyList<ParameterRule> latter, Func<string, IReadOnlyList<string>?> valuesOf)
    {
        var gone = former.ToList();
        foreach (var now in latter)
        {
            // The same rule, or one that asks the same with other limits.
            var same = gone.Find(one => one.Key == now.Key) ?? gone.Find(one => WithoutRange(one) == WithoutRange(now))
                ?? gone.Find(one => IsSameWithOtherValues(one, now));
            if (same is not { } was)
            {
                yield return now.IsAdvice ? (false, $"this is warned about now: {now.Formula}")
                    : (!now.Then.Concat(now.When).Any() || !HeldBefore(now, valuesOf), $"this rule is new: {now.Formula}");
                continue;
            }
            gone.Remove(was);
            if (was.IsAdvice != now.IsAdvice)
                yield return (!now.IsAdvice, now.IsAdvice ? $"{now.Formula} is a warning now" : $"{now.Formula} was a warning and is a rule now");
            else if (was.Key != now.Key)
            {
                var isStricter = !now.IsAdvice && !(Contains(now.Range, was.Range) && (Implies(was, now) || HeldBefore(now, valuesOf)));
                yield return (isStricter, $"the rule was {was.Formula} and is {now.Formula}");
            }
        }
        foreach (var was in gone)
            yield return (false, $"this {(was.IsAdvice ? "warning" : "rule")} does not apply any more: {was.Formula}");
    }

    /// <summary>Whether two rules say under the same conditions what values the same members must have.</summary>
    private static bool IsSameWithOtherValues(ParameterRule one, ParameterRule other) => one.Then.Count > 0
        && one.Kind == other.Kind
        && one.When.Select(condition => condition.Formula).SequenceEqual(other.When.Select(condition => condition.Formula))
        && one.Then.Count == other.Then.Count
        && one.Then.Zip(other.Then, (first, second) => first.Parameter == second.Parameter && IsOfValues(first) && IsOfValues(second))
            .All(static isSame => isSame);

    /// <summary>Whether all that a rule allows is allowed by another one of the same conditions.</summary>
    private static bool Implies(ParameterRule rule, ParameterRule other) =>
        rule.Then.Zip(other.Then, (one, another) => one.Formula == another.Formula || (IsOfValues(one) && !one.Values.Except(another.Values).Any()))
            .All(static isImplied => isImplied);

    /// <summary>Whether no request could break a rule before: its members could not have the values under which it applies, or only those it allows.</summary>
    private static bool HeldBefore(ParameterRule rule, Func<string, IReadOnlyList<string>?> valuesOf)
    {
        return rule.When.Any(condition => IsOfValues(condition) && Could(condition, static (values, of) => !values.Intersect(of).Any(), isValid: false))
            || (rule.Then.Count > 0
                && rule.Then.All(condition => IsOfValues(condition) && Could(condition, static (values, of) => !values.Except(of).Any(), isValid: true)));

        // What is taken where the member is not given counts too.
        bool Could(RuleCondition condition, Func<IReadOnlyList<string>, EquatableArray<string>, bool> holds, bool isValid) =>
            valuesOf(condition.Parameter) is { } values && holds(values, condition.Values)
            && (condition.Default is null || condition.Values.Contains(condition.Default) == isValid);
    }

    private static bool IsOfValues(RuleCondition condition) => condition is { IsNot: false, Values.Count: > 0 };

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
