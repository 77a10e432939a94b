using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Decides whether a rule can be checked on the C# types of its members.</summary>
internal static class BoundRuleTypes
{
    /// <summary>Whether it can.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="find">The property of a name, or null.</param>
    public static bool Fit(BoundRule rule, Func<string, BoundProperty?> find)
    {
        var properties = rule.AllProperties.Select(find).ToList();
        if (properties.Contains(null) || !rule.Rule.When.Concat(rule.Rule.Then).All(condition => CanHold(condition, find(condition.Parameter)!)))
            return false;
        if (ByPresence(rule.Rule).Select(name => find(name)!).Any(property => !CanBeUnset(rule.Rule, property)))
            return false;
        var first = properties[0]!.Type;
        return rule.Kind switch
        {
            ParameterRuleKind.ExactlyOne when rule.Rule.Owner is not null => IsOwnObject(first),
            ParameterRuleKind.Compare => properties.TrueForAll(property => property!.Type.Kind is TypeKind.Integer or TypeKind.Number),
            ParameterRuleKind.TotalCount or ParameterRuleKind.SameCount => properties.TrueForAll(property => property!.Type.Kind == TypeKind.List),
            ParameterRuleKind.Sum or ParameterRuleKind.ItemsWith or ParameterRuleKind.AllItemsWith =>
                first.Kind == TypeKind.List && IsOwnObject(first.Item!),
            ParameterRuleKind.Area => IsSized(first) || first.IsListOf(TypeKind.Integer) || first.IsListOf(TypeKind.Number),
            ParameterRuleKind.Sides or ParameterRuleKind.Aspect => IsSized(first),
            ParameterRuleKind.Value => first.Kind is TypeKind.Integer or TypeKind.Number,
            ParameterRuleKind.Length => first.Kind == TypeKind.String,
            ParameterRuleKind.Count => first.Kind == TypeKind.List,
            ParameterRuleKind.ItemLength => first.IsListOf(TypeKind.String),
            ParameterRuleKind.File => first.Kind == TypeKind.String || first.IsListOf(TypeKind.String),
            _ => true,
        };
    }

    /// <summary>A value of a document as a type spells it, numbers in digits; null where the type does not have it.</summary>
    public static string? Spell(TypeKind kind, string text) => kind switch
    {
        TypeKind.Integer => Numbers.WholeValue(text),
        TypeKind.WideInteger => Numbers.WideValue(text),
        TypeKind.Number => Numbers.Double(text),
        TypeKind.Boolean => text is "true" or "false" ? text : null,
        TypeKind.String or TypeKind.Enum => text,
        _ => null,
    };

    /// <summary>The same of JSON.</summary>
    public static string? Spell(TypeKind kind, JsonNode value) => kind is TypeKind.String or TypeKind.Enum ? value.String : Spell(kind, value.Raw);

    /// <summary>The members of a rule that refuses a request because they are given.</summary>
    public static IEnumerable<string> ByPresence(ParameterRule rule)
    {
        var own = rule.Kind switch
        {
            ParameterRuleKind.Requires => rule.Parameters.Take(1),
            ParameterRuleKind.Excludes or ParameterRuleKind.AllOrNone => rule.Parameters,
            ParameterRuleKind.ExactlyOne when rule.Owner is null => rule.Parameters,
            _ => [],
        };
        return own.Concat(rule.When.Where(one => one.IsPresence && !one.IsNot).Concat(rule.Then.Where(one => one.IsPresence && one.IsNot))
            .Select(one => one.Parameter));
    }

    /// <summary>Whether the values of a member that count as not given can be compared with: a list or an object that is one cannot.</summary>
    private static bool CanBeUnset(ParameterRule rule, BoundProperty property) =>
        rule.Defaults.Concat(rule.Unset).Where(one => one.Name == property.JsonName)
            .All(one => one.Text is "\"\"" or "[]" or "{}" || Spell(property.Type.Kind, JsonTree.Parse(one.Text).Root) is not null);

    private static bool CanHold(RuleCondition condition, BoundProperty property)
    {
        var kind = property.Type.Kind;
        if (condition.IsPresence)
            return true;
        if (condition.OfCount)
            return kind == TypeKind.List;
        if (condition.Values.Count == 0)
            return kind is TypeKind.Enum or TypeKind.Integer or TypeKind.Number;
        var isScalar = kind is TypeKind.String or TypeKind.Enum or TypeKind.Integer or TypeKind.Number
            || (kind == TypeKind.Boolean && condition.Values.Count == 1);
        return isScalar && condition.Values.All(value => Spell(kind, value) is not null);
    }

    private static bool IsSized(TypeRef type) => type.Kind is TypeKind.Object or TypeKind.Union && type.Owner.Length == 0;

    // Of types of other classes the members are not known here.
    private static bool IsOwnObject(TypeRef type) => type.Kind == TypeKind.Object && type.Owner.Length == 0;
}
