using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>An operation where it was found.</summary>
/// <param name="Path">Its path, as a property.</param>
/// <param name="Item">The path item that holds it.</param>
/// <param name="Method">The method as it is sent.</param>
/// <param name="At">The operation.</param>
internal readonly record struct FoundOperation(JsonNode Path, JsonLocation Item, string Method, JsonLocation At);

/// <summary>Walks the paths of a document.</summary>
internal static class PathItems
{
    /// <summary>The member that holds the operations of methods that have no member of their own (OpenAPI 3.2).</summary>
    public const string More = "additionalOperations";

    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>Every operation. What is none of these is reported.</summary>
    public static IEnumerable<FoundOperation> Operations(JsonNode root, ReferenceResolver references, List<SpecProblem> problems)
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
            foreach (var operation in OperationsOf(path, item, problems))
                yield return operation;
        }
    }

    /// <summary>The operations of a path item, or of a webhook, which has the same form.</summary>
    /// <param name="path">The path, or the webhook, as a property.</param>
    /// <param name="item">The path item.</param>
    /// <param name="problems">Where problems go.</param>
    public static IEnumerable<FoundOperation> OperationsOf(JsonNode path, JsonLocation item, List<SpecProblem> problems)
    {
        foreach (var member in item.Node)
        {
            if (OperationDescription.IsMethod(member.Name) && member.IsObject)
                yield return new(path, item, member.Name.ToUpperInvariant(), item.Property(member));
            else if (OperationDescription.IsMethod(member.Name))
                problems.Add(Problems.BadKeyword.At(member.Range, member.Name, "an object"));
            else if (member is { Name: More, IsObject: false })
                problems.Add(Problems.BadKeyword.At(member.Range, More, "an object with an operation for each method"));
            else if (member.Name == More)
            {
                foreach (var operation in MoreOf(path, item, item.Property(member), problems))
                    yield return operation;
            }
            else if (!IsOther(member.Name))
                problems.Add(Problems.MethodLeftOut.At(member.NameRange, member.Name, path.Name));
        }
    }

    private static IEnumerable<FoundOperation> MoreOf(JsonNode path, JsonLocation item, JsonLocation more, List<SpecProblem> problems)
    {
        foreach (var member in more.Node)
        {
            var method = member.Name;
            if (method.StartsWith("x-", StringComparison.Ordinal) && !member["responses"].Exists)
                continue;
            if (Refusal(method) is { } refusal)
                problems.Add(Problems.AdditionalMethodLeftOut.At(member.NameRange, method, path.Name, refusal));
            else if (!member.IsObject)
                problems.Add(Problems.BadKeyword.At(member.Range, method, "an object"));
            else
                yield return new(path, item, method, more.Property(member));
        }
    }

    /// <summary>Why a method cannot be an additional one; null where it can.</summary>
    private static string? Refusal(string method)
    {
        if (method.Length == 0 || !method.All(unit => IsTokenUnit(unit)))
            return "it is not a valid HTTP method: letters, digits and " + TokenMarks + " are allowed";
        // HTTP methods have case, but HttpClient sends the common ones in capitals in any spelling.
        var member = method.ToLowerInvariant();
        if (OperationDescription.IsMethod(member))
            return $"move it to the member '{member}' of the path";
        return member == "connect" ? "CONNECT asks a proxy for a tunnel, which an operation cannot use" : null;
    }

    private static bool IsTokenUnit(char unit) =>
        unit is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || TokenMarks.IndexOf(unit) >= 0;

    private static bool IsOther(string name) =>
        name is "$ref" or "summary" or "description" or "servers" or "parameters" || name.StartsWith("x-", StringComparison.Ordinal);
}
