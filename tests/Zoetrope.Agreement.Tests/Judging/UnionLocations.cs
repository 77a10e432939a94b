using System.Text.RegularExpressions;
using NJsonSchema;

namespace Zoetrope.Agreement.Tests;

/// <summary>Finds alternatives that are objects.</summary>
internal static partial class UnionLocations
{
    /// <summary>Whether the location is in a value that can be one of several objects: below it, and not it.</summary>
    /// <param name="schema">The schema of the request.</param>
    /// <param name="path">The location as validators write it, such as <c>parts[0].text</c>.</param>
    public static bool IsInside(JsonSchema schema, string path)
    {
        var at = schema.ActualSchema;
        foreach (Match step in Steps().Matches(path))
        {
            var objects = ObjectsOf(at).ToList();
            if (objects.Count > 1)
                return true;
            at = objects is [var only] ? only : at;
            var name = step.Groups["name"].Value;
            var next =
                step.Groups["index"].Success ? at.Item : at.ActualProperties.TryGetValue(name, out var property) ? property : at.AdditionalPropertiesSchema;
            if (next is null)
                return false;
            at = next.ActualSchema;
        }
        return false;
    }

    /// <summary>The alternatives that are objects, those of alternatives too.</summary>
    public static IEnumerable<JsonSchema> ObjectsOf(JsonSchema schema) => schema.AnyOf.Concat(schema.OneOf).Select(one => one.ActualSchema).SelectMany(one =>
        one.AnyOf.Count + one.OneOf.Count > 0 ? ObjectsOf(one) : one.Type.HasFlag(JsonObjectType.Object) || one.ActualProperties.Count > 0 ? [one] : []);

    [GeneratedRegex("""(?<name>[^.\[\]]+)|\[(?<index>[0-9]+)\]""")]
    private static partial Regex Steps();
}
