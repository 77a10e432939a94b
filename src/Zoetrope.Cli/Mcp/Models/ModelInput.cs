using System.Text.Json;
using Zoetrope.Cli.Batches;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Models;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Mcp.Models;

/// <summary>Models that calls name, and their inputs.</summary>
internal static class ModelInput
{
    /// <summary>Finds a model.</summary>
    /// <exception cref="ToolException">It does not exist, or not at that provider.</exception>
    public static ModelTarget Find(string name, string? provider)
    {
        if (provider is not null && Provider.Find(provider) is null)
        {
            throw new ToolException(
                "unknown_provider", $"There is no provider of that name; there are {string.Join(", ", Provider.All.Select(known => known.Name))}.");
        }
        try
        {
            return ModelTarget.Resolve(name, provider);
        }
        catch (UsageException exception)
        {
            throw new ToolException("unknown_model", $"{string.Join("; ", exception.Problems)}. search_models lists the models.");
        }
    }

    /// <summary>Validates an input at a provider. Nothing is sent.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The input, which is not yet that of the provider.</param>
    /// <param name="warnings">Receives what is valid and may not be meant.</param>
    /// <returns>The input as the provider takes it.</returns>
    /// <exception cref="ToolException">It is not valid; each issue is named with its member and its rule.</exception>
    public static RawJson Validate(BatchModel model, RawJson input, List<string> warnings)
    {
        var builder = new InputBuilder(model.Target.Parameters);
        builder.AddMembers(input, "input", "the input");
        var issues = builder.Problems.Select(problem => (problem.Path, problem.IsUnknownName ? "unknown" : "input", problem.Message)).ToList();
        var validation = model.Validate(input);
        Add(validation, "");
        if (issues.Count > 0)
            throw Invalid(issues);
        warnings.AddRange(validation.Warnings.Select(warning => warning.ToString()));
        var mapped = model.Map(input, warnings);
        if (model.Target.Neutral is not null && model.Endpoint?.Validate(mapped) is { } ofProvider)
            Add(ofProvider, $"at {model.Provider.Name}: ");
        return issues.Count == 0 ? mapped : throw Invalid(issues);

        void Add(ValidationResult result, string where)
        {
            if (!result.IsValid)
            {
                issues.AddRange(result.Issues.Where(issue => issues.TrueForAll(known => known.Path != issue.Path))
                    .Select(issue => (issue.Path, RuleOf(issue), where + issue.Message)));
            }
        }
    }

    /// <summary>The name of a rule, such as <c>max_length</c>.</summary>
    public static string RuleOf(ValidationIssue issue) => JsonNamingPolicy.SnakeCaseLower.ConvertName(issue.Rule.ToString());

    private static ToolException Invalid(List<(string Path, string Rule, string Message)> issues) => new(
        "invalid_input",
        $"The input is not valid; nothing was sent or paid: {string.Join("; ", issues.Select(issue => $"{issue.Path}: {issue.Message}"))}",
        writer =>
        {
            writer.WriteStartArray("issues");
            foreach (var (path, rule, message) in issues)
            {
                writer.WriteStartObject();
                DataJson.WriteText(writer, "member", path);
                writer.WriteString("rule", rule);
                DataJson.WriteText(writer, "message", message);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
}
