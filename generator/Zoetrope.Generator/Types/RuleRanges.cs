using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Takes from rules what cannot be validated, or could refuse what a service accepts: the rest is enforced.</summary>
internal static class RuleRanges
{
    // Whole numbers of 64 bits hold what is less.
    private const decimal Largest = 9_000_000_000_000_000_000;
    private const int LargestOffset = 1_000_000_000;

    /// <summary>The rule as far as it can be enforced; null with a reason where nothing is left.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="find">The property of a name, or null.</param>
    /// <param name="reason">Why nothing is left.</param>
    public static ParameterRule? Enforceable(ParameterRule rule, Func<string, BoundProperty?> find, out string reason)
    {
        reason = "its limits are too large to be validated";
        if (rule.When.Concat(rule.Then).Any(condition => Within(condition.Range, Largest, isWhole: false) != condition.Range))
            return null;
        if (Math.Abs((long)rule.Offset) > LargestOffset)
            return null;
        if (rule.Range != ValueRange.None)
        {
            var isCount = rule.Kind is ParameterRuleKind.Count or ParameterRuleKind.Length or ParameterRuleKind.ItemLength or ParameterRuleKind.TotalCount
                or ParameterRuleKind.ItemsWith;
            rule = rule with { Range = Within(rule.Range, isCount ? int.MaxValue : Largest, rule.Parameters.Count > 0 && IsWhole(find(rule.Parameters[0]))) };
            if (rule.Range == ValueRange.None)
                return null;
        }
        return WithoutUnclearFlags(rule, find, ref reason);
    }

    private static bool IsWhole(BoundProperty? property) => property?.Type.Kind is TypeKind.Integer or TypeKind.WideInteger;

    private static ValueRange Within(ValueRange range, decimal largest, bool isWhole)
    {
        var (hasMin, hasMax) = (IsWithin(range.Minimum), IsWithin(range.Maximum));
        // Of a fraction a rest, or a multiple that is a whole number, says nothing that can be compared.
        var hasDivisor = range.MultipleOf is > 0 and { } divisor && IsWithin(divisor) && ValueRange.Text(divisor) != "0"
            && (divisor % 1 == 0 || (!isWhole && range.Remainder == 0));
        return new()
        {
            Minimum = hasMin ? range.Minimum : null,
            Maximum = hasMax ? range.Maximum : null,
            ExclusiveMinimum = hasMin && range.ExclusiveMinimum,
            ExclusiveMaximum = hasMax && range.ExclusiveMaximum,
            MultipleOf = hasDivisor ? range.MultipleOf : null,
            Remainder = hasDivisor ? range.Remainder : 0,
        };

        bool IsWithin(decimal? limit) => limit is { } given && Math.Abs(given) <= largest;
    }

    /// <summary>A flag that is on by default never counts as given in any reading: whatever it excludes or requires is left to the service.</summary>
    private static ParameterRule? WithoutUnclearFlags(ParameterRule rule, Func<string, BoundProperty?> find, ref string reason)
    {
        var unclear = BoundRuleTypes.ByPresence(rule).Where(name => find(name)?.Type.Kind == TypeKind.Boolean
            && rule.Defaults.Any(preset => preset.Name == name && preset.Text == "true")).ToList();
        if (unclear.Count == 0)
            return rule;
        reason = $"'{unclear[0]}' is on by default, so it is not clear when it counts as given";
        var others = rule.Parameters.Where(name => !unclear.Contains(name)).ToEquatableArray();
        var canDrop = rule.Kind == ParameterRuleKind.Excludes && others.Count > 1 && others[0] == rule.Parameters[0];
        return canDrop ? rule with { Parameters = others } : null;
    }
}
