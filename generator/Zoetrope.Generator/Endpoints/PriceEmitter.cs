using System.Globalization;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Writes the price rules of a request as straight-line code. An app that neither estimates nor has a router keeps nothing of it.</summary>
internal sealed class PriceEmitter(SourceWriter writer, BoundEndpoint endpoint, BoundPrices prices)
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>Writes the part of the request with its estimate.</summary>
    public void Emit()
    {
        writer.Separate();
        using var part = writer.Block($"public sealed partial class Request : {PricedRequest}");
        const string Method = $"{CostEstimate} {PricedRequest}.EstimateCost()";
        if (prices.Unknown is { } reason)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"{Method} => {CostEstimate}.Unknown({Literals.String(reason)});");
            return;
        }
        using var method = writer.Block($"""
            /// <inheritdoc/>
            {Method}
            """);
        writer.Line($"var rules = new {CostRules}({Literals.String(prices.Unit!)}, {Literals.String("the page of " + endpoint.Id)}, _extraProperties);");
        foreach (var input in prices.Inputs)
            _variables.Add(input.Name, EmitInput(writer, endpoint, input));
        using (writer.Block("do"))
        {
            foreach (var rule in prices.Rules)
                EmitRule(rule);
        }
        writer.Lines("""
            while (rules.Next());
            return rules.Estimate();
            """);
    }

    /// <summary>Writes the variable of a parameter, and gives its name.</summary>
    public static string EmitInput(SourceWriter writer, BoundEndpoint endpoint, PricedInput input)
    {
        var variable = "of" + input.Property.Name;
        var value = ObjectEmitter.Value(endpoint.Request, input.Property);
        if (input.Property.Type.Kind == TypeKind.Enum)
            value += "?.Value";
        var otherwise = input.Default is { } text ? Literals.String(text) : "null";
        // Where the default is known, no other value is tried.
        var values = input.Default is null ? string.Concat(input.Values.Select(known => ", " + Literals.String(known))) : "";
        writer.Line($"var {variable} = rules.Input({Literals.String(input.Name)}, {value}, {otherwise}{values});");
        return variable;
    }

    private void EmitRule(BoundPrice rule)
    {
        var condition = rule switch
        {
            { IsFallback: true } => "rules.IsUnpriced",
            { Cases.Count: 0 } => null,
            _ => string.Join(" || ", rule.Cases.Select(one => Condition(one, isAlone: rule.Cases.Count == 1))),
        };
        var statement = rule.Price is { } price
            ? $"rules.Add({Literals.Decimal(price.Amount)}, {Literals.String(rule.Text)}{Quantities(rule)}{(price.IsCeiling ? ", isCeiling: true" : "")});"
            : $"rules.Open({Literals.String(rule.Unknown!)});";
        if (rule.Price is not null && rule.Label.Count > 0)
        {
            using var block = writer.Block($"if ({condition})");
            writer.Lines($"""
                if ({string.Join(" && ", rule.Label.Select(Test))})
                    {statement}
                else
                    rules.Open({Literals.String($"the page states '{rule.Text}', and no other price")});
                """);
        }
        else if (condition is null)
            writer.Line(statement);
        else
        {
            writer.Lines($"""
                if ({condition})
                    {statement}
                """);
        }
    }

    private string Quantities(BoundPrice rule)
    {
        var each = rule.Each is { } name ? ", each: " + _variables[name] : "";
        var perhaps = string.Join(", ", rule.PerhapsEach.Select(name => _variables[name]));
        return perhaps.Length == 0 ? each : $"{each}, perhapsEach: new[] {{ {perhaps} }}";
    }

    private string Condition(PriceCase one, bool isAlone)
    {
        var text = string.Join(" && ", one.Tests.Select(Test));
        return isAlone || one.Tests.Count == 1 ? text : $"({text})";
    }

    private string Test(PriceTest test)
    {
        var isNegated = test.Operator is PriceOperator.IsNot or PriceOperator.IsNotIgnoringCase;
        var calls = test.Values.Select(value => $"{_variables[test.Parameter]}.{test.Operator}({Argument(test, value)})").ToList();
        var text = string.Join(isNegated ? " && " : " || ", calls);
        return calls.Count > 1 ? $"({text})" : text;
    }

    private string Argument(PriceTest test, string value)
    {
        if (test.Operator >= PriceOperator.IsBelow)
            return Literals.Decimal(decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture));
        // The JSON of a boolean is in small letters, however the page spells it.
        var isBoolean = prices.Inputs.First(input => input.Name == test.Parameter).Property.Type.Kind == TypeKind.Boolean;
        return Literals.String(isBoolean ? value.ToLowerInvariant() : value);
    }
}
