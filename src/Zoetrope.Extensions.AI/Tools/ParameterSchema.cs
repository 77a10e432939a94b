using System.Globalization;
using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Extensions.AI.Tools;

/// <summary>
/// Writes the JSON Schema of a parameter: what the model's document says of it, and the limits that its validator states when it is given values beyond any
/// limit. So the schema has the rules that requests are held to, and models carry no second form of them. The command line compiles this file as well.
/// </summary>
internal static class ParameterSchema
{
    private const int ManyItems = 2000;

    /// <summary>Writes the schema of a parameter.</summary>
    /// <param name="writer">Where it is written.</param>
    /// <param name="validate">The model's validator.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="members">Writes what the object has that the parameter or each of its items is; null where that is not known.</param>
    public static void Write(
        Utf8JsonWriter writer, Func<RawJson, ValidationResult> validate, ParameterInfo parameter, Action<Utf8JsonWriter>? members = null)
    {
        writer.WriteStartObject();
        if (parameter.Type != "any")
            writer.WriteString("type", parameter.Type);
        if (Describe(validate, parameter) is { Length: > 0 } description)
            writer.WriteString("description", description);
        if (parameter.Values is { Count: > 0 } values)
            WriteValues(writer, parameter, values);
        if (parameter.Default is { } value)
        {
            writer.WritePropertyName("default");
            writer.WriteRawValue(value);
        }
        if (parameter.Deprecation is not null)
            writer.WriteBoolean("deprecated", true);
        WriteLimits(writer, validate, parameter, members);
        writer.WriteEndObject();
    }

    private static string Describe(Func<RawJson, ValidationResult> validate, ParameterInfo parameter)
    {
        // Of a union the validator says what it may be.
        var type = parameter.Type == "any" ? Ask(validate, parameter, true).FirstOrDefault(static issue => issue.Rule == ValidationRule.Type)?.Limit : null;
        return string.Join(' ', new[] { parameter.Description, type is null ? null : $"It is {type}.", parameter.Deprecation }.OfType<string>());
    }

    private static void WriteValues(Utf8JsonWriter writer, ParameterInfo parameter, IReadOnlyList<string> values)
    {
        writer.WriteStartArray("enum");
        foreach (var value in values)
        {
            if (parameter.Type is "integer" or "number" && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                writer.WriteNumberValue(number);
            else
                writer.WriteStringValue(value);
        }
        writer.WriteEndArray();
    }

    private static void WriteLimits(
        Utf8JsonWriter writer, Func<RawJson, ValidationResult> validate, ParameterInfo parameter, Action<Utf8JsonWriter>? members)
    {
        switch (parameter.Type)
        {
            case "integer":
                Write(ValidationRule.Maximum, long.MaxValue, "maximum", "exclusiveMaximum");
                Write(ValidationRule.Minimum, long.MinValue, "minimum", "exclusiveMinimum");
                break;
            case "number":
                Write(ValidationRule.Maximum, double.MaxValue, "maximum", "exclusiveMaximum");
                Write(ValidationRule.Minimum, double.MinValue, "minimum", "exclusiveMinimum");
                break;
            case "string" when parameter.Values is null:
                Write(ValidationRule.MaxLength, new string('x', 100_000), "maxLength");
                Write(ValidationRule.MinLength, "", "minLength");
                break;
            case "array":
                Write(ValidationRule.MaxItems, RawJson.Parse($"[{string.Join(',', Enumerable.Repeat("\"https://example.com/\"", ManyItems))}]"), "maxItems");
                Write(ValidationRule.MinItems, RawJson.Parse("[]"), "minItems");
                WriteItems(writer, validate, parameter, members);
                break;
            case "object":
                members?.Invoke(writer);
                break;
        }

        void Write(ValidationRule rule, RawJson beyond, string name, string? exclusive = null)
        {
            var limit = Ask(validate, parameter, beyond).FirstOrDefault(issue => issue.Rule == rule)?.Limit;
            // "more than 0" is a limit that is not a value itself.
            if (limit?[(limit.LastIndexOf(' ') + 1)..] is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                writer.WriteNumber(text.Length == limit.Length ? name : exclusive ?? name, number);
        }
    }

    private static void WriteItems(
        Utf8JsonWriter writer, Func<RawJson, ValidationResult> validate, ParameterInfo parameter, Action<Utf8JsonWriter>? members)
    {
        (string Type, string Item)[] types = [("string", "\"https://example.com/\""), ("object", "{}"), ("number", "1"), ("boolean", "true")];
        var fitting = Array.FindAll(types, type => validate(Of(parameter, RawJson.Parse($"[{type.Item}]"))).Issues.All(
            issue => issue.Rule != ValidationRule.Type || !issue.Path.StartsWith(parameter.Name, StringComparison.Ordinal)));
        if (fitting.Length != 1)
            return;
        writer.WriteStartObject("items");
        writer.WriteString("type", fitting[0].Type);
        if (fitting[0].Type == "object")
            members?.Invoke(writer);
        writer.WriteEndObject();
    }

    private static IEnumerable<ValidationIssue> Ask(Func<RawJson, ValidationResult> validate, ParameterInfo parameter, RawJson value) =>
        validate(Of(parameter, value)).Issues.Where(issue => issue.Path == parameter.Name);

    private static RawJson Of(ParameterInfo parameter, RawJson value)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        writer.WritePropertyName(parameter.Name);
        writer.WriteRawValue(value.Utf8);
        writer.WriteEndObject();
        return RawJson.Parse(writer.Written.Span);
    }
}
