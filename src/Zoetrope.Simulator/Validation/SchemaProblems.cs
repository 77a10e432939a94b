using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Zoetrope.Simulator.Validation;

/// <summary>Turns what a validator finds into problems, one for each offending value.</summary>
internal static class SchemaProblems
{
    public static List<InputProblem> List(JsonSchema schema, JsonNode? input)
    {
        var problems = new List<InputProblem>();
        var root = RequestToken.Of(input);
        foreach (var error in new ServiceValidator().Validate(root, schema))
            Add(error, root, problems);
        return problems;
    }

    private static void Add(ValidationError error, JToken root, List<InputProblem> problems)
    {
        switch (error)
        {
            case ChildSchemaValidationError { Kind: ValidationErrorKind.NotAllOf } parts:
                foreach (var inner in parts.Errors.Values.SelectMany(errors => errors))
                    Add(inner, root, problems);
                break;
            case ChildSchemaValidationError alternatives:
                AddAlternatives(alternatives.Path, alternatives.Errors.Select(pair => (pair.Key.ActualSchema.Type, pair.Value)), root, problems);
                break;
            case MultiTypeValidationError types:
                AddAlternatives(types.Path, types.Errors.Select(pair => (pair.Key, pair.Value)), root, problems);
                break;
            default:
                var (location, value) = JsonLocation.Find(root, error.Path);
                var (type, message, context) = ProblemWords.Of(error, value);
                problems.Add(new(location, type, message, RequestToken.Original(value)?.DeepClone(), context));
                break;
        }
    }

    /// <summary>
    /// Of several alternatives, speaks of the ones that the value can have meant: those whose type fits, else those that are not null. One that fits altogether
    /// means that several do, which the services accept although <c>oneOf</c> does not.
    /// </summary>
    private static void AddAlternatives(
        string? path, IEnumerable<(JsonObjectType Type, ICollection<ValidationError> Errors)> alternatives, JToken root, List<InputProblem> problems)
    {
        var all = alternatives.ToList();
        if (all.Exists(one => one.Errors.Count == 0))
            return;
        var meant = all.FindAll(one => !one.Errors.Any(inner => ServiceValidator.IsTypeError(inner.Kind) && inner.Path == path));
        if (meant.Count == 0)
            meant = all.FindAll(one => one.Type != JsonObjectType.Null);
        foreach (var inner in (meant.Count == 0 ? all : meant).SelectMany(one => one.Errors))
            Add(inner, root, problems);
    }
}
