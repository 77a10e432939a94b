using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Json;

/// <summary>Finds what a list or a map left out.</summary>
/// <param name="raw">The array or object.</param>
/// <param name="odd">The positions of what was of another type, in order; null where there is none.</param>
/// <param name="hasReplaced">Whether members of a map were replaced by later ones of their names.</param>
internal sealed class PartialJson(RawJson raw, List<int>? odd, bool hasReplaced)
{
    private IReadOnlyList<UnreadItem>? _unread;

    public RawJson Raw => raw;

    // Only the positions are kept: there may be millions, and nobody may ever look.
    public IReadOnlyList<UnreadItem> Unread => _unread ??= odd is null && !hasReplaced ? [] : Find();

    private List<UnreadItem> Find()
    {
        var found = new List<UnreadItem>();
        var lasts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (item, isOdd) in Items())
        {
            if (isOdd)
                found.Add(item);
            else if (hasReplaced)
                lasts[item.Name!] = item.Index;
        }
        if (!hasReplaced)
            return found;
        found.Clear();
        foreach (var (item, isOdd) in Items())
        {
            if (isOdd || lasts[item.Name!] != item.Index)
                found.Add(item);
        }
        return found;
    }

    private IEnumerable<(UnreadItem Item, bool IsOdd)> Items()
    {
        var json = raw.Memory;
        var isMap = json.Span[0] == '{';
        var next = 0;
        var at = 1;
        for (var i = 0; at < json.Length - 1; i++)
        {
            string? name = null;
            if (isMap)
            {
                var behindName = CompactJson.EndOfString(json.Span, at);
                name = CompactJson.Text(json.Span[at..behindName]);
                at = behindName + 1;
            }
            var behind = CompactJson.EndOfValue(json.Span, at);
            var isOdd = next < odd?.Count && odd[next] == i;
            next += isOdd ? 1 : 0;
            yield return (new(i, name, RawJson.OfValid(json[at..behind])), isOdd);
            at = behind + 1;
        }
    }
}

/// <summary>A list without the items that could not be read.</summary>
/// <typeparam name="T">The items' type.</typeparam>
internal sealed class PartialList<T>(IReadOnlyList<T> items, PartialJson json) : IReadOnlyList<T>, IPartialJson
{
    public RawJson Raw => json.Raw;

    public IReadOnlyList<UnreadItem> Unread => json.Unread;

    public int Count => items.Count;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A map without the members that could not be read.</summary>
/// <typeparam name="T">The members' type.</typeparam>
internal sealed class PartialMap<T>(OrderedDictionary<string, T> members, PartialJson json) : IReadOnlyDictionary<string, T>, IPartialJson
{
    public RawJson Raw => json.Raw;

    public IReadOnlyList<UnreadItem> Unread => json.Unread;

    public int Count => members.Count;

    public IEnumerable<string> Keys => members.Keys;

    public IEnumerable<T> Values => members.Values;

    public T this[string key] => members[key];

    public bool ContainsKey(string key) => members.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => members.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
