using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Models;

/// <summary>
/// The rules between parameters, and those that documents state in words: what the model's own validator says when it is given each parameter alone and each
/// pair of them. So they are those that requests are held to.
/// </summary>
internal static class ModelRules
{
    // Beyond it, pairs would take longer than a person waits.
    private const int MostParametersInPairs = 40;

    private const string Url = "https://example.com/a.png";

    /// <summary>The rules in words, each once.</summary>
    /// <param name="validate">The model's validator.</param>
    /// <param name="parameters">Its parameters.</param>
    public static IReadOnlyList<string> Of(Func<RawJson, ValidationResult> validate, IReadOnlyList<ParameterInfo> parameters)
    {
        var found = new List<string>();
        var samples = parameters.SelectMany(parameter => SamplesOf(parameter).Select(value => (parameter.Name, Value: value))).ToList();
        Ask();
        foreach (var sample in samples)
            Ask(sample);
        if (parameters.Count <= MostParametersInPairs)
        {
            for (var first = 0; first < samples.Count; first++)
            {
                for (var second = first + 1; second < samples.Count; second++)
                {
                    if (samples[first].Name != samples[second].Name)
                        Ask(samples[first], samples[second]);
                }
            }
        }
        return found;

        void Ask(params ReadOnlySpan<(string Name, string Value)> members)
        {
            var result = validate(ObjectOf(members));
            foreach (var issue in result.Issues.Concat(result.Warnings))
            {
                if (RuleOf(issue) is { } rule && !found.Contains(rule))
                    found.Add(rule);
            }
        }
    }

    private static string? RuleOf(ValidationIssue issue) => issue.Rule switch
    {
        ValidationRule.ExactlyOne => $"exactly one of {issue.Limit} must be given",
        ValidationRule.AtLeastOne => $"at least one of {issue.Limit} must be given",
        ValidationRule.Documented => issue.Path.Length == 0 ? issue.Limit : $"{issue.Path}: {issue.Limit}",
        ValidationRule.Url => $"{issue.Path}: must be {issue.Limit}",
        ValidationRule.SampleFile => $"{issue.Path}: {issue.Message}",
        _ => null,
    };

    /// <summary>Values by which rules are found: ordinary ones, and one that is not a URL.</summary>
    private static IEnumerable<string> SamplesOf(ParameterInfo parameter) => parameter switch
    {
        { Values: { Count: > 0 } values } => new[] { values[0], values[^1] }.Distinct().Select(value => Sample(parameter.Type, value)),
        { Type: "boolean" } => ["true", "false"],
        { Type: "integer" or "number" } => [parameter.Default ?? "1"],
        { Type: "array" } => [$"[\"{Url}\"]"],
        { Type: "object" } => ["{}"],
        _ => [$"\"{Url}\"", "\"x\""],
    };

    private static string Sample(string type, string value) => type is "integer" or "number" or "boolean" ? value : $"\"{JsonEncodedText.Encode(value)}\"";

    private static RawJson ObjectOf(ReadOnlySpan<(string Name, string Value)> members)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(RawJson.Parse(value).Utf8);
        }
        writer.WriteEndObject();
        return RawJson.Parse(writer.Written.Span);
    }
}
