using Zoetrope.Generator.Diagnostics;

namespace Zoetrope.Generator.Changes;

/// <summary>Compares what is generated from two versions of documents.</summary>
/// <param name="former">What was generated.</param>
/// <param name="latter">What is generated now.</param>
internal sealed class VersionComparer(GeneratedVersion former, GeneratedVersion latter)
{
    private readonly HashSet<string> _namespaces =
        [.. former.Surface.Concat(latter.Surface).Where(one => one.Kind == DeclarationKind.Type).Select(one => one.Owner).Except(
            former.Surface.Concat(latter.Surface).Where(one => one.Kind == DeclarationKind.Type).Select(one => one.FullName))];

    /// <summary>The changes, breaking ones first. They have no positions yet: those are of the documents in <paramref name="positionOf"/>.</summary>
    /// <param name="positionOf">Finds the position of a place in the new documents, or where the flag is set in the old ones.</param>
    public IReadOnlyList<SpecChange> Compare(Func<SpecLocation, bool, (int Line, int Column)> positionOf)
    {
        var changes = new List<SpecChange>();
        foreach (var (impact, declaration, isGone, message) in SurfaceComparer.Compare(former.Surface, latter.Surface))
            Add(impact, ChangeArea.Surface, declaration.FullName, message, LocationOf(declaration.FullName, isGone), isGone);
        foreach (var request in former.Requests)
        {
            // A request that is gone is a type that is gone.
            if (!latter.Requests.TryGetValue(request.Key, out var now))
                continue;
            foreach (var (impact, part, message) in ValidationComparer.Compare(request.Value, now))
                Add(impact, ChangeArea.Validation, part.Symbol, message, part.At, !now.ContainsKey(part.Path));
        }
        foreach (var fact in former.Facts)
        {
            if (latter.Facts.TryGetValue(fact.Key, out var now) && !Equals(now.Value, fact.Value.Value))
            {
                var values = now.IsShown ? $" was {fact.Value.Value ?? "not stated"} and is {now.Value ?? "not stated"}" : " changed";
                var (symbol, what) = fact.Key;
                Add(now.Impact, ChangeArea.Surface, symbol, $"the {what}{values}", LocationOf(symbol, false), false);
            }
        }
        // Limits and descriptions are part of the documentation, which is not reported again then.
        var changed = new HashSet<string>(changes.Where(change => change.Message != SurfaceComparer.DocumentationChanged).Select(change => change.Symbol));
        // Requests are inside others: what is validated of a type is found where each of them holds it.
        return [.. changes.Distinct()
            .Where(change => change.Message != SurfaceComparer.DocumentationChanged || !changed.Contains(change.Symbol))
            .OrderByDescending(change => change.Impact)
            .ThenBy(change => change.Path, StringComparer.Ordinal)
            .ThenBy(change => change.Start)
            .ThenBy(change => change.Symbol, StringComparer.Ordinal)
            .ThenBy(change => change.Message, StringComparer.Ordinal)];

        void Add(ChangeImpact impact, ChangeArea area, string symbol, string message, SpecLocation at, bool isGone) =>
            changes.Add(new(impact, area, Short(symbol), message, at.Path, positionOf(at, isGone), isGone));
    }

    /// <summary>Where a document describes a symbol, or what holds it.</summary>
    private SpecLocation LocationOf(string symbol, bool isGone)
    {
        var locations = isGone ? former.Locations : latter.Locations;
        for (var name = symbol; name.Length > 0; name = name.Substring(0, Math.Max(name.LastIndexOf('.'), 0)))
        {
            if (locations.TryGetValue(name, out var at))
                return at;
        }
        return new("", "");
    }

    private string Short(string symbol) =>
        _namespaces.Where(name => symbol.StartsWith(name + ".", StringComparison.Ordinal)).OrderByDescending(name => name.Length).FirstOrDefault() is { } found
            ? symbol.Substring(found.Length + 1)
            : symbol;
}
