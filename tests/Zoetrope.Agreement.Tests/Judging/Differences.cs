using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using Zoetrope.Simulator.Validation;
using Zoetrope.Validation;

namespace Zoetrope.Agreement.Tests;

/// <summary>A way in which a validator differs from the schema as NJsonSchema reads it, on purpose.</summary>
/// <param name="Rule">What differs.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsFinding">Whether it is why a validator takes what NJsonSchema finds wrong.</param>
/// <param name="IsIssue">Whether it is why a validator refuses what NJsonSchema takes.</param>
internal sealed record Difference(
    string Rule, string Reason, Func<Finding, bool>? IsFinding = null, Func<ValidationIssue, AgreedEndpoint, bool>? IsIssue = null);

/// <summary>All deliberate differences; the README of this folder lists the same.</summary>
internal static class Differences
{
    private static readonly ConcurrentDictionary<Difference, bool> _met = new();

    public static IReadOnlyList<Difference> All { get; } =
    [
        new("Undeclared members of requests are sent, whatever `additionalProperties` says of them", "Providers add parameters before their documents follow",
            IsFinding: finding => finding.Kind == ValidationErrorKind.NoAdditionalPropertiesAllowed
                || (finding.Kind == ValidationErrorKind.AdditionalPropertiesNotValid && UndeclaredMembers.AreBesideOthers(finding.Schema))),
        new("A file may be given as its bare URL", "Services read both, and so does `MediaFile`",
            IsFinding: finding =>
                finding.Kind is ValidationErrorKind.ObjectExpected or ValidationErrorKind.PropertyRequired && finding.Value.Type == JTokenType.String
                && finding.Schema.ActualProperties.ContainsKey("url")),
        new("Whole numbers outside of the range of the C# type are rejected", "They could not be sent; to JSON Schema whole numbers have any size",
            IsIssue: (issue, _) =>
                issue.Rule == ValidationRule.Type && issue.Limit!.Contains("whole number", StringComparison.Ordinal) && HoldsWideNumber(issue.Actual!)),
        new("Formats are not enforced", "What a service accepts as a date or a URI is its own decision",
            IsFinding: finding => finding.Kind.ToString().EndsWith("Expected", StringComparison.Ordinal)
                && finding.Schema.Format is not null
                && finding.Value.Type == JTokenType.String
                && finding.Schema.Type.HasFlag(JsonObjectType.String)),
        new("Rules in words are enforced", "Pages and descriptions state them, schemas cannot",
            IsIssue: (issue, _) => issue.Rule is ValidationRule.ExactlyOne or ValidationRule.AtLeastOne),
        new(
            "File inputs are URLs of the kinds, and data URIs of the sizes, that the provider accepts",
            "fal's `x-fal` and Eachlabs' notes say so; to JSON Schema they are any string",
            IsIssue: (issue, _) => issue.Rule is ValidationRule.Url or ValidationRule.File),
        new("Eachlabs' arrays called `*_urls` contain strings", "Its tables never describe the items of arrays, its notes describe these",
            IsIssue: (issue, endpoint) =>
                endpoint.Provider == "eachlabs" && issue.Rule == ValidationRule.Type && issue.Path.EndsWith("_urls", StringComparison.Ordinal)),
        new("Members that may have values of several types, or only null, accept any JSON", "They are raw JSON in C#; reported as ZT0111",
            IsFinding: finding => (finding.Kind == ValidationErrorKind.NotInEnumeration
                && SchemaKeywords.Of(finding.Schema).Values!.Select(value => value?.GetValueKind()).Distinct().Count() > 1)
                || (finding.Kind == ValidationErrorKind.NullExpected
                    && finding.Schema.Type == JsonObjectType.Null
                    && finding.Schema.ParentSchema?.AnyOf.Count is null or 0)),
        new(
            "The constraints of several alternatives of one type are not validated",
            "They are one alternative in C#, and which was meant is not known; reported as ZT0118",
            IsFinding: finding => finding.Branches.Count(branch => branch.All(one =>
                one.Path == finding.Path && (IsLimit(one.Kind) || one.Kind is ValidationErrorKind.NotInEnumeration or ValidationErrorKind.IntegerExpected))) > 1
                && finding.Branches.Any(branch => branch.Any(one => IsLimit(one.Kind)))),
        new("The properties of files are not validated", "Services use only the URL, and `MediaFile` is one type for all of them",
            IsFinding: finding => finding.Property is "file_data" or "file_name" or "content_type" or "file_size" or "width" or "height" or "fps" or "duration"
                && finding.Schema.ParentSchema?.RequiredProperties.Contains("url") == true),
        new("Objects, arrays and nullable items of an array may be equal where `uniqueItems` forbids it", "Only plain values are compared; reported as ZT0118",
            IsFinding: finding => finding.Kind == ValidationErrorKind.ItemsNotUnique
                && finding.Value.Any(item => item.Type is JTokenType.Object or JTokenType.Array or JTokenType.Null)),
        new("The number of members of an object is not validated", "Providers add members before their documents follow; reported as ZT0020",
            IsFinding: finding => finding.Kind is ValidationErrorKind.TooFewProperties or ValidationErrorKind.TooManyProperties),
        new("Null is allowed if an alternative allows it, although an `enum` beside it does not list it", "Providers mean it so; JSON Schema says otherwise",
            IsFinding: finding => finding.Kind == ValidationErrorKind.NotInEnumeration && finding.Value.Type == JTokenType.Null
                && finding.Schema.AnyOf.Any(part => part.Type == JsonObjectType.Null)),
        new("A `type` beside alternatives that have others is not enforced", "The document's own default is of such an alternative, and services mean those",
            IsFinding: finding => finding.Kind
                .ToString()
                .EndsWith("Expected", StringComparison.Ordinal) && finding.Schema.Type is not (JsonObjectType.None or JsonObjectType.Null)
                && finding.Schema.AnyOf.Count + finding.Schema.OneOf.Count > 1),
        new(
            "An object that is identified as one of several alternatives is validated as that one",
            "Only that one declares its members; to JSON Schema it may be another one, which does not declare them",
            IsIssue: (issue, endpoint) => UnionLocations.IsInside(endpoint.Judge.Request.Schema, issue.Path)),
        new("Indistinguishable alternatives are not distinguished", "They are raw JSON in C#, read as the one that the code asks for; reported as ZT0117",
            IsFinding: finding => finding.Branches.Count > 1 && LookAlike(finding.Schema, finding.Value)),
    ];

    /// <summary>Those that have explained something so far.</summary>
    public static ICollection<Difference> Met => _met.Keys;

    /// <summary>Whether a validator takes it on purpose.</summary>
    public static bool Explains(Finding finding) => Meet(All.FirstOrDefault(difference => difference.IsFinding?.Invoke(finding) == true));

    /// <summary>Whether a validator refuses it on purpose.</summary>
    public static bool Explains(ValidationIssue issue, AgreedEndpoint endpoint) =>
        Meet(All.FirstOrDefault(difference => difference.IsIssue?.Invoke(issue, endpoint) == true));

    private static bool IsLimit(ValidationErrorKind kind) => kind is
        ValidationErrorKind.StringTooLong or ValidationErrorKind.StringTooShort or ValidationErrorKind.PatternMismatch
        or ValidationErrorKind.NumberTooBig or ValidationErrorKind.NumberTooSmall or ValidationErrorKind.NumberNotMultipleOf
            or ValidationErrorKind.IntegerNotMultipleOf;

    /// <summary>
    /// Whether two alternatives are arrays, or objects that nothing distinguishes: neither a member that has other values in each, nor, without that member,
    /// what each requires.
    /// </summary>
    private static bool LookAlike(JsonSchema schema, JToken value)
    {
        var objects = UnionLocations.ObjectsOf(schema).ToList();
        if (schema.AnyOf.Concat(schema.OneOf).Count(part => part.ActualSchema.Type.HasFlag(JsonObjectType.Array)) > 1)
            return true;
        if (objects.Count < 2)
            return false;
        if (objects[0].ActualProperties.Keys.FirstOrDefault(name => HasOtherValues(objects, name)) is not { } member)
            return !AreToldByRequired(objects);
        return (value as JObject)?[member] is null or { Type: JTokenType.Null }
            && !AreToldByRequired(objects.FindAll(one => !one.RequiredProperties.Contains(member)));
    }

    private static bool HasOtherValues(List<JsonSchema> objects, string member)
    {
        var values = objects.ConvertAll(one => one.ActualProperties.TryGetValue(member, out var property) ? ValuesOf(property)?.ToList() : null);
        return values.TrueForAll(one => one is not null) && values.SelectMany(one => one!).Distinct().Count() == values.Sum(one => one!.Count);
    }

    /// <summary>Whether the objects can be tried one after the other, each for what it requires and those after it do not know.</summary>
    private static bool AreToldByRequired(List<JsonSchema> objects)
    {
        var left = objects.ToList();
        while (left.Count > 1)
        {
            var next =
                left.FindIndex(one => left.TrueForAll(other => one == other || one.RequiredProperties.Any(name => !other.ActualProperties.ContainsKey(name))));
            if (next < 0)
                return false;
            left.RemoveAt(next);
        }
        return true;
    }

    private static IEnumerable<string>? ValuesOf(JsonSchema property) => SchemaKeywords.Of(property.ActualSchema).Values?.Select(JsonKey.Of);

    /// <summary>Whether a value, of which only the beginning is shown where it is long, has a whole number beyond 64 bits.</summary>
    private static bool HoldsWideNumber(string json) => json.EndsWith("...", StringComparison.Ordinal)
        || Regex.Matches(json, "[0-9]{19,}").Any(digits => BigInteger.Parse(digits.Value, CultureInfo.InvariantCulture) > long.MaxValue);

    private static bool Meet(Difference? difference)
    {
        if (difference is not null)
            _met[difference] = true;
        return difference is not null;
    }
}
