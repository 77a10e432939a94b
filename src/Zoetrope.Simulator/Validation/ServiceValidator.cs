using System.Text.Json;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using Zoetrope.Simulator.Endpoints;

namespace Zoetrope.Simulator.Validation;

/// <summary>
/// NJsonSchema's validator, corrected where its results differ from JSON Schema and the services. All corrections are here:
/// <list type="bullet">
/// <item>Values and items are compared as JSON, not as strings: <c>enum [1]</c> rejects "1", and [1, "1"] differ.</item>
/// <item>Numbers are compared as they are, not rounded to decimals: 1e-30 is above 0. 5.0 is an integer (<see cref="RequestToken"/>).</item>
/// <item>Texts are as long as they have code points, not UTF-16 units. Patterns are ECMAScript's (<see cref="SchemaPattern"/>).</item>
/// <item><c>maxItems: 0</c> and <c>maxProperties: 0</c> limit.</item>
/// <item>Formats are those of JSON Schema (<see cref="TextFormats"/>); others, such as <c>guid</c>, are not judged.</item>
/// <item>A list of types fails with what is wrong for the type that the value has, not with <c>NoTypeValidates</c>.</item>
/// <item>Only objects are asked for required members.</item>
/// </list>
/// What it cannot read at all, <see cref="SchemaPreparation"/> rewrites.
/// </summary>
internal sealed class ServiceValidator() : JsonSchemaValidator(new JsonSchemaValidatorSettings { FormatValidators = TextFormats.All })
{
    /// <summary>Whether a value is of another type than the schema asks for.</summary>
    public static bool IsTypeError(ValidationErrorKind kind) => kind is
        ValidationErrorKind.StringExpected or ValidationErrorKind.NumberExpected or ValidationErrorKind.IntegerExpected or
        ValidationErrorKind.BooleanExpected or ValidationErrorKind.ArrayExpected or ValidationErrorKind.ObjectExpected or
        ValidationErrorKind.NullExpected;

    /// <inheritdoc/>
    protected override ICollection<ValidationError> Validate(JToken token, JsonSchema schema, SchemaType schemaType, string? propertyName, string propertyPath)
    {
        var errors = new List<ValidationError>();
        foreach (var error in base.Validate(token, schema, schemaType, propertyName, propertyPath))
        {
            if (error is MultiTypeValidationError types)
                errors.AddRange(OfItsType(types));
            else if (error.Kind != ValidationErrorKind.PropertyRequired || token is JObject || !ReferenceEquals(error.Schema, schema))
                errors.Add(error);
        }
        // What has another type than the schema asks for is none of its values either; once is enough.
        var isOfType = !errors.Exists(error => ReferenceEquals(error.Schema, schema) && (IsTypeError(error.Kind) || error is MultiTypeValidationError));
        foreach (var kind in Broken(token, schema).Where(kind => isOfType || kind != ValidationErrorKind.NotInEnumeration))
            errors.Add(new ValidationError(kind, propertyName, propertyPath, token, schema));
        return errors;
    }

    /// <summary>What is wrong with a value for the type of the list that it has; all of it where it has none of them.</summary>
    private static IEnumerable<ValidationError> OfItsType(MultiTypeValidationError error) =>
        error.Errors.Values.FirstOrDefault(errors => !errors.Any(inner => inner.Path == error.Path && IsTypeError(inner.Kind))) ?? [error];

    private static IEnumerable<ValidationErrorKind> Broken(JToken token, JsonSchema schema)
    {
        var keywords = SchemaKeywords.Of(schema);
        var value = RequestToken.Original(token);
        if (value is null && schema.Type.HasFlag(JsonObjectType.Null))
            yield break;
        if (keywords.Values is { } values && JsonKey.Of(value) is var key && !values.Any(allowed => JsonKey.Of(allowed) == key))
            yield return ValidationErrorKind.NotInEnumeration;
        var broken = value switch
        {
            JsonObject members => OfCount(keywords, "Properties", members.Count, ValidationErrorKind.TooFewProperties, ValidationErrorKind.TooManyProperties),
            JsonArray items => OfItems(keywords, items),
            JsonValue text when text.GetValueKind() == JsonValueKind.String => OfText(keywords, text.GetValue<string>()),
            JsonValue number when number.GetValueKind() == JsonValueKind.Number => OfNumber(keywords, ExactNumber.Parse(number.ToJsonString())),
            _ => [],
        };
        foreach (var kind in broken)
            yield return kind;
    }

    private static IEnumerable<ValidationErrorKind> OfText(SchemaKeywords keywords, string text)
    {
        foreach (var kind in OfCount(keywords, "Length", text.EnumerateRunes().Count(), ValidationErrorKind.StringTooShort, ValidationErrorKind.StringTooLong))
            yield return kind;
        if (keywords.Pattern?.Matches(text) == false)
            yield return ValidationErrorKind.PatternMismatch;
    }

    private static IEnumerable<ValidationErrorKind> OfItems(SchemaKeywords keywords, JsonArray items)
    {
        foreach (var kind in OfCount(keywords, "Items", items.Count, ValidationErrorKind.TooFewItems, ValidationErrorKind.TooManyItems))
            yield return kind;
        if (keywords.UniqueItems && items.Select(JsonKey.Of).Distinct(StringComparer.Ordinal).Count() < items.Count)
            yield return ValidationErrorKind.ItemsNotUnique;
    }

    private static IEnumerable<ValidationErrorKind> OfNumber(SchemaKeywords keywords, ExactNumber number)
    {
        if (keywords.Minimum is var (least, isAbove) && number.CompareTo(Exact(least)) is var low && (low < 0 || (isAbove && low == 0)))
            yield return ValidationErrorKind.NumberTooSmall;
        if (keywords.Maximum is var (most, isBelow) && number.CompareTo(Exact(most)) is var high && (high > 0 || (isBelow && high == 0)))
            yield return ValidationErrorKind.NumberTooBig;
        if (keywords.Number("multipleOf") is { } step && !number.IsMultipleOf(Exact(step)))
            yield return ValidationErrorKind.NumberNotMultipleOf;
    }

    private static IEnumerable<ValidationErrorKind> OfCount(
        SchemaKeywords keywords, string what, int count, ValidationErrorKind tooFew, ValidationErrorKind tooMany)
    {
        var counted = ExactNumber.Of(count);
        if (keywords.Number("min" + what) is { } least && counted.CompareTo(Exact(least)) < 0)
            yield return tooFew;
        if (keywords.Number("max" + what) is { } most && counted.CompareTo(Exact(most)) > 0)
            yield return tooMany;
    }

    private static ExactNumber Exact(JsonNode number) => ExactNumber.Parse(number.ToJsonString());
}
