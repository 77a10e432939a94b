using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Specs.Jobs;

/// <summary>What every request of a declared provider has: an operation that needs something else would never work.</summary>
/// <param name="Server">The address below which the operations are; null where it is not known.</param>
/// <param name="Headers">The headers and their values; null for one whose value differs from request to request.</param>
internal sealed record CommonFacts(string? Server, IReadOnlyList<(string Name, string? Value)> Headers)
{
    // These are the client's own.
    private static readonly HashSet<string> _own = new(["Accept", "Authorization", "Content-Type"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The facts of a declaration.</summary>
    /// <param name="root">The declaration.</param>
    /// <param name="document">Its document.</param>
    public static CommonFacts Of(DeclarationSection root, JobsDocument document)
    {
        var headers = new List<(string, string?)> { (root["auth"].Node["header"].String ?? "Authorization", null) };
        foreach (var extra in new[] { "idempotency", "ownId", "webhook" })
        {
            if (root[extra].Node["header"].String is { } name)
                headers.Add((name, null));
        }
        foreach (var header in root["headers"].Node.IsObject ? root["headers"].Node : default)
            headers.Add((header.Name, header.String));
        return new(root["server"].Node.String ?? document.Server, headers);
    }

    /// <summary>Reports what an operation needs, and requests do not have.</summary>
    public void Report(JobsOperation operation, JobsDocument document, string at, List<SpecProblem> problems)
    {
        if (document.ServerOf(operation) is { } server && Server is not null && server.TrimEnd('/') != Server.TrimEnd('/'))
        {
            problems.Add(JobsProblems.BadMember.AtPointer(
                at, operation.Name, $"an operation of {Server}; the document has it at {server}, which 'server' can name for all operations"));
        }
        foreach (var parameter in document.RequiredHeadersOf(operation))
        {
            var name = parameter.Node["name"].String!;
            var given = Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (given.Count == 0 && !_own.Contains(name))
                problems.Add(JobsProblems.BadMember.AtPointer(at, operation.Name, $"an operation whose required headers are in 'headers'; '{name}' is not"));
            var values = SchemaPaths.ValuesOf(parameter["schema"]).Select(value => value.Node.String).OfType<string>().ToList();
            if (given.Count > 0 && given[0].Value is { } value && values.Count > 0 && !values.Contains(value))
            {
                problems.Add(JobsProblems.BadMember.AtPointer(
                    at, operation.Name, $"an operation that takes '{value}' in the header '{name}'; it takes {string.Join(", ", values)}"));
            }
        }
    }
}
