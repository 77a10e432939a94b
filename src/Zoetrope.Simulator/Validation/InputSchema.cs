using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Specs.Model;

namespace Zoetrope.Simulator.Validation;

/// <summary>All constraints of an endpoint's documents on a request: a JSON Schema, rules in words and the accepted file URLs.</summary>
/// <param name="schema">The schema, checked by <see cref="ServiceValidator"/>.</param>
/// <param name="rules">Rules between parameters that a page states in words.</param>
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
        foreach (var rule in rules)
        {
            if (Broken(rule, request))
                problems.Add(new([], "value_error", "Value error, " + rule.Text.TrimEnd('.'), input.DeepClone()));
        }
        files.Check(request, problems);
        return problems;
    }

    private static bool Broken(ParameterRule rule, JsonObject request)
    {
        var given = rule.Parameters.Count(name => IsGiven(request[name]));
        return rule.Kind == ParameterRuleKind.ExactlyOne ? given != 1 : given == 0;
    }

    /// <summary>
    /// What is null or empty counts as not given: the providers' own examples send <c>"multi_prompt": null</c> beside a prompt, and the
    /// counts of their lists begin at 0.
    /// </summary>
    private static bool IsGiven(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        _ => value.GetValueKind() != JsonValueKind.String || value.GetValue<string>().Length > 0,
    };
}
