using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Emit;

/// <summary>
/// Conditions on members as C# expressions. What refuses a request because a member is given asks that it is surely given, and what refuses it because one is
/// missing for the opposite of <see cref="Given(BoundProperty)"/>: see <c>RuleValues</c>, which evaluates the same on JSON.
/// </summary>
internal sealed class RuleConditions(BoundTypes types, BoundObject model)
{
    /// <summary>That a member may count as given: it is not empty.</summary>
    public string Given(BoundProperty property) => Given(property.Type, ObjectEmitter.Value(model, property));

    /// <summary>The same of a member of an object that a variable holds, which may be null.</summary>
    public static string GivenIn(string variable, BoundProperty property) => Given(property.Type, Inside(variable, property));

    /// <summary>That a member counts as given in any reading.</summary>
    public string SurelyGiven(BoundProperty property, ParameterRule rule) => SurelyGiven(
        property.Type, ObjectEmitter.Value(model, property), rule.Defaults.Concat(rule.Unset).Where(one => one.Name == property.JsonName));

    /// <summary>The same of a member of an object that a variable holds, which may be null.</summary>
    public static string SurelyGivenIn(string variable, BoundProperty property) => SurelyGiven(property.Type, Inside(variable, property), []);

    /// <summary>That all conditions surely hold; empty where there is none.</summary>
    public string All(ParameterRule rule, EquatableArray<RuleCondition> conditions) =>
        string.Join(" && ", conditions.Select(condition => Holds(rule, condition, condition.IsNot)));

    /// <summary>That a condition, or its opposite, surely holds: of what is absent without a documented default nothing is known.</summary>
    public string Holds(ParameterRule rule, RuleCondition condition, bool isNot)
    {
        var property = model.Find(condition.Parameter)!;
        var value = ObjectEmitter.Value(model, property);
        if (condition.IsPresence)
            return isNot ? Not(Given(property)) : SurelyGiven(property, rule);
        if (condition.OfCount)
            return $"{value} is {{ Count: > 0 }} && {(isNot ? Not(Within(condition.Range, value + ".Count")) : Within(condition.Range, value + ".Count"))}";
        var kind = property.Type.Kind;
        if (kind == TypeKind.Boolean)
            return $"{OrDefault(kind, condition, value)} == {((condition.Values[0] == "true") == isNot ? "false" : "true")}";
        if (kind is not (TypeKind.Enum or TypeKind.String))
            return Numbers(kind, condition, value, isNot);
        // An enum with limits is one of the values within, or else of those outside.
        var isOfRange = condition.Values.Count == 0;
        var values = (isOfRange ? ValuesWithin(property, condition.Range, isNot) : condition.Values).Select(Literals.String);
        var given = OrDefault(kind, condition, kind == TypeKind.Enum ? value + "?.Value" : value);
        return OneOf(given, values, isNot && !isOfRange, "\"\"", condition.Default is null);
    }

    /// <summary>Whether a condition, or its opposite, holds for no value.</summary>
    public bool IsNever(RuleCondition condition, bool isNot) => model.Find(condition.Parameter) is { Type.Kind: TypeKind.Enum } property
        && !condition.IsPresence && condition.Values.Count == 0 && !ValuesWithin(property, condition.Range, isNot).Any();

    /// <summary>The opposite of a condition.</summary>
    public static string Not(string condition) => condition.StartsWith("!string", StringComparison.Ordinal) ? condition.Substring(1)
        : condition.EndsWith(" is not null", StringComparison.Ordinal) ? condition.Substring(0, condition.Length - " is not null".Length) + " is null"
        : "!(" + condition + ")";

    /// <summary>The alternative of a union that is an object with a width and a height.</summary>
    public BoundAlternative? Sized(BoundProperty property) => types.Union(property.Type.Name).Alternatives.FirstOrDefault(alternative =>
        alternative is { IsRecognized: true, Type: { Kind: TypeKind.Object, Owner: "" } type } && types.Object(type.Name) is { } sides
        && sides.Find("width") is not null && sides.Find("height") is not null);

    private IEnumerable<string> ValuesWithin(BoundProperty property, ValueRange range, bool isOutside) => types.ValuesOf(property.Type).Where(value =>
        decimal.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && range.Contains(number) != isOutside);

    private static string Numbers(TypeKind kind, RuleCondition condition, string value, bool isNot)
    {
        var given = OrDefault(kind, condition, value);
        if (condition.Values.Count > 0)
            return OneOf(given, condition.Values.Select(one => Literal(kind, BoundRuleTypes.Spell(kind, one)!)), isNot, null, given == value);
        var within = Within(condition.Range, given);
        return !isNot ? within : given == value ? $"{value} is not null && !({within})" : $"!({within})";
    }

    private static string Within(ValueRange range, string value)
    {
        var parts = new List<string>();
        if (range.Minimum is { } min)
            parts.Add($"{value} {(range.ExclusiveMinimum ? ">" : ">=")} {ValueRange.Text(min)}");
        if (range.Maximum is { } max)
            parts.Add($"{value} {(range.ExclusiveMaximum ? "<" : "<=")} {ValueRange.Text(max)}");
        return string.Join(" && ", parts);
    }

    /// <summary>That a value is one of several; or that it is another, and neither null nor empty.</summary>
    private static string OneOf(string value, IEnumerable<string> values, bool isNot, string? empty, bool canBeNull)
    {
        var others = new List<string>();
        if (isNot && canBeNull)
            others.Add("null");
        if (isNot && empty is not null)
            others.Add(empty);
        var all = string.Join(" or ", others.Concat(values).Distinct());
        return isNot ? $"{value} is not ({all})" : $"{value} is {all}";
    }

    private static string OrDefault(TypeKind kind, RuleCondition condition, string value) =>
        condition.Default is { } preset && BoundRuleTypes.Spell(kind, preset) is { } known ? $"({value} ?? {Literal(kind, known)})" : value;

    private static string Literal(TypeKind kind, string value) =>
        kind is TypeKind.String or TypeKind.Enum ? Literals.String(value) : Literals.Number(kind, value);

    private static string Inside(string variable, BoundProperty property)
    {
        var value = $"{variable}?.{Identifiers.Escape(property.Name)}";
        // The member itself may be a value that is never unset.
        return property.Type.Kind == TypeKind.Enum ? $"({value})" : value;
    }

    private static string Given(TypeRef type, string value) => type.Kind switch
    {
        TypeKind.String => $"!string.IsNullOrEmpty({value})",
        TypeKind.Enum => $"!string.IsNullOrEmpty({value}?.Value)",
        TypeKind.List => value + " is { Count: > 0 }",
        _ => value + " is not null",
    };

    private static string SurelyGiven(TypeRef type, string value, IEnumerable<NamedText> unset)
    {
        var kind = type.Kind;
        if (kind == TypeKind.Boolean)
            return value + " == true";
        var isNumber = kind is TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number;
        var literals = unset.Select(one => BoundRuleTypes.Spell(kind, JsonTree.Parse(one.Text).Root)).OfType<string>()
            .Prepend(isNumber ? "0" : "").Distinct().Select(one => Literal(kind, one)).ToList();
        if (kind == TypeKind.WideInteger)
            return $"{value} is not null && {string.Join(" && ", literals.Select(literal => $"{value} != {literal}"))}";
        if (!isNumber && (literals.Count == 1 || kind is not (TypeKind.String or TypeKind.Enum)))
            return Given(type, value);
        return $"{value}{(kind == TypeKind.Enum ? "?.Value" : "")} is not (null or {string.Join(" or ", literals)})";
    }
}
