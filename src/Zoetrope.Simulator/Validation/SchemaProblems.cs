using System.Globalization;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Zoetrope.Simulator;

/// <summary>Turns what NJsonSchema finds into problems, one for each offending value.</summary>
internal static class SchemaProblems
{
    public static List<InputProblem> List(JsonSchema schema, JsonNode? input)
    {
        var problems = new List<InputProblem>();
        var root = RequestToken.Of(input);
        foreach (var error in schema.Validate(root))
            Add(error, root, input, problems);
        return problems;
    }

    private static void Add(ValidationError error, JToken root, JsonNode? input, List<InputProblem> problems)
    {
        if (error is ChildSchemaValidationError child)
        {
            AddBranches(child, root, input, problems);
            return;
        }
        var (location, value) = JsonPlace.Find(root, error.Path);
        if (IsFalseAlarm(error, value))
            return;
        var (type, message, context) = ProblemWords.Of(error);
        problems.Add(new(location, type, message, Value(input, location), context));
    }

    /// <summary>
    /// Of several alternatives, speaks of the ones that the value can have meant: those whose type fits, else those that are not null.
    /// An alternative whose only errors were false alarms fits, so there is no problem at all.
    /// </summary>
    private static void AddBranches(ChildSchemaValidationError error, JToken root, JsonNode? input, List<InputProblem> problems)
    {
        var branches = new List<(bool Fits, List<InputProblem> Problems)>();
        foreach (var (schema, errors) in error.Errors)
        {
            if (schema.ActualSchema.Type == JsonObjectType.Null && error.Errors.Count > 1)
                continue;
            var found = new List<InputProblem>();
            foreach (var inner in errors)
                Add(inner, root, input, found);
            if (found.Count == 0)
                return;
            branches.Add((!errors.Any(inner => IsTypeError(inner.Kind) && inner.Path == error.Path), found));
        }
        var chosen = branches.Exists(branch => branch.Fits) ? branches.Where(branch => branch.Fits) : branches;
        problems.AddRange(chosen.SelectMany(branch => branch.Problems));
    }

    private static bool IsTypeError(ValidationErrorKind kind) => kind is
        ValidationErrorKind.StringExpected or ValidationErrorKind.NumberExpected or ValidationErrorKind.IntegerExpected or
        ValidationErrorKind.BooleanExpected or ValidationErrorKind.ArrayExpected or ValidationErrorKind.ObjectExpected or
        ValidationErrorKind.NullExpected;

    /// <summary>
    /// NJsonSchema counts the length of a string in UTF-16 units where JSON Schema counts code points, refuses 5.0 as an integer,
    /// and asks something that is no object for its members.
    /// </summary>
    private static bool IsFalseAlarm(ValidationError error, JToken? value) => error.Kind switch
    {
        ValidationErrorKind.StringTooLong => value?.Value<string>() is { } text && CodePoints(text) <= error.Schema.MaxLength,
        ValidationErrorKind.IntegerExpected => value is JValue { Type: JTokenType.Float } number && Math.Floor((double)number) == (double)number,
        ValidationErrorKind.PropertyRequired => value is not null && value is not JObject,
        _ => false,
    };

    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    /// <summary>The offending value as it was sent; for a member that is missing, what it is missing from.</summary>
    private static JsonNode? Value(JsonNode? input, List<object> location)
    {
        foreach (var part in location)
        {
            if (input is JsonArray items && part is int index)
                input = items[index];
            else if (input is JsonObject members && members.TryGetPropertyValue((string)part, out var member))
                input = member;
        }
        return input?.DeepClone();
    }

    /// <summary>Writes a number as JSON would.</summary>
    internal static JsonNode Number(decimal value) => JsonNode.Parse(value.ToString("0.############################", CultureInfo.InvariantCulture))!;
}
