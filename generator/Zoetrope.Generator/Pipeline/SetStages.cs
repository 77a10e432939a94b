using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>Documents that are read as one: problems of that one belong to the document that says what is wrong.</summary>
internal static class SetStages
{
    /// <summary>The sets of pages that make one API each.</summary>
    public static FlowValue<EquatableArray<DocumentSet>> OfPages(FlowValues<Reading> readings) => readings
        .Where(static reading => reading.Document is { Kind: SpecKind.OperationPage })
        .Collect()
        .Select(static (pages, _) => DocumentSet.OfPages(pages.Select(static page => (page.File, page.Document!))));

    /// <summary>All sets of documents.</summary>
    public static FlowValue<EquatableArray<DocumentSet>> Of(FlowValues<DeclaredProvider> providers, FlowValue<EquatableArray<DocumentSet>> pages) =>
        providers.Choose(static provider => provider.Documents).Collect().Combine(pages)
            .Select(static (pair, _) => pair.Left.Concat(pair.Right).Distinct().ToEquatableArray());

    /// <summary>What pages of one API contradict each other in.</summary>
    public static FlowValues<EquatableArray<PlacedProblem>> Contradictions(FlowValue<EquatableArray<DocumentSet>> pages) => pages
        .SelectMany(static (sets, _) => sets
            .Select(static set => set.Merge().Problems
                .Select(found => new PlacedProblem(
                    found.Problem.Kind, new(set.Files[found.Document].Path, found.Problem.Pointer), null, found.Problem.Arguments))
                .ToEquatableArray())
            .Where(static problems => problems.Count > 0));

    /// <summary>Problems at their documents.</summary>
    public static IEnumerable<FlowValues<EquatableArray<PlacedProblem>>> Locate(
        IEnumerable<FlowValues<EquatableArray<PlacedProblem>>> stages, FlowValue<EquatableArray<DocumentSet>> sets) =>
            stages.Select(problems => problems.Combine(sets).SelectMany(static (pair, _) => new[] { Locate(pair.Left, pair.Right) }));

    private static EquatableArray<PlacedProblem> Locate(EquatableArray<PlacedProblem> problems, EquatableArray<DocumentSet> sets)
    {
        foreach (var set in sets)
        {
            var path = set.Path;
            if (!problems.Any(problem => problem.At.Path == path || problem.Other?.Path == path))
                continue;
            var merged = set.Merge();
            problems = problems.Select(problem => problem with { At = Find(problem.At)!, Other = Find(problem.Other) }).ToEquatableArray();

            SpecLocation? Find(SpecLocation? location)
            {
                if (location?.Path != path)
                    return location;
                var (document, pointer) = merged.Find(location.Pointer);
                return new(set.Files[document].Path, pointer);
            }
        }
        return problems;
    }
}
