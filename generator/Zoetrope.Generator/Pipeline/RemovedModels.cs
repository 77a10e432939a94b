using System.Collections.Immutable;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// Finds models that the lock file has names of and no document describes any more, so that code that does not compile without them has its reason beside it.
/// </summary>
internal static class RemovedModels
{
    /// <summary>The stage.</summary>
    public static FlowValues<EquatableArray<PlacedProblem>> Find(FlowValues<ParsedSpec> documents) => documents
        .Select(static (file, _) => FactsOf(file))
        .Collect()
        .SelectMany(
            static (facts, _) => Find(facts) is { Count: > 0 } problems ? [problems] : Array.Empty<EquatableArray<PlacedProblem>>(), StageNames.Removed);

    private static Facts FactsOf(ParsedSpec file)
    {
        var endpoint = file.Document.Endpoint;
        var locked = file.Document.Lock;
        return new(
            file.SortKey, file.Path, endpoint?.Provider, endpoint?.Id,
            (locked?.Names ?? default).Where(name => IsModel(name.Key)).ToEquatableArray(),
            (locked?.Files ?? default).Select(one => one.Path).ToEquatableArray());
    }

    private static EquatableArray<PlacedProblem> Find(ImmutableArray<Facts> files)
    {
        if (files.FirstOrDefault(file => file.Names.Count > 0) is not { } locked)
            return default;
        var known = new HashSet<string>(
            files.Where(file => file.Id is not null).Select(file => NameKeys.Endpoint(file.Provider!, file.Id!)), StringComparer.Ordinal);
        var whole = new HashSet<string>(
            files.GroupBy(file => file.Provider, StringComparer.Ordinal).Where(group => group.Key is not null && IsWhole(group, locked, files))
                .Select(group => group.Key!),
            StringComparer.Ordinal);
        return locked.Names
            .Where(name => !known.Contains(name.Key) && whole.Contains(ProviderOf(name.Key)))
            .Select(name => PlacedProblem.Of(
                GeneratorProblems.RemovedModel, new(locked.Path, NameKeys.PointerOf(name.Key)), name.Key.Substring(ProviderOf(name.Key).Length + 1),
                ProviderOf(name.Key), name.Name))
            .ToEquatableArray();
    }

    /// <summary>
    /// Whether the project has the documents of a provider, and not some of them: at least half of those that the lock file lists in the folders of those that
    /// it has.
    /// </summary>
    private static bool IsWhole(IEnumerable<Facts> ofProvider, Facts locked, ImmutableArray<Facts> files)
    {
        var root = FolderOf(locked.SortKey);
        var folders = new HashSet<string>(ofProvider.Select(file => FolderOf(file.SortKey)), StringComparer.Ordinal);
        var listed = locked.Files.Select(path => root + path).Where(path => folders.Contains(FolderOf(path))).ToList();
        var present = new HashSet<string>(files.Select(file => file.SortKey), StringComparer.Ordinal);
        return listed.Count(present.Contains) * 2 >= listed.Count;
    }

    private static string FolderOf(string path) => path.Substring(0, path.LastIndexOf('/') + 1);

    private static bool IsModel(string key) => NameKeys.OwnerOf(key) == key && ProviderOf(key) is not ("" or "api");

    private static string ProviderOf(string key) => key.Substring(0, Math.Max(key.IndexOf(':'), 0));

    /// <summary>What of a file decides.</summary>
    private sealed record Facts(
        string SortKey, string Path, string? Provider, string? Id, EquatableArray<LockedName> Names, EquatableArray<string> Files);
}
