using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes validators: straight-line code, one call a rule, in the order of the document.</summary>
internal sealed class ValidatorEmitter(SourceWriter writer, BoundTypes types, BoundObject model)
{
    private readonly ConstraintEmitter _constraints = new(writer, types);

    /// <summary>Writes the method.</summary>
    /// <param name="hasExtras">Whether the type takes undeclared members too.</param>
    public void Emit(bool hasExtras)
    {
        using var method = writer.Block($"""
            /// <inheritdoc/>
            public void Validate(ref {ValidationContext} context)
            """);
        if (hasExtras)
            writer.Line("context.Extras(_extraProperties);");
        foreach (var property in model.Properties)
            EmitProperty(property, hasExtras);
        foreach (var rule in model.Rules)
            EmitRule(rule);
    }

    // What was null is among the undeclared members, where a type has these. What is sent one by one has no null.
    private void EmitProperty(BoundProperty property, bool hasExtras)
    {
        var value = ObjectEmitter.Value(model, property);
        var name = Literals.String(property.JsonName);
        var constraints = property.Constraints;
        var mayBeNull = property.Nullable && hasExtras;
        var isText = property is { Required: true, Type.Kind: TypeKind.String, Constraints: { MinLength: null, MaxLength: null } } && !mayBeNull;
        if (ObjectEmitter.TakesNull(model, property))
            writer.Line($"context.RequiredOrNull({value} is not null, {name}, _extraProperties);");
        else if (isText && constraints.Urls is { } urls)
            writer.Line($"context.RequiredUrl({value}, {name}{ConstraintEmitter.UrlArgument(urls)});");
        else if (isText)
            writer.Line($"context.Required({value}, {name});");
        else if (property.Required)
            writer.Line($"context.Required({value} is not null, {name}{(mayBeNull ? ", _extraProperties" : "")});");
        _constraints.Emit(property.Type, isText ? constraints with { Urls = null } : constraints, property.ItemConstraints, value, name, isUnset: true, isText);
    }

    private void EmitRule(BoundRule rule)
    {
        var properties = rule.Properties.Select(name => model.Find(name)!).ToList();
        var names = rule.Properties.Select(Literals.String).ToList();
        var given = properties.ConvertAll(Given);
        var empty = string.Concat(properties.Select(Empty));
        var kind = rule.Kind == ParameterRuleKind.ExactlyOne ? "ExactlyOne" : "AtLeastOne";
        if (given.Count == 2)
        {
            writer.Line($"context.{kind}({given[0]}, {given[1]}, {names[0]}, {names[1]}{(empty.Length > 0 ? $", {empty}null" : "")});");
            return;
        }
        var isExact = rule.Kind == ParameterRuleKind.ExactlyOne;
        var all = Literals.String(string.Join(", ", rule.Properties.Take(rule.Properties.Count - 1)) + " and " + rule.Properties[rule.Properties.Count - 1]);
        var none = isExact ? "\"none is\"" : "null";
        var found = (isExact ? "given != 0 ? \"several are\" : " : "") + (empty.Length > 0 ? $"empty is null ? {none} : empty + \" is empty\"" : none);
        writer.Lines($$"""
            {
                var given = {{string.Join(" + ", given.Select(condition => $"({condition} ? 1 : 0)"))}};
                {{(empty.Length > 0 ? $"string? empty = {empty}null;" : null)}}
                if (given {{(isExact ? "!= 1" : "== 0")}})
                    context.Add({{names[0]}}, {{ValidationRule}}.{{kind}}, {{all}}, {{found}});
            }
            """);
    }

    /// <summary>The beginning of an expression for the name of a property that is given and empty, where its type can be.</summary>
    private string Empty(BoundProperty property)
    {
        var pattern = property.Type.Kind switch { TypeKind.String => "\"\"", TypeKind.List => "{ Count: 0 }", _ => null };
        return pattern is null ? "" : $"{ObjectEmitter.Value(model, property)} is {pattern} ? {Literals.String(property.JsonName)} : ";
    }

    private string Given(BoundProperty property)
    {
        var value = ObjectEmitter.Value(model, property);
        return property.Type.Kind switch
        {
            TypeKind.String => $"!string.IsNullOrEmpty({value})",
            TypeKind.List => value + " is { Count: > 0 }",
            _ => value + " is not null",
        };
    }
}
