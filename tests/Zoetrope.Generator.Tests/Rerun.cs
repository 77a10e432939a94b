using Microsoft.CodeAnalysis;
using Zoetrope.Generator.Pipeline;

namespace Zoetrope.Generator.Tests;

/// <summary>Two runs of one driver with an edit between them, and what the second one did again.</summary>
internal sealed record Rerun(GeneratorRunResult Before, GeneratorRunResult After)
{
    /// <summary>Runs, edits and runs again.</summary>
    public static Rerun Of(Project project, Func<GeneratorDriver, GeneratorDriver> edit, Compilation? compilation = null)
    {
        var before = project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        var after = edit(before).RunGenerators(compilation ?? project.Compilation, TestContext.Current.CancellationToken);
        return new(before.GetRunResult().Results[0], after.GetRunResult().Results[0]);
    }

    /// <summary>The reason of each output of a step in the second run.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string step) =>
        After.TrackedSteps.GetValueOrDefault(step, []).SelectMany(run => run.Outputs).Select(output => output.Reason);

    /// <summary>The steps whose function was called, with how often. A step whose inputs are the same is not called.</summary>
    public IReadOnlyDictionary<string, int> Called { get; } = Count(After, reason => reason is not IncrementalStepRunReason.Cached);

    /// <summary>The steps that gave something else than before, with how many outputs that are.</summary>
    public IReadOnlyDictionary<string, int> Changed { get; } =
        Count(After, reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    /// <summary>The files that were added, written anew or removed.</summary>
    public IReadOnlyList<string> Files { get; } =
    [
        .. Before.GeneratedSources.Concat(After.GeneratedSources).GroupBy(source => source.HintName)
            .Where(group => group.Count() == 1 || group.First().SourceText != group.Last().SourceText)
            .Select(group => group.Key).Order(StringComparer.Ordinal),
    ];

    private static Dictionary<string, int> Count(GeneratorRunResult result, Func<IncrementalStepRunReason, bool> counts) => result.TrackedSteps
        .Where(step => typeof(StageNames).GetFields().Any(field => (string)field.GetRawConstantValue()! == step.Key))
        .Select(step => (step.Key, Count: step.Value.SelectMany(run => run.Outputs).Count(output => counts(output.Reason))))
        .Where(step => step.Count > 0)
        .ToDictionary(step => step.Key, step => step.Count);
}
