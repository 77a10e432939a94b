using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Evaluates rules on requests: on the examples of documents before a rule is enforced, and on what a simulator receives. Where a document leaves something
/// open, the request is valid (see <see cref="RuleValues"/>).
/// </summary>
public static class RuleEvaluator
{
    // Above this, doubles do not hold every whole number.
    private const decimal LargestWhole = 9007199254740992;

    /// <summary>Whether a request breaks a rule. Values of another type than the rule is about break nothing.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="request">The object that has the members.</param>
    public static bool IsBroken(ParameterRule rule, JsonNode request)
    {
        if (!rule.When.All(condition => Holds(rule, condition, request, condition.IsNot)))
            return false;
        var first = rule.Parameters.Count > 0 ? request[rule.Parameters[0]] : default;
        return rule.Kind switch
        {
            ParameterRuleKind.ExactlyOne => rule.Owner is null ? IsNotOne(rule, request, rule)
                : request[rule.Owner] is { IsObject: true } owner && IsNotOne(rule, owner, null),
            ParameterRuleKind.AtLeastOne => !rule.Parameters.Any(name => RuleValues.IsGiven(request[name])),
            ParameterRuleKind.AllOrNone => rule.Parameters.Any(name => IsSurelyGiven(rule, request, name))
                && !rule.Parameters.All(name => RuleValues.IsGiven(request[name])),
            ParameterRuleKind.Excludes => IsSurelyGiven(rule, request, rule.Parameters[0])
                && rule.Parameters.Skip(1).Any(name => IsSurelyGiven(rule, request, name)),
            ParameterRuleKind.Requires => IsSurelyGiven(rule, request, rule.Parameters[0])
                && !rule.Parameters.Skip(1).Any(name => RuleValues.IsGiven(request[name])),
            ParameterRuleKind.RequiredWhen => !RuleValues.IsGiven(first),
            // What must hold is only broken by what surely does not.
            ParameterRuleKind.IfThen => rule.Then.Any(condition => Holds(rule, condition, request, !condition.IsNot)),
            ParameterRuleKind.Compare => RuleValues.Number(first) is { } one && RuleValues.Number(request[rule.Parameters[1]]) is { } other
                && !Compares(one, rule.Operator!, other),
            ParameterRuleKind.TotalCount => rule.Parameters.Sum(name => (long)Items(request[name]).Count) is > 0 and var count && !rule.Range.Contains(count),
            ParameterRuleKind.Sum => IsOutside(rule.Range, Items(first).Sum(item => (double)(RuleValues.Number(item[rule.Inner!]) ?? 0)), 1e-9),
            ParameterRuleKind.ItemsWith => IsItemsWithBroken(rule, Items(first)),
            ParameterRuleKind.AllItemsWith => Items(first) is var items && items.Exists(item => RuleValues.IsSurelyGiven(item[rule.Inner!], null, ""))
                && !items.TrueForAll(item => RuleValues.IsGiven(item[rule.Inner!])),
            ParameterRuleKind.SameCount => Items(first).Count is > 0 and var here && Items(request[rule.Parameters[1]]).Count is > 0 and var there
                && here != (long)there + rule.Offset,
            ParameterRuleKind.Area => Sides(first) is { } area && IsOutside(rule.Range, (double)area.Width * (double)area.Height, 0),
            ParameterRuleKind.Sides => Sides(first) is { } sides && !(Contains(rule.Range, sides.Width) && Contains(rule.Range, sides.Height)),
            ParameterRuleKind.Aspect => Sides(first) is { Height: > 0 } shape && !IsAspect(rule.Range, (double)shape.Width, (double)shape.Height),
            ParameterRuleKind.Value => RuleValues.Number(first) is { } value && !Contains(rule.Range, value),
            ParameterRuleKind.Length => first.String is { } text && (text.Length > 0 || rule.IsRequired) && !rule.Range.Contains(RuleValues.Length(text)),
            ParameterRuleKind.Count => first.IsArray && (first.Count > 0 || rule.IsRequired) && !rule.Range.Contains(first.Count),
            ParameterRuleKind.ItemLength => Items(first).Exists(item => item.String is { } text && !rule.Range.Contains(RuleValues.Length(text))),
            _ => false,
        };
    }

    /// <summary>Whether a request breaks a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="json">The object that has the members.</param>
    public static bool IsBroken(ParameterRule rule, string json) => JsonTree.Parse(json).Root is { IsObject: true } root && IsBroken(rule, root);

    /// <summary>Whether a condition, or its opposite, holds in any reading: of what is absent without a documented default nothing is known.</summary>
    private static bool Holds(ParameterRule rule, RuleCondition condition, JsonNode request, bool isNot)
    {
        var value = request[condition.Parameter];
        if (condition.IsPresence)
            return isNot ? !RuleValues.IsGiven(value) : RuleValues.IsSurelyGiven(value, rule, condition.Parameter);
        if (condition.OfCount)
            return Items(value).Count is > 0 and var count && condition.Range.Contains(count) != isNot;
        if (value.IsObject || value.IsArray)
            return false;
        var text = !value.Exists || value.IsNull ? condition.Default : value.String ?? value.Raw;
        if (text is null or "")
            return false;
        if (condition.Values.Count == 0)
            return RuleValues.Number(text) is { } given && condition.Range.Contains(given) != isNot;
        var number = value.IsString ? null : RuleValues.Number(text);
        return condition.Values.Any(one => one == text || (number is not null && RuleValues.Number(one) == number)) != isNot;
    }

    private static bool IsSurelyGiven(ParameterRule rule, JsonNode request, string name) => RuleValues.IsSurelyGiven(request[name], rule, name);

    private static bool IsNotOne(ParameterRule rule, JsonNode owner, ParameterRule? known) =>
        !rule.Parameters.Any(name => RuleValues.IsGiven(owner[name]))
        || rule.Parameters.Count(name => RuleValues.IsSurelyGiven(owner[name], known, name)) > 1;

    private static bool IsItemsWithBroken(ParameterRule rule, List<JsonNode> items) =>
        !(rule.Range with { Minimum = null }).Contains(items.Count(item => RuleValues.IsSurelyGiven(item[rule.Inner!], null, "")))
        || !(rule.Range with { Maximum = null }).Contains(items.Count(item => RuleValues.IsGiven(item[rule.Inner!])));

    private static List<JsonNode> Items(JsonNode list)
    {
        var items = new List<JsonNode>();
        if (!list.IsArray)
            return items;
        foreach (var item in list)
            items.Add(item);
        return items;
    }

    private static (decimal Width, decimal Height)? Sides(JsonNode value)
    {
        if (value.IsObject)
            return RuleValues.Number(value["width"]) is { } width && RuleValues.Number(value["height"]) is { } height ? (width, height) : null;
        return Items(value) is { Count: 2 } pair && RuleValues.Number(pair[0]) is { } one && RuleValues.Number(pair[1]) is { } other ? (one, other) : null;
    }

    private static bool IsAspect(ValueRange range, double width, double height) =>
        !(width < ((double?)range.Minimum - 1e-6) * height) && !(width > ((double?)range.Maximum + 1e-6) * height);

    // Doubles, as in validators: a product of decimals can be too large for one, and a sum of doubles is not exact.
    private static bool IsOutside(ValueRange range, double value, double tolerance)
    {
        var (min, max) = ((double?)range.Minimum, (double?)range.Maximum);
        var (least, most) = (min - (Math.Abs(min ?? 0) * tolerance), max + (Math.Abs(max ?? 0) * tolerance));
        return value < least || (range.ExclusiveMinimum && value.Equals(least)) || value > most || (range.ExclusiveMaximum && value.Equals(most));
    }

    private static bool Contains(ValueRange range, decimal value)
    {
        if (range.MultipleOf is not > 0)
            return range.Contains(value);
        if (!(range with { MultipleOf = null }).Contains(value))
            return false;
        if (Math.Abs(value) > LargestWhole)
            return true;
        var divisor = range.MultipleOf.Value;
        var rest = value % divisor;
        if (range.Remainder != 0 || (value % 1 == 0 && divisor % 1 == 0))
            return rest == range.Remainder;
        // The tolerance is that of the validator: a billionth, as pydantic has it.
        return Math.Min(Math.Abs(rest), divisor - Math.Abs(rest)) <= 1e-9m * Math.Max(divisor, Math.Abs(value));
    }

    private static bool Compares(decimal one, string comparison, decimal other) => comparison switch
    {
        ">=" => one >= other,
        ">" => one > other,
        "<=" => one <= other,
        _ => one < other,
    };
}
