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
        var first = properties[0]!.Type;
        return rule.Kind switch
        {
            ParameterRuleKind.ExactlyOne when rule.Rule.Owner is not null => IsOwnObject(first),
            ParameterRuleKind.Excludes => rule.Rule.Defaults.All(preset => CanCompare(preset, find(preset.Name)!.Type)),
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

    /// <summary>Whether a default can be compared with a value: of lists and objects it cannot.</summary>
    private static bool CanCompare(NamedText preset, TypeRef type) => preset.Text is "\"\"" or "[]" or "{}"
        || type.Kind is TypeKind.String or TypeKind.Enum or TypeKind.Boolean or TypeKind.Integer or TypeKind.Number;

    private static bool CanHold(RuleCondition condition, BoundProperty property)
    {
        var kind = property.Type.Kind;
        if (condition.IsPresence)
            return true;
        if (condition.OfCount)
            return kind == TypeKind.List;
        return condition.Values.Count > 0
            ? kind is TypeKind.String or TypeKind.Enum or TypeKind.Boolean or TypeKind.Integer or TypeKind.Number
            : kind is TypeKind.Enum or TypeKind.Integer or TypeKind.Number;
    }

    private static bool IsSized(TypeRef type) => type.Kind is TypeKind.Object or TypeKind.Union && type.Owner.Length == 0;

    // Of types of other classes the members are not known here.
    private static bool IsOwnObject(TypeRef type) => type.Kind == TypeKind.Object && type.Owner.Length == 0;
}
