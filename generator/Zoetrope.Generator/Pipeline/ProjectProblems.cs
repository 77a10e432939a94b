using System.Collections.Immutable;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Providers;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>Finds what is wrong with the project around the documents. It is reported once, at the first document that is concerned.</summary>
internal static class ProjectProblems
{
    /// <summary>The stage.</summary>
    public static FlowValues<EquatableArray<PlacedProblem>> Find(
        FlowValues<ParsedSpec> documents, FlowValue<ProjectOptions> options, FlowValue<EmitOptions> emitOptions) => documents
        .Choose(ProviderOf)
        .Collect()
        .Combine(options)
        .Combine(emitOptions)
        .SelectMany(static (all, _) => Find(all.Left.Left, all.Left.Right, all.Right) is { Count: > 0 } problems
            ? [problems]
            : Array.Empty<EquatableArray<PlacedProblem>>(), StageNames.Project);

    private static ProviderOfFile? ProviderOf(ParsedSpec file) =>
        !file.IsReference && (file.Document.Endpoint is not null || file.Document.Api is not null)
            ? new(file.Path, file.Document.Endpoint?.Provider ?? "")
            : null;

    private static EquatableArray<PlacedProblem> Find(ImmutableArray<ProviderOfFile> files, ProjectOptions options, EmitOptions emitOptions)
    {
        var sorted = files.OrderBy(file => file.Path.Replace('\\', '/'), StringComparer.Ordinal).ToList();
        if (sorted.Count == 0)
            return default;
        var problems = new List<PlacedProblem>();
        var first = new SpecLocation(sorted[0].Path, "");
        foreach (var bad in options.BadNamespaces)
        {
            var split = bad.IndexOf('=');
            problems.Add(PlacedProblem.Of(GeneratorProblems.BadNamespace, first, bad.Substring(split + 1), bad.Substring(0, split)));
        }
        if (emitOptions.LanguageVersion < EmitOptions.Oldest)
            problems.Add(PlacedProblem.Of(
                GeneratorProblems.LanguageTooOld,
                first,
                DocumentText.Number(emitOptions.LanguageVersion >= 100 ? emitOptions.LanguageVersion / 100 : emitOptions.LanguageVersion)));
        if (!emitOptions.HasCore)
            problems.Add(PlacedProblem.Of(GeneratorProblems.CoreMissing, first));
        foreach (var group in sorted.GroupBy(file => file.Provider, StringComparer.Ordinal))
        {
            if (emitOptions.HasCore && emitOptions.ClientOf(group.Key) is null && ProviderProfiles.Of(group.Key)?.Package is { } package)
                problems.Add(PlacedProblem.Of(GeneratorProblems.ClientMissing, new(group.First().Path, ""), group.Key, package));
        }
        return problems.ToEquatableArray();
    }

    private sealed record ProviderOfFile(string Path, string Provider);
}
