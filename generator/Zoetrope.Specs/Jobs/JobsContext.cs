using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs;

/// <summary>What the readers of one declaration share: its document, and the problems found so far.</summary>
/// <param name="Declaration">The name of the declaration, for messages.</param>
/// <param name="Document">The document.</param>
/// <param name="Schemas">The document with schemas of models; null where there is none.</param>
/// <param name="Problems">The problems of the declaration.</param>
/// <param name="DocumentProblems">The problems of the document.</param>
/// <param name="CancellationToken">Stops the reading.</param>
internal sealed record JobsContext(
    string Declaration, JobsDocument Document, JobsDocument? Schemas, List<SpecProblem> Problems, List<SpecProblem> DocumentProblems,
    CancellationToken CancellationToken)
{
    private static readonly HashSet<string> _scalars = new(["string", "integer", "number", "boolean"], StringComparer.Ordinal);

    /// <summary>What every request has, against which the operations are verified.</summary>
    public CommonFacts Facts { get; init; } = new(null, []);

    /// <summary>The models of the declaration.</summary>
    public required List<JsonLocation> Models { get; init; }

    /// <summary>Whether nobody has confirmed the declaration yet.</summary>
    public bool IsProposal { get; init; }

    /// <summary>Follows pointers through the document's schemas.</summary>
    public SchemaPaths Paths { get; } = new(Document.References);

    /// <summary>The operation that a member names; null where the document has none, which is reported.</summary>
    public JobsOperation? Operation(DeclarationSection section, string member, bool isRequired)
    {
        if (section.Text(member, isRequired) is not { } name)
            return null;
        var operation = Document.Find(name);
        if (operation is null)
            Problems.Add(JobsProblems.UnknownOperation.AtPointer(section.PointerOf(member), Document.Name, name));
        else
            Facts.Report(operation, Document, section.PointerOf(member), Problems);
        return operation;
    }

    /// <summary>Adds a value that the declaration says a response has; one that the document does not describe is reported.</summary>
    /// <param name="fields">The list that receives it.</param>
    /// <param name="section">The object that has the pointer.</param>
    /// <param name="member">The member with the pointer, or several that are alternatives.</param>
    /// <param name="field">What the value says.</param>
    /// <param name="schema">The schema of the response; null where the document describes none.</param>
    /// <param name="types">The JSON types that the value may have; none for all.</param>
    public void AddField(List<FieldPointer> fields, DeclarationSection section, string member, JobField field, JsonLocation? schema, params string[] types) =>
        AddField(fields, section, member, field, [schema], types);

    /// <summary>Adds a value that the responses of several operations may have: it is enough that one of them is described with it.</summary>
    public void AddField(
        List<FieldPointer> fields, DeclarationSection section, string member, JobField field, IReadOnlyList<JsonLocation?> schemas, params string[] types)
    {
        foreach (var pointer in section.Pointers(member))
        {
            var schema = schemas.FirstOrDefault(one => one is not { } whole || Paths.Find(whole, pointer).Count > 0) ?? (schemas.Count > 0 ? schemas[0] : null);
            if (schemas.Any(one => one is null) || Verify(section.PointerOf(member), pointer, schema, types))
                fields.Add(new(pointer, field));
        }
    }

    /// <summary>
    /// Adds a value that is delivered whole. A pointer through each item of an array is reported, because the values of all items but the first would be lost.
    /// </summary>
    public void AddWhole(List<FieldPointer> fields, DeclarationSection section, string member, JsonLocation? schema, params string[] types)
    {
        foreach (var pointer in section.Pointers(member))
        {
            var steps = JsonPointer.Steps(pointer);
            if (Array.IndexOf(steps, "*") is >= 0 and var each)
            {
                var list = string.Concat(steps.Take(each).Select(step => "/" + JsonPointer.Escape(step)));
                section.Report(member, $"a pointer without '*', which would be the first item alone; \"{list}\" is the list of all items");
                return;
            }
        }
        AddField(fields, section, member, JobField.Output, schema, types);
    }

    /// <summary>Whether a pointer is one, and leads to a value of the right type; what is wrong is reported.</summary>
    public bool Verify(string at, string pointer, JsonLocation? schema, params string[] types)
    {
        if (pointer.Length > 0 && pointer[0] != '/')
        {
            Problems.Add(JobsProblems.BadMember.AtPointer(at, pointer, "a JSON pointer, which begins with '/'"));
            return false;
        }
        if (schema is not { } whole)
            return true;
        var found = Paths.Find(whole, pointer);
        if (found.Count == 0)
        {
            Problems.Add(JobsProblems.UnknownPointer.AtPointer(at, pointer, "The response that the document describes", Members(whole, pointer)));
            return false;
        }
        if (types.Length == 0 || found.Exists(schema => Fits(schema, types)))
            return true;
        var stated = string.Join(" or ", found.SelectMany(SchemaPaths.TypesOf).Distinct());
        Problems.Add(JobsProblems.WrongType.AtPointer(at, pointer, "of type " + stated, string.Join(" or ", types)));
        return false;
    }

    private static bool Fits(JsonLocation schema, string[] types)
    {
        var stated = SchemaPaths.TypesOf(schema);
        return stated.Count == 0 || stated.Exists(types.Contains) || (types.Contains("string") && stated.Exists(_scalars.Contains));
    }

    /// <summary>The members of the nearest object on the way that is described, for a message.</summary>
    private string Members(JsonLocation whole, string pointer)
    {
        for (var end = pointer.LastIndexOf('/'); end >= 0; end = end == 0 ? -1 : pointer.LastIndexOf('/', end - 1))
        {
            var around = pointer.Substring(0, end);
            var names = Paths.Find(whole, around).SelectMany(SchemaPaths.NamesOf).Distinct().ToList();
            if (names.Count > 0)
                return $"; {(around.Length == 0 ? "it" : "'" + around + "'")} has {string.Join(", ", names.Take(12))}{(names.Count > 12 ? ", …" : "")}";
        }
        return "";
    }
}
