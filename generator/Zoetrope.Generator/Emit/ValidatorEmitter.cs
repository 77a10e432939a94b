using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes validators: straight-line code, one call a rule, in the order of the document.</summary>
internal sealed class ValidatorEmitter(SourceWriter writer, BoundTypes types, BoundObject model)
{
    private readonly ConstraintEmitter _checks = new(writer, types);

    /// <summary>Writes the method.</summary>
    /// <param name="hasExtras">Whether the type takes undeclared members too.</param>
    public void Emit(bool hasExtras)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Open("public void Validate(ref global::Zoetrope.Validation.ValidationContext context)");
        if (hasExtras)
            writer.Line("context.Extras(_extraProperties);");
        foreach (var property in model.Properties)
            EmitProperty(property, hasExtras);
        foreach (var rule in model.Rules)
            EmitRule(rule);
        writer.Close();
    }

    // What was null is among the undeclared members, where a type has these. What is sent one by one has no null.
    private void EmitProperty(BoundProperty property, bool hasExtras)
    {
        var value = ObjectEmitter.Value(model, property);
        var name = Literals.String(property.JsonName);
        var isText = property is { Required: true, Type.Kind: TypeKind.String, Constraints: { MinLength: null, MaxLength: null } } && !(property.Nullable && hasExtras);
        if (ObjectEmitter.TakesNull(model, property))
            writer.Line("context.RequiredOrNull(" + value + " is not null, " + name + ", _extraProperties);");
        else if (isText)
            writer.Line((property.Constraints.Urls is { } urls ? "context.RequiredUrl(" + value + ", " + name + ConstraintEmitter.UrlArgument(urls) : "context.Required(" + value + ", " + name) + ");");
        else if (property.Required)
            writer.Line("context.Required(" + value + " is not null, " + name + (property.Nullable && hasExtras ? ", _extraProperties" : "") + ");");
        _checks.Emit(property.Type, isText ? property.Constraints with { Urls = null } : property.Constraints, property.ItemConstraints, value, name, isUnset: true, isText);
    }

    private void EmitRule(BoundRule rule)
    {
        var given = rule.Properties.Select(name => Given(model.Find(name)!)).ToList();
        var names = rule.Properties.Select(Literals.String).ToList();
        var isExact = rule.Kind == ParameterRuleKind.ExactlyOne;
        var empty = string.Concat(rule.Properties.Select(name => Empty(model.Find(name)!)));
        if (given.Count == 2)
        {
            writer.Line("context." + (isExact ? "ExactlyOne" : "AtLeastOne") + "(" + given[0] + ", " + given[1] + ", " + names[0] + ", " + names[1] + (empty.Length > 0 ? ", " + empty + "null" : "") + ");");
            return;
        }
        var all = Literals.String(string.Join(", ", rule.Properties.Take(rule.Properties.Count - 1)) + " and " + rule.Properties[rule.Properties.Count - 1]);
        writer.Open();
        writer.Line("var given = " + string.Join(" + ", given.Select(one => "(" + one + " ? 1 : 0)")) + ";");
        if (empty.Length > 0)
            writer.Line("string? empty = " + empty + "null;");
        writer.Line(isExact ? "if (given != 1)" : "if (given == 0)");
        var none = isExact ? "\"none is\"" : "null";
        var without = empty.Length > 0 ? "empty is null ? " + none + " : empty + \" is empty\"" : none;
        writer.Indented("context.Add(" + names[0] + ", global::Zoetrope.Validation.ValidationRule." + (isExact ? "ExactlyOne" : "AtLeastOne") + ", " + all
            + ", " + (isExact ? "given != 0 ? \"several are\" : " : "") + without + ");");
        writer.Close();
    }

    /// <summary>The beginning of an expression for the name of one that is there and empty, where the type can be.</summary>
    private string Empty(BoundProperty property)
    {
        var pattern = property.Type.Kind switch { TypeKind.String => "\"\"", TypeKind.List => "{ Count: 0 }", _ => null };
        return pattern is null ? "" : ObjectEmitter.Value(model, property) + " is " + pattern + " ? " + Literals.String(property.JsonName) + " : ";
    }

    private string Given(BoundProperty property)
    {
        var value = ObjectEmitter.Value(model, property);
        return property.Type.Kind switch
        {
            TypeKind.String => "!string.IsNullOrEmpty(" + value + ")",
            TypeKind.List => value + " is { Count: > 0 }",
            _ => value + " is not null",
        };
    }
}
