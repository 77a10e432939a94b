using System.Globalization;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>Evaluates rules on requests: on the examples of documents before a rule is enforced, and on what a simulator receives.</summary>
public static class RuleEvaluator
{
    /// <summary>Whether a request breaks a rule. Values of another type than the rule is about break nothing.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="request">The object that has the members.</param>
    public static bool IsBroken(ParameterRule rule, JsonNode request)
    {
        if (!rule.When.All(condition => Holds(condition, request)))
            return false;
        var first = rule.Parameters.Count > 0 ? request[rule.Parameters[0]] : default;
        return rule.Kind switch
        {
            ParameterRuleKind.ExactlyOne => rule.Owner is null ? CountGiven(rule, request) != 1
                : request[rule.Owner] is { IsObject: true } owner && CountGiven(rule, owner) != 1,
            ParameterRuleKind.AtLeastOne => CountGiven(rule, request) == 0,
            ParameterRuleKind.AllOrNone => CountGiven(rule, request) is var given && given != 0 && given != rule.Parameters.Count,
            ParameterRuleKind.Excludes => IsPresent(rule, request, 0) && Others(rule).Any(index => IsPresent(rule, request, index)),
            ParameterRuleKind.Requires => IsPresent(rule, request, 0) && !Others(rule).Any(index => IsGiven(request[rule.Parameters[index]])),
            ParameterRuleKind.RequiredWhen => !IsGiven(first),
            ParameterRuleKind.IfThen => !rule.Then.All(condition => Holds(condition, request)),
            ParameterRuleKind.Compare => Number(first) is { } one && Number(request[rule.Parameters[1]]) is { } other && !Compares(one, rule.Operator!, other),
            ParameterRuleKind.TotalCount => !rule.Range.Contains(rule.Parameters.Sum(name => request[name].Count)),
            ParameterRuleKind.Sum => !rule.Range.Contains(Items(first).Sum(item => Number(item[rule.Inner!]) ?? 0)),
            ParameterRuleKind.ItemsWith => !rule.Range.Contains(Items(first).Count(item => IsGiven(item[rule.Inner!]))),
            ParameterRuleKind.AllItemsWith => Items(first) is var items && items.Count(item => IsGiven(item[rule.Inner!])) is var have
                && have != 0 && have != items.Count,
            ParameterRuleKind.SameCount => first.IsArray && request[rule.Parameters[1]] is { IsArray: true } list && first.Count != list.Count + rule.Offset,
            ParameterRuleKind.Area => Sides(first) is { } area && !rule.Range.Contains(area.Width * area.Height),
            ParameterRuleKind.Sides => Sides(first) is { } sides && !(rule.Range.Contains(sides.Width) && rule.Range.Contains(sides.Height)),
            ParameterRuleKind.Aspect => Sides(first) is { Height: > 0 } shape && !IsAspect(rule.Range, shape.Width, shape.Height),
            ParameterRuleKind.Value => Number(first) is { } value && !rule.Range.Contains(value),
            ParameterRuleKind.Length => first.String is { } text && !rule.Range.Contains(Length(text)),
            ParameterRuleKind.Count => first.IsArray && !rule.Range.Contains(first.Count),
            ParameterRuleKind.ItemLength => Items(first).Any(item => item.String is { } text && !rule.Range.Contains(Length(text))),
            _ => false,
        };
    }

    /// <summary>Whether a request breaks a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="json">The object that has the members.</param>
    public static bool IsBroken(ParameterRule rule, string json) => JsonTree.Parse(json).Root is { IsObject: true } root && IsBroken(rule, root);

    /// <summary>Whether a member is given: null and what is empty are not.</summary>
    internal static bool IsGiven(JsonNode value) =>
        value.Exists && !value.IsNull && !(value.IsArray && value.Count == 0) && !(value.IsString && value.String!.Length == 0);

    internal static decimal? Number(JsonNode value) =>
        value.IsNumber ? Decimal(value.Raw) : null;

    // Given, and not what the service takes anyway; a flag that is off counts as absent.
    private static bool IsPresent(ParameterRule rule, JsonNode request, int index)
    {
        var name = rule.Parameters[index];
        var value = request[name];
        if (!IsGiven(value))
            return false;
        var preset = rule.Defaults.FirstOrDefault(one => one.Name == name)?.Text;
        return preset is null ? !value.IsFalse : !AreEqual(value, preset);
    }

    private static bool AreEqual(JsonNode value, string json)
    {
        var other = JsonTree.Parse(json).Root;
        if (Number(value) is { } one && Number(other) is { } two)
            return one == two;
        return value.IsString && other.IsString ? value.String == other.String : value.Raw == other.Raw;
    }

    private static bool Holds(RuleCondition condition, JsonNode request)
    {
        var value = request[condition.Parameter];
        if (condition.IsPresence)
            return IsGiven(value) != condition.IsNot;
        if (condition.OfCount)
            return value.IsArray && condition.Range.Contains(value.Count);
        var text = IsGiven(value) ? value.String ?? value.Raw : condition.Default;
        if (text is null)
            return condition.IsNot;
        var number = Decimal(text);
        if (condition.Values.Count == 0)
            return number is { } given && condition.Range.Contains(given);
        return condition.Values.Any(one => one == text || (number is not null && Decimal(one) == number)) != condition.IsNot;
    }

    private static int CountGiven(ParameterRule rule, JsonNode request) => rule.Parameters.Count(name => IsGiven(request[name]));

    private static IEnumerable<int> Others(ParameterRule rule) => Enumerable.Range(1, rule.Parameters.Count - 1);

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
            return Number(value["width"]) is { } width && Number(value["height"]) is { } height ? (width, height) : null;
        return Items(value) is { Count: 2 } pair && Number(pair[0]) is { } one && Number(pair[1]) is { } other ? (one, other) : null;
    }

    private static bool IsAspect(ValueRange range, decimal width, decimal height) =>
        !(width < range.Minimum * height - 0.000001m * height) && !(width > range.Maximum * height + 0.000001m * height);

    private static bool Compares(decimal one, string comparison, decimal other) => comparison switch
    {
        ">=" => one >= other,
        ">" => one > other,
        "<=" => one <= other,
        _ => one < other,
    };

    /// <summary>The number that a text spells.</summary>
    private static decimal? Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The number of code points.</summary>
    private static int Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                length--;
        }
        return length;
    }
}
