using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;

namespace Zoetrope.Simulator.Validation;

/// <summary>Describes what is wrong in the terms of Pydantic and of fal's own error types (fal documentation, "Model errors").</summary>
internal static class ProblemWords
{
    /// <summary>The type, the message and the context of an error.</summary>
    /// <param name="error">What is wrong.</param>
    /// <param name="value">The offending value; for a missing member, what it is missing from.</param>
    public static (string Type, string Message, JsonObject? Context) Of(ValidationError error, JToken value)
    {
        var keywords = SchemaKeywords.Of(error.Schema);
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => ("missing", "Field required", null),
            ValidationErrorKind.StringExpected => ("string_type", "Input should be a valid string", null),
            ValidationErrorKind.NumberExpected => ("float_type", "Input should be a valid number", null),
            ValidationErrorKind.IntegerExpected when value.Type == JTokenType.Float =>
                ("int_from_float", "Input should be a valid integer, got a number with a fractional part", null),
            ValidationErrorKind.IntegerExpected => ("int_type", "Input should be a valid integer", null),
            ValidationErrorKind.BooleanExpected => ("bool_type", "Input should be a valid boolean", null),
            ValidationErrorKind.ArrayExpected => ("list_type", "Input should be a valid list", null),
            ValidationErrorKind.ObjectExpected => ("model_type", "Input should be a valid object", null),
            ValidationErrorKind.NullExpected => ("none_required", "Input should be None", null),
            ValidationErrorKind.NotInEnumeration => Literal(keywords.Values!),
            ValidationErrorKind.StringTooLong => Count(keywords, "string_too_long", "String should have at most {0} character{1}", "maxLength"),
            ValidationErrorKind.StringTooShort => Count(keywords, "string_too_short", "String should have at least {0} character{1}", "minLength"),
            ValidationErrorKind.PatternMismatch => (
                "string_pattern_mismatch", $"String should match pattern '{keywords.Pattern!.Source}'", new() { ["pattern"] = keywords.Pattern.Source }),
            ValidationErrorKind.TooManyItems => Count(keywords, "sequence_too_long", "List should have at most {0} item{1}", "maxItems"),
            ValidationErrorKind.TooFewItems => Count(keywords, "sequence_too_short", "List should have at least {0} item{1}", "minItems"),
            ValidationErrorKind.TooManyItemsInTuple => ("sequence_too_long", "List should have no more items", null),
            ValidationErrorKind.TooManyProperties => Count(keywords, "too_long", "Dictionary should have at most {0} item{1}", "maxProperties"),
            ValidationErrorKind.TooFewProperties => Count(keywords, "too_short", "Dictionary should have at least {0} item{1}", "minProperties"),
            ValidationErrorKind.ItemsNotUnique => ("unique_items", "List items should differ", null),
            ValidationErrorKind.NumberTooBig => Bound(keywords.Maximum!.Value, "less_than", "lt", "le"),
            ValidationErrorKind.NumberTooSmall => Bound(keywords.Minimum!.Value, "greater_than", "gt", "ge"),
            ValidationErrorKind.NumberNotMultipleOf =>
                Limit("multiple_of", $"Input should be a multiple of {Text(keywords.Number("multipleOf"))}", "multiple_of", keywords.Number("multipleOf")!),
            ValidationErrorKind.NoAdditionalPropertiesAllowed => ("extra_forbidden", "Extra inputs are not permitted", null),
            ValidationErrorKind.ExcludedSchemaValidates => ("value_error", "Value error, this value is not allowed", null),
            _ => Format(error),
        };
    }

    private static (string, string, JsonObject?) Format(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.DateTimeExpected => ("datetime_parsing", "Input should be a valid datetime", null),
        ValidationErrorKind.DateExpected => ("date_parsing", "Input should be a valid date", null),
        ValidationErrorKind.TimeExpected => ("time_parsing", "Input should be a valid time", null),
        ValidationErrorKind.UriExpected => ("url_parsing", "Input should be a valid URL", null),
        ValidationErrorKind.UuidExpected => ("uuid_parsing", "Input should be a valid UUID", null),
        ValidationErrorKind.IpV4Expected => ("ip_v4_address", "Input is not a valid IPv4 address", null),
        ValidationErrorKind.IpV6Expected => ("ip_v6_address", "Input is not a valid IPv6 address", null),
        ValidationErrorKind.EmailExpected => ("value_error", "value is not a valid email address", null),
        ValidationErrorKind.Base64Expected => ("base64_decode", "Base64 decoding error", null),
        _ => ("value_error", $"Value error, not a valid {error.Schema.Format ?? "value"}", null),
    };

    /// <summary>The values as Python writes them.</summary>
    private static (string, string, JsonObject?) Literal(IReadOnlyList<JsonNode?> allowed)
    {
        var values = allowed.Select(Python).ToArray();
        var expected = values.Length < 2 ? string.Concat(values) : string.Join(", ", values[..^1]) + " or " + values[^1];
        return ("literal_error", "Input should be " + expected, new() { ["expected"] = expected });
    }

    private static string Python(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "None",
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.String => $"'{value.GetValue<string>()}'",
        _ => value.ToJsonString(),
    };

    private static (string, string, JsonObject?) Bound((JsonNode Value, bool IsExclusive) bound, string type, string strict, string loose)
    {
        var words = type.Replace('_', ' ');
        return bound.IsExclusive
            ? Limit(type, $"Input should be {words} {Text(bound.Value)}", strict, bound.Value)
            : Limit(type + "_equal", $"Input should be {words} or equal to {Text(bound.Value)}", loose, bound.Value);
    }

    private static (string, string, JsonObject?) Count(SchemaKeywords keywords, string type, string message, string keyword)
    {
        var limit = keywords.Number(keyword)!;
        return Limit(type, string.Format(CultureInfo.InvariantCulture, message, Text(limit), Text(limit) == "1" ? "" : "s"), keyword[..3] + "_length", limit);
    }

    private static (string, string, JsonObject?) Limit(string type, string message, string name, JsonNode limit) =>
        (type, message, new() { [name] = limit.DeepClone() });

    private static string Text(JsonNode? number) => number?.ToJsonString() ?? "";
}
