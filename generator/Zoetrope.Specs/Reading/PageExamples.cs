using Zoetrope.Specs.Json;

namespace Zoetrope.Specs;

/// <summary>Holds the examples of a page against its parameters: what only one of them has was lost from the other.</summary>
internal static class PageExamples
{
    /// <summary>Tells which members of an example request are no parameters.</summary>
    public static void Check(JsonLiteral? example, Schema? input, TextRange place, List<SpecProblem> problems)
    {
        if (example is not { Kind: JsonKind.Object } || input is null)
            return;
        var names = new HashSet<string>(input.Properties.Select(property => property.Name), StringComparer.Ordinal);
        foreach (var member in JsonTree.Parse(example.Json).Root)
        {
            if (!names.Contains(member.Name))
                problems.Add(Problems.PageExampleUnknown.At(place, member.Name));
        }
    }
}
