using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Walks the paths of a document.</summary>
internal static class PathItems
{
    /// <summary>Whether a member of a path item is an operation.</summary>
    public static bool IsMethod(string name) =>
        name is "get" or "put" or "post" or "delete" or "patch" or "head" or "options" or "trace";

    /// <summary>
    /// Every operation: its path (the property), the path item that holds it, and itself (a property of that). What is none of these is reported.
    /// </summary>
    public static IEnumerable<(JsonNode Path, JsonLocation Item, JsonNode Method)> Operations(
        JsonNode root, ReferenceResolver references, List<SpecProblem> problems)
    {
        var paths = new JsonLocation(root, "")["paths"];
        if (paths is { Exists: true, Node.IsObject: false })
            problems.Add(Problems.BadKeyword.At(paths.Node.Range, "paths", "an object"));
        foreach (var path in paths.Node.IsObject ? paths.Node : default)
        {
            if (path.Name.StartsWith("x-", StringComparison.Ordinal))
                continue;
            var address = OperationDescription.AddressOf(path.Name);
            if (address.Length == 0 || address[0] != '/' || address.IndexOf('\\') >= 0 || !ParameterReader.IsWellFormed(address))
            {
                const string Expected = "a path that begins with '/', has no '\\', and whose templates are names in braces";
                problems.Add(Problems.BadKeyword.At(path.NameRange, path.Name, Expected));
                continue;
            }
            if (references.Follow(paths.Property(path)) is not { } item)
                continue;
            foreach (var member in item.Node)
            {
                if (IsMethod(member.Name) && member.IsObject)
                    yield return (path, item, member);
                else if (IsMethod(member.Name))
                    problems.Add(Problems.BadKeyword.At(member.Range, member.Name, "an object"));
                else if (!IsOther(member.Name))
                    problems.Add(Problems.MethodLeftOut.At(member.NameRange, member.Name, path.Name));
            }
        }
    }

    private static bool IsOther(string name) =>
        name is "$ref" or "summary" or "description" or "servers" or "parameters" || name.StartsWith("x-", StringComparison.Ordinal);
}
