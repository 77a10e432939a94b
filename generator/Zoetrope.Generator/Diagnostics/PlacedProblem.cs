using Zoetrope.Generator.Inputs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>A place in a document, without its position.</summary>
/// <param name="Path">The document's path.</param>
/// <param name="Pointer">The place in it (see <see cref="Schema.Pointer"/>).</param>
internal sealed record SpecLocation(string Path, string Pointer);

/// <summary>A problem that merging or binding found. Positions are looked up in the last step only.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="At">Where.</param>
/// <param name="Other">The other place that the message names as its last argument, or null.</param>
/// <param name="Arguments">What fills the message.</param>
internal sealed record PlacedProblem(ProblemKind Kind, SpecLocation At, SpecLocation? Other, EquatableArray<string> Arguments)
{
    /// <summary>A problem of one place.</summary>
    public static PlacedProblem Of(ProblemKind kind, SpecLocation at, params string[] arguments) => new(kind, at, null, new(arguments));
}

/// <summary>
/// Problems with the documents that they name: all that finding their positions takes, so that an edit of another document does not look for them again.
/// </summary>
/// <param name="Problems">The problems.</param>
/// <param name="Files">The documents, in no order that counts.</param>
internal sealed record PlacedProblems(EquatableArray<PlacedProblem> Problems, EquatableArray<SpecFile> Files)
{
    /// <summary>Takes the documents that the problems name.</summary>
    public static PlacedProblems Of(EquatableArray<PlacedProblem> problems, IReadOnlyDictionary<string, SpecFile> files)
    {
        // Nearly always one, and this is done for all problems whenever a document changes.
        var named = new List<SpecFile>(1);
        foreach (var problem in problems)
        {
            Add(problem.At);
            Add(problem.Other);
        }
        return new(problems, named.ToEquatableArray());

        void Add(SpecLocation? location)
        {
            if (location is not null && files.TryGetValue(location.Path, out var file) && !named.Contains(file))
                named.Add(file);
        }
    }

    /// <summary>The documents by their paths.</summary>
    public static IReadOnlyDictionary<string, SpecFile> ByPath(IReadOnlyCollection<SpecFile> files)
    {
        var byPath = new Dictionary<string, SpecFile>(files.Count, StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!byPath.ContainsKey(file.Path))
                byPath.Add(file.Path, file);
        }
        return byPath;
    }
}
