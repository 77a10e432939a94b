using System.Globalization;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Zoetrope.Simulator;

/// <summary>Says what is wrong in the words of Pydantic and of fal's own types of error (fal documentation, "Model errors").</summary>
internal static class ProblemWords
{
    public static (string Type, string Message, JsonObject? Context) Of(ValidationError error)
    {
        var schema = error.Schema;
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => ("missing", "Field required", null),
            ValidationErrorKind.StringExpected => ("string_type", "Input should be a valid string", null),
            ValidationErrorKind.NumberExpected => ("float_type", "Input should be a valid number", null),
            ValidationErrorKind.IntegerExpected => ("int_type", "Input should be a valid integer", null),
            ValidationErrorKind.BooleanExpected => ("bool_type", "Input should be a valid boolean", null),
            ValidationErrorKind.ArrayExpected => ("list_type", "Input should be a valid list", null),
            ValidationErrorKind.ObjectExpected => ("model_type", "Input should be a valid object", null),
            ValidationErrorKind.NullExpected => ("none_required", "Input should be None", null),
            ValidationErrorKind.NotInEnumeration => Literal(schema),
            ValidationErrorKind.StringTooLong => Limit("string_too_long", $"String should have at most {schema.MaxLength} characters", "max_length", schema.MaxLength),
            ValidationErrorKind.StringTooShort => Limit("string_too_short", $"String should have at least {schema.MinLength} characters", "min_length", schema.MinLength),
            ValidationErrorKind.PatternMismatch => ("string_pattern_mismatch", $"String should match pattern '{schema.Pattern}'", new() { ["pattern"] = schema.Pattern }),
            ValidationErrorKind.TooManyItems => Limit("sequence_too_long", $"List should have at most {schema.MaxItems} items", "max_length", schema.MaxItems),
            ValidationErrorKind.TooFewItems => Limit("sequence_too_short", $"List should have at least {schema.MinItems} items", "min_length", schema.MinItems),
            ValidationErrorKind.ItemsNotUnique => ("unique_items", "List items should differ", null),
            ValidationErrorKind.NumberTooBig => TooBig(schema),
            ValidationErrorKind.NumberTooSmall => TooSmall(schema),
            ValidationErrorKind.NumberNotMultipleOf or ValidationErrorKind.IntegerNotMultipleOf =>
                Limit("multiple_of", $"Input should be a multiple of {schema.MultipleOf}", "multiple_of", schema.MultipleOf),
            ValidationErrorKind.NoAdditionalPropertiesAllowed => ("extra_forbidden", "Extra inputs are not permitted", null),
            ValidationErrorKind.UriExpected => ("url_parsing", "Input should be a valid URL", null),
            var kind => ("value_error", $"Value error, {kind}", null),
        };
    }

    private static (string, string, JsonObject?) Literal(JsonSchema schema)
    {
        var values = schema.Enumeration.Select(value => value is string text ? $"'{text}'" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "None").ToArray();
        var expected = values.Length < 2 ? string.Concat(values) : string.Join(", ", values[..^1]) + " or " + values[^1];
        return ("literal_error", "Input should be " + expected, new() { ["expected"] = expected });
    }

    private static (string, string, JsonObject?) TooBig(JsonSchema schema) => schema switch
    {
        { ExclusiveMaximum: { } limit } => Limit("less_than", $"Input should be less than {limit}", "lt", limit),
        { IsExclusiveMaximum: true } => Limit("less_than", $"Input should be less than {schema.Maximum}", "lt", schema.Maximum),
        _ => Limit("less_than_equal", $"Input should be less than or equal to {schema.Maximum}", "le", schema.Maximum),
    };

    private static (string, string, JsonObject?) TooSmall(JsonSchema schema) => schema switch
    {
        { ExclusiveMinimum: { } limit } => Limit("greater_than", $"Input should be greater than {limit}", "gt", limit),
        { IsExclusiveMinimum: true } => Limit("greater_than", $"Input should be greater than {schema.Minimum}", "gt", schema.Minimum),
        _ => Limit("greater_than_equal", $"Input should be greater than or equal to {schema.Minimum}", "ge", schema.Minimum),
    };

    private static (string, string, JsonObject?) Limit(string type, string message, string name, decimal? limit) =>
        (type, message, limit is { } value ? new() { [name] = SchemaProblems.Number(value) } : null);
}
