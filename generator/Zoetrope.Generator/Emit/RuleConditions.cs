using System.Globalization;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Emit;

/// <summary>Conditions on members as C# expressions.</summary>
internal sealed class RuleConditions(BoundTypes types, BoundObject model)
{
    /// <summary>That a member is given and not empty.</summary>
    public string Given(BoundProperty property) => Given(property.Type, ObjectEmitter.Value(model, property));

    /// <summary>The same of a member of an object that a variable holds, which may be null.</summary>
    public static string GivenIn(string variable, BoundProperty property) => Given(property.Type, $"{variable}?.{Identifiers.Escape(property.Name)}");

    /// <summary>That a member is given, and is not what the service takes anyway; a flag that is off counts as absent.</summary>
    public string Present(BoundProperty property, string? preset)
    {
        var value = ObjectEmitter.Value(model, property);
        if (property.Type.Kind == TypeKind.Boolean)
            return $"{value} == {(preset == "true" ? "false" : "true")}";
        var given = Given(property);
        if (preset is null or "\"\"" or "[]" or "{}")
            return given;
        var literal = JsonTree.Parse(preset).Root;
        return property.Type.Kind switch
        {
            TypeKind.String => $"{given} && {value} != {Literals.String(literal.String ?? "")}",
            TypeKind.Enum => $"{given} && {value}?.Value != {Literals.String(literal.String ?? "")}",
            _ => $"{given} && {value} != {Literals.Number(property.Type.Kind, literal.Raw)}",
        };
    }

    /// <summary>That all conditions hold; empty where there is none.</summary>
    public string All(EquatableArray<RuleCondition> conditions) => string.Join(" && ", conditions.Select(Holds));

    /// <summary>The alternative of a union that is an object with a width and a height.</summary>
    public BoundAlternative? Sized(BoundProperty property) => types.Union(property.Type.Name).Alternatives.FirstOrDefault(alternative =>
        alternative is { IsTold: true, Type: { Kind: TypeKind.Object, Owner: "" } type } && types.Object(type.Name) is { } sides
        && sides.Find("width") is not null && sides.Find("height") is not null);

    private string Holds(RuleCondition condition)
    {
        var property = model.Find(condition.Parameter)!;
        var value = ObjectEmitter.Value(model, property);
        if (condition.IsPresence)
            return condition.IsNot ? $"!({Given(property)})" : Given(property);
        var test = property.Type.Kind switch
        {
            TypeKind.Boolean => $"({value} ?? {condition.Default ?? "false"}) == {condition.Values[0]}",
            TypeKind.Enum => Texts(condition, $"{value}?.Value", condition.Values.Count > 0 ? condition.Values : ValuesWithin(property, condition.Range)),
            TypeKind.String => Texts(condition, value, condition.Values),
            _ => Numbers(condition, property.Type.Kind, value),
        };
        return condition.IsNot ? $"!({test})" : test;
    }

    private IEnumerable<string> ValuesWithin(BoundProperty property, ValueRange range) => types.ValuesOf(property.Type).Where(value =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && range.Contains(number));

    private static string Texts(RuleCondition condition, string value, IEnumerable<string> values)
    {
        var given = condition.Default is { } preset ? $"({value} ?? {Literals.String(preset)})" : value;
        return $"{given} is {string.Join(" or ", values.Select(Literals.String))}";
    }

    private static string Numbers(RuleCondition condition, TypeKind kind, string value)
    {
        var given = condition.Default is { } preset && Types.Numbers.Double(preset) is not null ? $"({value} ?? {Literals.Number(kind, preset)})" : value;
        if (condition.Values.Count > 0)
            return $"{given} is {string.Join(" or ", condition.Values.Select(one => Literals.Number(kind, one)))}";
        var parts = new List<string>();
        if (condition.Range.Minimum is { } min)
            parts.Add($"{given} {(condition.Range.ExclusiveMinimum ? ">" : ">=")} {ValueRange.Text(min)}");
        if (condition.Range.Maximum is { } max)
            parts.Add($"{given} {(condition.Range.ExclusiveMaximum ? "<" : "<=")} {ValueRange.Text(max)}");
        return string.Join(" && ", parts);
    }

    private static string Given(TypeRef type, string value) => type.Kind switch
    {
        TypeKind.String => $"!string.IsNullOrEmpty({value})",
        TypeKind.List => value + " is { Count: > 0 }",
        _ => value + " is not null",
    };
}
