using Zoetrope.Generator.Types;
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
        var rules = new RuleEmitter(writer, types, model);
        foreach (var rule in model.Rules)
            rules.Emit(rule);
    }

    private void EmitProperty(BoundProperty property, bool hasExtras)
    {
        var value = ObjectEmitter.Value(model, property);
        var name = Literals.String(property.JsonName);
        var constraints = property.Constraints;
        // What was null is among the undeclared members, where a type has these. What is sent one by one has no null.
        var mayBeNull = property.Nullable && hasExtras;
        var isText = property is { Required: true, Type.Kind: TypeKind.String, Constraints: { MinLength: null, MaxLength: null } } && !mayBeNull;
        if (ObjectEmitter.TakesNull(model, property))
            writer.Line($"context.RequiredOrNull({value} is not null, {name}, _extraProperties);");
        else if (isText)
        {
            // The check of a URL says that it is missing.
            if (constraints.Urls is null)
                writer.Line($"context.Required({value}, {name});");
        }
        else if (property.SampleFile is { } sample)
            writer.Line($"context.SampleFile({value} is not null, {name}, {Literals.String(sample)}{(hasExtras ? ", _extraProperties" : "")});");
        else if (property.Required)
            writer.Line($"context.Required({value} is not null, {name}{(mayBeNull ? ", _extraProperties" : "")});");
        _constraints.Emit(property.Type, constraints, property.ItemConstraints, value, name, isUnset: true, isText);
    }
}
