using System.Collections.Immutable;
using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>The version step that a change of documents asks for, by semantic versioning.</summary>
public enum VersionStep
{
    /// <summary>None: nothing changed.</summary>
    None,

    /// <summary>The last number: only documentation changed.</summary>
    Patch,

    /// <summary>The second number: all changes are compatible.</summary>
    Minor,

    /// <summary>The first number: there is a breaking change.</summary>
    Major,
}

/// <summary>What changes of the generated C#, and of what it validates, when documents change. It needs no compiler.</summary>
public sealed class SpecDiff
{
    private SpecDiff(IReadOnlyList<SpecChange> changes, IReadOnlyList<LocatedProblem> errors) => (Changes, Errors) = (changes, errors);

    /// <summary>The changes, breaking ones first.</summary>
    public IReadOnlyList<SpecChange> Changes { get; }

    /// <summary>The errors of the new documents, of which nothing can be generated.</summary>
    public IReadOnlyList<LocatedProblem> Errors { get; }

    /// <summary>The version step.</summary>
    public VersionStep Step => Changes.Count == 0 ? VersionStep.None : (VersionStep)((int)Changes.Max(change => change.Impact) + 1);

    /// <summary>
    /// Compares two versions of documents. Names are those of each version's lock file; where the new one has none, names stay as they were, as with
    /// <c>zoetrope specs update</c>. Each folder has a namespace of its own.
    /// </summary>
    /// <param name="former">The old documents, with their lock file and catalog where there are any.</param>
    /// <param name="latter">The new ones.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    public static SpecDiff Between(IReadOnlyList<SpecSource> former, IReadOnlyList<SpecSource> latter, CancellationToken cancellationToken = default)
    {
        var before = Run(former.Select(FileOf).ToImmutableArray(), cancellationToken);
        var files = latter.Select(FileOf).ToImmutableArray();
        if (!ListFlow.ValuesOf(SpecPipeline.Read(new ListFlow(null, cancellationToken).Values(files))).Any(reading => reading.Document?.Lock is not null))
        {
            var text = LockWriter.Write(new(default, before.Names.ToEquatableArray()));
            files = files.Add(new("specs.lock.json", null, null, false, text));
        }
        var after = Run(files, cancellationToken);
        var (oldPositions, newPositions) = (new Positions(before.Files), new Positions(files));
        var changes = new VersionComparer(before.Version, after.Version).Compare((at, isOld) => (isOld ? oldPositions : newPositions).Of(at));
        return new(changes, after.Errors);
    }

    private static SpecFile FileOf(SpecSource source)
    {
        var folders = source.Path.Split('/', '\\');
        var folder = folders.Length > 1 ? Identifiers.Pascal(Identifiers.Words(folders[folders.Length - 2])) : "";
        return new(source.Path, source.Provider, Identifiers.IsValid(folder) ? folder : null, false, source.Text);
    }

    private static (GeneratedVersion Version, ImmutableArray<SpecFile> Files, IReadOnlyList<LockedName> Names, IReadOnlyList<LocatedProblem> Errors) Run(
        ImmutableArray<SpecFile> files, CancellationToken cancellationToken)
    {
        var flow = new ListFlow(cache: null, cancellationToken);
        var readings = SpecPipeline.Read(flow.Values(files));
        var pipeline = SpecPipeline.Of(readings, flow.Value(ProjectOptions.Default), flow.Value(EmitOptions.Everything));
        var version = VersionReader.Read(pipeline);
        var placed = pipeline.Problems.SelectMany(ListFlow.ValuesOf).SelectMany(problems => problems).ToEquatableArray();
        var errors = ListFlow.ValuesOf(readings).SelectMany(reading => ProblemLocator.Locate(reading.File, reading.Problems))
            .Concat(ProblemLocator.Locate(new PlacedProblems(placed, files.ToEquatableArray())))
            .Where(problem => problem.Kind.Severity == ProblemSeverity.Error)
            .Distinct();
        return (version, files, NameAssignments.Of(pipeline), [.. errors]);
    }

    /// <summary>The positions of places in documents.</summary>
    private sealed class Positions(ImmutableArray<SpecFile> files)
    {
        private readonly Dictionary<string, FileLocations?> _known = new(StringComparer.Ordinal);

        public (int Line, int Column) Of(SpecLocation at)
        {
            if (!_known.TryGetValue(at.Path, out var locations))
                _known.Add(at.Path, locations = files.FirstOrDefault(file => file.Path == at.Path) is { } file ? new(file) : null);
            return locations?.PositionOf(at.Pointer) ?? (1, 1);
        }
    }
}
