using System.Collections.Immutable;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>A document to check.</summary>
/// <param name="Path">Its path; problems show it.</param>
/// <param name="Text">The document.</param>
/// <param name="Provider">The provider, where the user says so; used only where the content does not tell. Null by default.</param>
public sealed record SpecSource(string Path, string Text, string? Provider = null);

/// <summary>Runs the generator's steps outside a compiler, for what they say about the documents. It needs none of the compiler's types.</summary>
public static class SpecChecks
{
    // The code is made and thrown away: a failure there is a problem of the document like any other.
    private static readonly EmitOptions _everything = new(EmitOptions.Newest, HasCore: true, HasFal: true, HasEachlabs: true, HasRouter: true);

    private static readonly ProjectOptions _project = new("Models", "Models.Neutral", default);

    /// <summary>
    /// The problems that a build reports which names all these documents, at the same places. They are in the order of paths (ordinal, with
    /// forward slashes), lines, columns and ids. Only what concerns the project instead of a document is not told: its language version, references and namespaces.
    /// </summary>
    /// <param name="sources">The documents, in any order; catalogs and lock files among them.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="OperationCanceledException">The check was stopped.</exception>
    public static IReadOnlyList<LocatedProblem> Run(IEnumerable<SpecSource> sources, CancellationToken cancellationToken = default)
    {
        var files = sources.Select(source => new SpecFile(source.Path, source.Provider, null, false, source.Text)).ToImmutableArray();
        var problems = new List<LocatedProblem>();
        var documents = ImmutableArray.CreateBuilder<ReadFile>();
        foreach (var file in files)
        {
            var reading = Steps.Read(file, cancellationToken);
            problems.AddRange(ProblemLocator.Locate(file, reading.Problems));
            if (reading.Document is not null)
                documents.Add(new(file.Path, null, false, reading.Document));
        }
        problems.AddRange(ProblemLocator.Locate(new PlacedProblems(Generate(documents.ToImmutable(), cancellationToken).ToEquatableArray(), files.ToEquatableArray())));
        return [.. problems
            .OrderBy(problem => problem.Path.Replace('\\', '/'), StringComparer.Ordinal)
            .ThenBy(problem => problem.Range.Start)
            .ThenBy(problem => problem.Kind.Id, StringComparer.Ordinal)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal)];
    }

    private static List<PlacedProblem> Generate(ImmutableArray<ReadFile> documents, CancellationToken cancellationToken)
    {
        var problems = new List<PlacedProblem>();
        var endpoints = ImmutableArray.CreateBuilder<BoundEndpoint>();
        foreach (var group in DocumentGroups.Group(documents, _project.Namespace, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bound = Keep(Steps.Bind(Keep(Steps.Merge(group)), cancellationToken));
            if (bound is not null)
                endpoints.Add(bound);
            Keep(Steps.Emit(bound, _everything));
        }
        var catalogs = documents.Where(file => file.Document.Catalog is not null).ToImmutableArray();
        foreach (var source in NeutralGroups.Group(catalogs, endpoints.ToImmutable(), _project.CatalogNamespace))
            Keep(Steps.EmitNeutral(Keep(Steps.BindNeutral(source, _project)), _everything));
        return problems;

        T? Keep<T>(Outcome<T> outcome)
            where T : class, IEquatable<T>
        {
            problems.AddRange(outcome.Problems);
            return outcome.Value;
        }
    }
}
