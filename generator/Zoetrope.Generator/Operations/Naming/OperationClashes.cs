using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Naming;

/// <summary>Distinguishes operations whose ids give one name.</summary>
internal sealed class OperationClashes(EquatableArray<OperationDescription> operations, OperationPaths paths)
{
    private readonly Dictionary<int, (string Name, bool ByTag)> _names = [];

    /// <summary>The names for the operations of each group, by their index. Some may be the same still.</summary>
    /// <param name="groups">The indexes of operations by the name that they ask for.</param>
    public IReadOnlyDictionary<int, (string Name, bool ByTag)> Distinguish(IEnumerable<IGrouping<string, int>> groups)
    {
        foreach (var group in groups)
        {
            var tags = group.ToLookup(TagOf);
            foreach (var tagged in tags)
            {
                // A tag that all of them have distinguishes none.
                var name = (tags.Count > 1 ? tagged.Key : "") + group.Key;
                if (tagged.Skip(1).Any())
                    DistinguishByPath([.. tagged], name);
                else
                    _names[tagged.First()] = (name, ByTag: true);
            }
        }
        return _names;
    }

    /// <summary>The words of the paths between those that all begin and end with; where these are none, the name itself.</summary>
    private void DistinguishByPath(List<int> group, string name)
    {
        var words = group.ConvertAll(place => paths.WordsOf(operations[place]));
        var shortest = words.Min(own => own.Count);
        var (before, after) = (0, 0);
        while (before < shortest && words.TrueForAll(own => Same(own[before], words[0][before])))
            before++;
        while (before + after < shortest && words.TrueForAll(own => Same(own[own.Count - 1 - after], words[0][words[0].Count - 1 - after])))
            after++;
        for (var i = 0; i < group.Count; i++)
            _names[group[i]] = (name + Identifiers.Pascal(words[i].Skip(before).Take(words[i].Count - before - after)), ByTag: false);
    }

    private string TagOf(int place) => operations[place].Tags.Count > 0 ? Identifiers.Of(operations[place].Tags[0], "") : "";

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
