using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
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
        var before = SpecRun.Of(former.Select(FileOf), names: null, cancellationToken);
        var after = SpecRun.Of(latter.Select(FileOf), () => NamesOf(before), cancellationToken);
        var (oldLocations, newLocations) = (new DocumentLocations(before.Files), new DocumentLocations(after.Files));
        var changes = new VersionComparer(VersionReader.Read(before.Pipeline), VersionReader.Read(after.Pipeline))
            .Compare((at, isOld) => (isOld ? oldLocations : newLocations).Of(at.Path)?.PositionOf(at.Pointer) ?? (1, 1));
        return new(changes, [.. after.Problems.Where(problem => problem.Kind.Severity == ProblemSeverity.Error)]);
    }

    private static SpecFile NamesOf(SpecRun run) =>
        new("specs.lock.json", null, null, false, LockWriter.Write(new(default, NameAssignments.Of(run.Pipeline).ToEquatableArray())));

    private static SpecFile FileOf(SpecSource source)
    {
        var folders = source.Path.Split('/', '\\');
        var folder = folders.Length > 1 ? Identifiers.Pascal(Identifiers.Words(folders[folders.Length - 2])) : "";
        return new(source.Path, source.Provider, Identifiers.IsValid(folder) ? folder : null, false, source.Text);
    }
}
