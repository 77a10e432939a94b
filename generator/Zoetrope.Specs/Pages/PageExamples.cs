using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages;

/// <summary>Holds the examples of a page against its parameters: what only one of them has was lost from the other.</summary>
internal static class PageExamples
{
    /// <summary>Reports which members of an example request are not parameters, and which are of another type than these.</summary>
    public static void Check(JsonLiteral? example, Schema? input, TextRange place, List<SpecProblem> problems)
    {
        if (example is not { Kind: JsonKind.Object } || input is null)
            return;
        var types = new Dictionary<string, SchemaTypes>(StringComparer.Ordinal);
        foreach (var property in input.Properties)
            types[property.Name] = property.Schema.Types;
        foreach (var member in JsonTree.Parse(example.Json).Root)
        {
            if (!types.TryGetValue(member.Name, out var type))
                problems.Add(Problems.PageExampleUnknown.At(place, member.Name));
            else if (!IsOf(type, member))
                problems.Add(Problems.PageExampleDiffers.At(place, member.Name, Describe(member), type.ToString().ToLowerInvariant()));
        }
    }

    /// <summary>Whether a value is of a type that is allowed. A type that the page does not state allows all.</summary>
    private static bool IsOf(SchemaTypes types, JsonNode value) => types == SchemaTypes.Any || value.Kind switch
    {
        JsonKind.String => (types & SchemaTypes.String) != 0,
        JsonKind.Number => (types & SchemaTypes.Number) != 0 || ((types & SchemaTypes.Integer) != 0 && IsWhole(value.Raw)),
        JsonKind.Boolean => (types & SchemaTypes.Boolean) != 0,
        JsonKind.Array => (types & SchemaTypes.Array) != 0,
        JsonKind.Object => (types & SchemaTypes.Object) != 0,
        _ => true,
    };

    /// <summary>Whether a number has no fraction: 1.0 has none.</summary>
    private static bool IsWhole(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Floor(value).Equals(value);

    private static string Describe(JsonNode value) => value.Kind switch
    {
        JsonKind.Array => "an array",
        JsonKind.Object => "an object",
        _ => value.Raw.Length <= 40 ? value.Raw : "a " + value.Kind.ToString().ToLowerInvariant(),
    };
}
