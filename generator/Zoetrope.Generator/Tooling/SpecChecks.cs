using Zoetrope.Generator.Diagnostics;

namespace Zoetrope.Generator.Tooling;

/// <summary>A document to check.</summary>
/// <param name="Path">Its path; problems show it.</param>
/// <param name="Text">The document.</param>
/// <param name="Provider">The provider, where the user says so; used only where the content does not identify it. Null by default.</param>
public sealed record SpecSource(string Path, string Text, string? Provider = null);

/// <summary>Runs the generator's stages outside a compiler, for what they say about the documents. It needs none of the compiler's types.</summary>
public static class SpecChecks
{
    /// <summary>
    /// The problems that a build reports which names all these documents, at the same locations. They are in the order of paths (ordinal, with
    /// forward slashes), lines, columns and ids. Only what concerns the project instead of a document is not reported: its language version, references and
    /// namespaces.
    /// </summary>
    /// <param name="sources">The documents, in any order; catalogs and lock files among them.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="OperationCanceledException">The check was stopped.</exception>
    public static IReadOnlyList<LocatedProblem> Run(IEnumerable<SpecSource> sources, CancellationToken cancellationToken = default)
    {
        return [.. SpecRun.Of(sources, cancellationToken).Problems
            .OrderBy(problem => problem.Path.Replace('\\', '/'), StringComparer.Ordinal)
            .ThenBy(problem => problem.Range.Start)
            .ThenBy(problem => problem.Kind.Id, StringComparer.Ordinal)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal)];
    }
}
