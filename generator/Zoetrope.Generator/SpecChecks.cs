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
        var placed = Find(documents.ToImmutable(), _project, _everything, new(), cancellationToken).ToEquatableArray();
        problems.AddRange(ProblemLocator.Locate(new PlacedProblems(placed, files.ToEquatableArray())));
        return [.. problems
            .Distinct()
            .OrderBy(problem => problem.Path.Replace('\\', '/'), StringComparer.Ordinal)
            .ThenBy(problem => problem.Range.Start)
            .ThenBy(problem => problem.Kind.Id, StringComparer.Ordinal)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal)];
    }

    /// <summary>The problems that merging, binding and emitting find in all documents of a project.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="project">What the project decides.</param>
    /// <param name="emitOptions">How to emit, or null to emit nothing: then only a failure of the emitter goes unseen.</param>
    /// <param name="memory">What was made of the documents before.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    internal static List<PlacedProblem> Find(
        ImmutableArray<ReadFile> documents, ProjectOptions project, EmitOptions? emitOptions, StepMemory memory, CancellationToken cancellationToken)
    {
        var problems = new List<PlacedProblem>();
        var endpoints = ImmutableArray.CreateBuilder<BoundEndpoint>();
        var groups = DocumentGroups.Group(documents, project.Namespace, cancellationToken);
        foreach (var group in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var merged = Keep(memory.Of(group.Documents[0].Endpoint, group, Steps.Merge));
            var bound = merged is null ? null : Keep(memory.Of(merged, merged, one => Steps.Bind(one, cancellationToken)));
            if (bound is not null)
                endpoints.Add(bound);
            if (emitOptions is not null)
                Keep(Steps.Emit(bound, emitOptions));
        }
        foreach (var document in ApiGroups.Group(documents, groups.Select(group => new IndexEntry(group.Namespace, group.Name)), project.Namespace, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var api = Keep(memory.Of(document.Api, document, one => Steps.BindApi(one, cancellationToken)));
            if (api is null || emitOptions is null)
                continue;
            foreach (var unit in ApiUnit.Of(api))
                Keep(Steps.EmitApi(unit, emitOptions));
        }
        var catalogs = documents.Where(file => file.Document.Catalog is not null).ToImmutableArray();
        foreach (var source in NeutralGroups.Group(catalogs, endpoints.ToImmutable(), project.CatalogNamespace))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var neutral = Keep(memory.Of(source.Model, (Source: source, Project: project), static both => Steps.BindNeutral(both.Source, both.Project)));
            if (emitOptions is not null)
                Keep(Steps.EmitNeutral(neutral, emitOptions));
        }
        return problems;

        T? Keep<T>(Outcome<T> outcome)
            where T : class, IEquatable<T>
        {
            problems.AddRange(outcome.Problems);
            return outcome.Value;
        }
    }
}
