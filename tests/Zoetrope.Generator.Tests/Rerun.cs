using Microsoft.CodeAnalysis;
using Zoetrope.Generator.Flows;

namespace Zoetrope.Generator.Tests;

/// <summary>Two runs of one driver with an edit between them, and what the second one did again.</summary>
internal sealed record Rerun(GeneratorRunResult Before, GeneratorRunResult After, IReadOnlyDictionary<string, IReadOnlyList<LoggedRow>> Steps)
{
    /// <summary>Runs, edits and runs again.</summary>
    public static Rerun Of(Project project, Func<GeneratorDriver, GeneratorDriver> edit, Compilation? compilation = null)
    {
        var before = project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        var after = edit(before).RunGenerators(compilation ?? project.Compilation, TestContext.Current.CancellationToken);
        return new(before.GetRunResult().Results[0], after.GetRunResult().Results[0], project.Log.Steps);
    }

    /// <summary>Runs, replaces a document and runs again.</summary>
    public static Rerun Of(Project project, string path, Func<Spec, Spec> edit)
    {
        var old = project.Texts.Single(text => text.Path == path);
        return Of(project, driver => driver.ReplaceAdditionalText(old, new SpecText(edit(old.Spec))));
    }

    /// <summary>What became of each row of a step in the second run.</summary>
    public IEnumerable<RowChange> Changes(string step) => Steps.GetValueOrDefault(step, []).Select(row => row.Change);

    /// <summary>The steps whose function was called, with how often. A step whose inputs are the same is not called.</summary>
    public IReadOnlyDictionary<string, int> Called { get; } = Count(Steps, change => change is not RowChange.Cached);

    /// <summary>The steps that gave something else than before, with how many rows that are.</summary>
    public IReadOnlyDictionary<string, int> Changed { get; } = Count(Steps, change => change is not (RowChange.Cached or RowChange.Unchanged));

    /// <summary>What the compiler did with the rows that are sources and diagnostics.</summary>
    public IEnumerable<IncrementalStepRunReason> Outputs =>
        After.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason);

    /// <summary>The files that were added, written anew or removed.</summary>
    public IReadOnlyList<string> Files { get; } =
    [
        .. Before.GeneratedSources.Concat(After.GeneratedSources).GroupBy(source => source.HintName)
            .Where(group => group.Count() == 1 || group.First().SourceText != group.Last().SourceText)
            .Select(group => group.Key).Order(StringComparer.Ordinal),
    ];

    private static Dictionary<string, int> Count(IReadOnlyDictionary<string, IReadOnlyList<LoggedRow>> steps, Func<RowChange, bool> counts) => steps
        .Select(step => (step.Key, Count: step.Value.Count(row => counts(row.Change))))
        .Where(step => step.Count > 0)
        .ToDictionary(step => step.Key, step => step.Count);
}
