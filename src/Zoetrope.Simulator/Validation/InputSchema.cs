using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Rules;

namespace Zoetrope.Simulator.Validation;

/// <summary>All constraints of an endpoint's documents on a request: a JSON Schema, rules in words and the accepted file URLs.</summary>
/// <param name="schema">The schema, checked by <see cref="ServiceValidator"/>.</param>
/// <param name="rules">Rules that a page states in words.</param>
/// <param name="files">Which parameters are files and which URLs they accept.</param>
internal sealed class InputSchema(JsonSchema schema, IReadOnlyList<ParameterRule> rules, FileUrlRule files)
{
    /// <summary>The schema itself.</summary>
    public JsonSchema Schema => schema;

    /// <summary>Lists everything that is wrong with a request; nothing when it is right.</summary>
    public List<InputProblem> Check(JsonNode? input)
    {
        var problems = SchemaProblems.List(schema, input);
        if (input is not JsonObject request)
            return problems;
        var text = rules.Count > 0 ? request.ToJsonString() : "";
        foreach (var rule in rules)
        {
            if (RuleEvaluator.IsBroken(rule, text))
                problems.Add(new([], "value_error", "Value error, " + rule.Text.TrimEnd('.'), input.DeepClone()));
        }
        files.Check(request, problems);
        return problems;
    }
}
