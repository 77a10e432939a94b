using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Finds what is wrong with the project around the documents. It is told once, at the first document that is concerned.</summary>
internal static class ProjectProblems
{
    /// <summary>The step.</summary>
    public static IncrementalValuesProvider<EquatableArray<PlacedProblem>> Find(
        IncrementalValuesProvider<ReadFile> documents, IncrementalValueProvider<ProjectOptions> options, IncrementalValueProvider<EmitOptions> emitOptions) => documents
        .Select(static (file, _) => ProviderOf(file))
        .Where(static file => file is not null)
        .Select(static (file, _) => file!)
        .Collect()
        .Combine(options)
        .Combine(emitOptions)
        .SelectMany(static (all, _) => ImmutableArray.Create(Find(all.Left.Left, all.Left.Right, all.Right)))
        .WithTrackingName(StepNames.Project);

    /// <summary>The same, outside the pipeline.</summary>
    public static EquatableArray<PlacedProblem> Find(IEnumerable<ReadFile> documents, ProjectOptions options, EmitOptions emitOptions) =>
        Find(documents.Select(ProviderOf).OfType<ProviderOfFile>().ToImmutableArray(), options, emitOptions);

    private static ProviderOfFile? ProviderOf(ReadFile file) =>
        !file.IsReference && (file.Document.Endpoint is not null || file.Document.Api is not null) ? new(file.Path, file.Document.Endpoint?.Provider ?? "") : null;

    private static EquatableArray<PlacedProblem> Find(ImmutableArray<ProviderOfFile> files, ProjectOptions options, EmitOptions emitOptions)
    {
        var sorted = files.OrderBy(file => file.Path.Replace('\\', '/'), StringComparer.Ordinal).ToList();
        if (sorted.Count == 0)
            return default;
        var problems = new List<PlacedProblem>();
        var first = new Place(sorted[0].Path, "");
        foreach (var bad in options.BadNamespaces)
        {
            var split = bad.IndexOf('=');
            problems.Add(PlacedProblem.Of(GeneratorProblems.BadNamespace, first, bad.Substring(split + 1), bad.Substring(0, split)));
        }
        if (emitOptions.LanguageVersion < EmitOptions.Oldest)
            problems.Add(PlacedProblem.Of(GeneratorProblems.LanguageTooOld, first, Literals.Number(emitOptions.LanguageVersion >= 100 ? emitOptions.LanguageVersion / 100 : emitOptions.LanguageVersion)));
        if (!emitOptions.HasCore)
            problems.Add(PlacedProblem.Of(GeneratorProblems.CoreMissing, first));
        foreach (var group in sorted.GroupBy(file => file.Provider, StringComparer.Ordinal))
        {
            if (emitOptions.HasCore && emitOptions.ClientOf(group.Key) is null && ClientNames.PackageOf(group.Key) is { } package)
                problems.Add(PlacedProblem.Of(GeneratorProblems.ClientMissing, new(group.First().Path, ""), group.Key, package));
        }
        return problems.ToEquatableArray();
    }

    private sealed record ProviderOfFile(string Path, string Provider);
}
