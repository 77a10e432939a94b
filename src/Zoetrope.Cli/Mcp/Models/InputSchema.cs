using System.Text.Json;
using Zoetrope.Extensions.AI.Tools;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Mcp.Models;

/// <summary>The input of a model: its JSON Schema, the rules that concern several members, and an example.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="validate">Validates an input.</param>
internal sealed class InputSchema(IReadOnlyList<ParameterInfo> parameters, Func<RawJson, ValidationResult> validate)
{
    private const string SampleUrl = "https://example.com/file.png";
    private const int MostSteps = 4;

    /// <summary>Writes the schema.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var parameter in parameters)
        {
            writer.WritePropertyName(parameter.Name);
            ParameterSchema.Write(writer, validate, parameter);
        }
        writer.WriteEndObject();
        writer.WriteStartArray("required");
        foreach (var parameter in parameters.Where(parameter => parameter.Required))
            writer.WriteStringValue(parameter.Name);
        writer.WriteEndArray();
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    /// <summary>The rules of several members that an empty input and one with all members violate, which a schema of each does not state.</summary>
    public IReadOnlyList<string> Rules()
    {
        var all = parameters.Select(parameter => (parameter.Name, ValueOf(parameter)));
        return
        [
            .. new[] { Object([]), Object(all) }
                .SelectMany(input => validate(input).Issues)
                .Select(issue => issue.Rule switch
                {
                    ValidationRule.ExactlyOne => $"exactly one of {issue.Limit} must be given",
                    ValidationRule.AtLeastOne => $"at least one of {issue.Limit} must be given",
                    ValidationRule.Documented => issue.Limit,
                    _ => null,
                })
                .OfType<string>()
                .Distinct(),
        ];
    }

    /// <summary>An input that is valid; null where none is found.</summary>
    public RawJson? Example()
    {
        var members = parameters.Where(parameter => parameter.Required).Select(parameter => (parameter.Name, Value: ValueOf(parameter))).ToList();
        // Each issue of a try says what the next one has instead or as well.
        for (var step = 0; step < MostSteps; step++)
        {
            var input = Object(members);
            if (validate(input) is { IsValid: true })
                return input;
            foreach (var issue in validate(input).Issues)
                Mend(members, issue);
        }
        return null;
    }

    private void Mend(List<(string Name, RawJson Value)> members, ValidationIssue issue)
    {
        var at = members.FindIndex(member => member.Name == issue.Path);
        switch (issue.Rule)
        {
            case ValidationRule.Url when at >= 0:
                members[at] = (issue.Path, SampleUrl);
                break;
            case ValidationRule.MinItems when at >= 0:
                members[at] = (issue.Path, RawJson.Parse($"[\"{SampleUrl}\"]"));
                break;
            case ValidationRule.ExactlyOne or ValidationRule.AtLeastOne
                when parameters.FirstOrDefault(parameter => Names(issue).Contains(parameter.Name)) is { } one
                    && members.TrueForAll(member => !Names(issue).Contains(member.Name)):
                members.Add((one.Name, ValueOf(one)));
                break;
        }
    }

    private static string[] Names(ValidationIssue issue) =>
        (issue.Limit ?? "").Split([' ', ',', '`', '\''], StringSplitOptions.RemoveEmptyEntries);

    private static RawJson ValueOf(ParameterInfo parameter)
    {
        if (parameter.Default is { } value && value != "null")
            return RawJson.Parse(value);
        var first = parameter.Values is { Count: > 0 } values ? values[0] : null;
        return parameter.Type switch
        {
            "integer" or "number" => RawJson.Parse(first ?? "1"),
            "boolean" => true,
            "array" => RawJson.Parse("[]"),
            "object" => RawJson.Parse("{}"),
            _ => first ?? (parameter.Name.EndsWith("url", StringComparison.OrdinalIgnoreCase) ? SampleUrl : "A short description"),
        };
    }

    private static RawJson Object(IEnumerable<(string Name, RawJson Value)> members)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.Utf8);
        }
        writer.WriteEndObject();
        return RawJson.Parse(writer.Written.Span);
    }
}
