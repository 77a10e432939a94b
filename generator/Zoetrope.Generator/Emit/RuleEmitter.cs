using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes the checks of rules between members: conditions in plain C#, which cost nothing where they hold.</summary>
internal sealed class RuleEmitter(SourceWriter writer, BoundTypes types, BoundObject model)
{
    private readonly RuleConditions _conditions = new(types, model);

    /// <summary>Writes the check of a rule.</summary>
    public void Emit(BoundRule rule)
    {
        if (rule.Rule.When.Any(one => _conditions.IsNever(one, one.IsNot)) || rule.Rule.Then.Any(one => _conditions.IsNever(one, !one.IsNot)))
            return;
        if (!rule.Rule.IsAdvice)
        {
            EmitCheck(rule);
            return;
        }
        using var block = writer.Block();
        writer.Line("var advice = context.Mark();");
        EmitCheck(rule);
        writer.Line("context.Advise(advice);");
    }

    private void EmitCheck(BoundRule rule)
    {
        var first = rule.Rule.Owner is null ? Find(rule.Properties[0]) : Find(rule.Rule.Owner);
        var value = ObjectEmitter.Value(model, first);
        var when = _conditions.All(rule.Rule, rule.Rule.When);
        switch (rule.Kind)
        {
            case ParameterRuleKind.ExactlyOne when rule.Rule.Owner is not null:
                EmitInside(rule, value);
                break;
            case ParameterRuleKind.ExactlyOne or ParameterRuleKind.AtLeastOne:
                EmitOne(rule);
                break;
            case ParameterRuleKind.AllOrNone:
                EmitAllOrNone(rule);
                break;
            case ParameterRuleKind.Excludes:
                EmitIf(rule, SurelyGiven(rule, rule.Properties[0]), Any(rule.Properties.Skip(1).Select(name => SurelyGiven(rule, name))));
                break;
            case ParameterRuleKind.Requires:
                EmitIf(rule, [when, SurelyGiven(rule, rule.Properties[0]), .. rule.Properties.Skip(1).Select(name => Not(_conditions.Given(Find(name))))]);
                break;
            case ParameterRuleKind.RequiredWhen:
                EmitIf(rule, when, Not(_conditions.Given(first)));
                break;
            case ParameterRuleKind.IfThen:
                // What must hold is only broken by what surely does not.
                EmitIf(rule, when, Any(rule.Rule.Then.Select(condition => _conditions.Holds(rule.Rule, condition, !condition.IsNot))));
                break;
            case ParameterRuleKind.Compare:
                EmitIf(rule, $"{value} {Opposite(rule.Rule.Operator!)} {ObjectEmitter.Value(model, Find(rule.Properties[1]))}");
                break;
            case ParameterRuleKind.TotalCount:
                var total = "(" + string.Join(" + ", rule.Properties.Select(name => $"({ObjectEmitter.Value(model, Find(name))}?.Count ?? 0)")) + ")";
                EmitIf(rule, rule.Rule.Range.Minimum is null ? "" : total + " != 0", Outside(rule.Rule.Range, total, ""));
                break;
            case ParameterRuleKind.SameCount:
                var other = ObjectEmitter.Value(model, Find(rule.Properties[1]));
                EmitIf(rule, $$"""{{value}} is { Count: > 0 }""", $$"""{{other}} is { Count: > 0 }""", $"{value}.Count != {other}.Count{rule.Rule.OffsetText}");
                break;
            case ParameterRuleKind.Sum or ParameterRuleKind.ItemsWith or ParameterRuleKind.AllItemsWith:
                EmitItems(rule, first, value);
                break;
            case ParameterRuleKind.Area or ParameterRuleKind.Sides or ParameterRuleKind.Aspect:
                EmitSize(rule, first, value);
                break;
            case ParameterRuleKind.Count when rule.Rule.When.Count > 0:
                EmitIf(rule, value + (rule.Rule.IsRequired ? " is not null" : " is { Count: > 0 }"), when, Outside(rule.Rule.Range, value + ".Count", ""));
                break;
            case ParameterRuleKind.Value when rule.Rule.Range.Remainder != 0:
                EmitIf(rule, $"{value} is not null", Outside(rule.Rule.Range, value, Suffix(first.Type)));
                break;
            default:
                EmitLimit(rule, first, value);
                break;
        }
    }

    /// <summary>Soft limits are those of constraints.</summary>
    private void EmitLimit(BoundRule rule, BoundProperty property, string value)
    {
        var limited = RuleConstraints.Of(property with { Constraints = Constraints.None, ItemConstraints = Constraints.None }, rule.Rule)!;
        new ConstraintEmitter(writer, types).EmitLimits(limited, value);
    }

    private void EmitOne(BoundRule rule)
    {
        var properties = rule.Properties.Select(Find).ToList();
        var names = rule.Properties.Select(Literals.String).ToList();
        var given = properties.ConvertAll(_conditions.Given);
        var empty = string.Concat(properties.Select(Empty));
        var isExact = rule.Kind == ParameterRuleKind.ExactlyOne;
        var kind = isExact ? "ExactlyOne" : "AtLeastOne";
        var surely = isExact ? properties.ConvertAll(property => _conditions.SurelyGiven(property, rule.Rule)) : given;
        var isPair = given.Count == 2;
        if (isPair && surely.SequenceEqual(given))
        {
            writer.Line($"context.{kind}({given[0]}, {given[1]}, {names[0]}, {names[1]}{(empty.Length > 0 ? $", {empty}null" : "")});");
            return;
        }
        var all = Literals.String(string.Join(", ", rule.Properties.Take(rule.Properties.Count - 1)) + " and " + rule.Properties[rule.Properties.Count - 1]);
        var none = !isExact ? "null" : isPair ? "\"neither is\"" : "\"none is\"";
        var several = isExact ? $"given != 0 ? \"{(isPair ? "both" : "several")} are\" : " : "";
        var found = several + (empty.Length > 0 ? $"empty is null ? {none} : empty + \" is empty\"" : none);
        var isOne = surely.SequenceEqual(given);
        writer.Lines($$"""
            {
                var given = {{Count(given)}};
                {{(isOne ? null : $"var surely = {Count(surely)};")}}
                {{(empty.Length > 0 ? $"string? empty = {empty}null;" : null)}}
                if ({{(!isExact ? "given == 0" : isOne ? "given != 1" : "given == 0 || surely > 1")}})
                    context.Add({{names[0]}}, {{ValidationRule}}.{{kind}}, {{all}}, {{found}});
            }
            """);
    }

    private void EmitAllOrNone(BoundRule rule)
    {
        var given = rule.Properties.Select(name => _conditions.Given(Find(name))).ToList();
        var surely = rule.Properties.Select(name => SurelyGiven(rule, name)).ToList();
        if (surely.SequenceEqual(given))
            EmitIf(rule, $"({Count(given)}) is not (0 or {given.Count})");
        else
            EmitIf(rule, Any(surely), $"!({string.Join(" && ", given)})");
    }

    private void EmitInside(BoundRule rule, string value)
    {
        var inner = types.Object(Find(rule.Rule.Owner!).Type.Name);
        var properties = rule.Properties.Select(name => inner.Find(name)!).ToList();
        var given = properties.ConvertAll(property => RuleConditions.GivenIn("inside", property));
        var surely = properties.ConvertAll(property => RuleConditions.SurelyGivenIn("inside", property));
        using var block = writer.Block();
        EmitIf(rule, $$"""{{value}} is { } inside""", surely.SequenceEqual(given) ? Count(given) + " != 1" : $"({Count(given)} == 0 || {Count(surely)} > 1)");
    }

    private void EmitItems(BoundRule rule, BoundProperty list, string value)
    {
        var inner = types.Object(list.Type.Item!.Name).Find(rule.Rule.Inner!)!;
        var range = rule.Rule.Range;
        var isSum = rule.Kind == ParameterRuleKind.Sum;
        var isAll = rule.Kind == ParameterRuleKind.AllItemsWith;
        var (given, surely) = (RuleConditions.GivenIn("item", inner), RuleConditions.SurelyGivenIn("item", inner));
        // Missing items are counted by another reading than those that are too many.
        var countsBoth = !isSum && given != surely && (isAll || range.Minimum is not null);
        using var block = writer.Block();
        writer.Line(isSum ? "var total = 0d;" : "var surely = 0;");
        if (countsBoth)
            writer.Line("var given = 0;");
        using (writer.Block($"for (var i = 0; i < ({value}?.Count ?? 0); i++)"))
        {
            writer.Line($"var item = {value}![i];");
            writer.Line(isSum ? $"total += {(inner.Type.Kind == TypeKind.WideInteger ? "(double)" : "")}(item?.{Naming.Identifiers.Escape(inner.Name)} ?? 0);"
                : $"surely += {surely} ? 1 : 0;");
            if (countsBoth)
                writer.Line($"given += {given} ? 1 : 0;");
        }
        var least = countsBoth ? "given" : "surely";
        EmitIf(rule, isSum ? SumOutside(range) : isAll ? $"surely != 0 && {least} != {value}!.Count"
            : Any(Parts(range with { Minimum = null }, "surely", "").Concat(Parts(range with { Maximum = null, MultipleOf = null }, least, ""))));
    }

    // A sum of doubles is not exact: 14.3 + 5.4 + 5.3 is more than 25.
    private static string SumOutside(ValueRange range) => Outside(
        range with { Minimum = range.Minimum - (Math.Abs(range.Minimum ?? 0) * 1e-9m), Maximum = range.Maximum + (Math.Abs(range.Maximum ?? 0) * 1e-9m) },
        "total",
        "d");

    private void EmitSize(BoundRule rule, BoundProperty property, string value)
    {
        using var block = writer.Block();
        var condition = property.Type.Kind switch
        {
            TypeKind.List => $$"""{{value}} is { Count: 2 } size""",
            TypeKind.Union => $"{value} is {{ }} form && form.TryGet{_conditions.Sized(property)!.Name}(out var size)",
            _ => $$"""{{value}} is { } size""",
        };
        var isPair = property.Type.Kind == TypeKind.List;
        if (!isPair)
            condition += $$""" && size is { Width: { } width, Height: { } height }{{(rule.Kind == ParameterRuleKind.Aspect ? " && height > 0" : "")}}""";
        var (width, height) = isPair ? ("size[0]", "size[1]") : ("width", "height");
        var range = rule.Rule.Range;
        EmitIf(rule, condition, rule.Kind switch
        {
            ParameterRuleKind.Area => Outside(range, $"((double){width} * {height})", "d"),
            ParameterRuleKind.Aspect => AspectOutside(range),
            _ => Any([Outside(range, width, ""), Outside(range, height, "")]),
        });
    }

    // A ratio such as 1:3 has no exact number.
    private static string AspectOutside(ValueRange range) => Any(new[]
    {
        range.Minimum is { } min ? $"width < ({ValueRange.Text(min)}d - 1e-6) * height" : "",
        range.Maximum is { } max ? $"width > ({ValueRange.Text(max)}d + 1e-6) * height" : "",
    }.Where(text => text.Length > 0));

    private void EmitIf(BoundRule rule, params IEnumerable<string> conditions)
    {
        var all = conditions.Where(condition => condition.Length > 0).ToList();
        var line = $"if ({string.Join(" && ", all)})";
        var name = rule.Rule.Owner ?? rule.Properties[0];
        writer.Lines($"""
            {(writer.Fits(line) ? line : $"if ({string.Join("\n    && ", all)})")}
                context.Documented({Literals.String(name)}, {Literals.String(rule.Rule.Text)});
            """);
    }

    /// <summary>The beginning of an expression for the name of a property that is given and empty, where its type can be.</summary>
    private string Empty(BoundProperty property)
    {
        var pattern = property.Type.Kind switch { TypeKind.String => "\"\"", TypeKind.List => "{ Count: 0 }", _ => null };
        return pattern is null ? "" : $"{ObjectEmitter.Value(model, property)} is {pattern} ? {Literals.String(property.JsonName)} : ";
    }

    private static string Count(IEnumerable<string> conditions) => string.Join(" + ", conditions.Select(condition => $"({condition} ? 1 : 0)"));

    private string SurelyGiven(BoundRule rule, string name) => _conditions.SurelyGiven(Find(name), rule.Rule);

    private BoundProperty Find(string name) => model.Find(name)!;

    private static string Outside(ValueRange range, string operand, string suffix) => Any(Parts(range, operand, suffix));

    private static List<string> Parts(ValueRange range, string operand, string suffix)
    {
        var parts = new List<string>();
        if (range.Minimum is { } min)
            parts.Add($"{operand} {(range.ExclusiveMinimum ? "<=" : "<")} {ValueRange.Text(min)}{suffix}");
        if (range.Maximum is { } max)
            parts.Add($"{operand} {(range.ExclusiveMaximum ? ">=" : ">")} {ValueRange.Text(max)}{suffix}");
        if (range.MultipleOf is { } divisor)
            parts.Add($"{operand} % {ValueRange.Text(divisor)} != {ValueRange.Text(range.Remainder)}");
        return parts;
    }

    private static string Any(IEnumerable<string> conditions)
    {
        var all = conditions.ToList();
        return all.Count == 1 ? all[0] : "(" + string.Join(" || ", all) + ")";
    }

    private static string Not(string condition) => RuleConditions.Not(condition);

    private static string Opposite(string comparison) => comparison switch { ">=" => "<", ">" => "<=", "<=" => ">", _ => ">=" };

    private static string Suffix(TypeRef type) => type.Kind == TypeKind.Number ? "d" : "";
}
