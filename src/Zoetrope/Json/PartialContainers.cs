using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Json;

/// <summary>Finds the omitted items of a list or a map.</summary>
/// <param name="raw">The array or object.</param>
/// <param name="mismatched">The positions of values of another type, in order; null where there are none.</param>
/// <param name="hasReplaced">Whether members of a map were replaced by later ones of the same name.</param>
internal sealed class PartialJson(RawJson raw, List<int>? mismatched, bool hasReplaced)
{
    private IReadOnlyList<UnreadItem>? _unread;

    public RawJson Raw => raw;

    // Only the positions are kept: there may be millions, and they may never be accessed.
    public IReadOnlyList<UnreadItem> Unread => _unread ??= mismatched is null && !hasReplaced ? [] : Find();

    private List<UnreadItem> Find()
    {
        var found = new List<UnreadItem>();
        var lasts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (item, isMismatch) in Items())
        {
            if (isMismatch)
                found.Add(item);
            else if (hasReplaced)
                lasts[item.Name!] = item.Index;
        }
        if (!hasReplaced)
            return found;
        found.Clear();
        foreach (var (item, isMismatch) in Items())
        {
            if (isMismatch || lasts[item.Name!] != item.Index)
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
            var end = CompactJson.EndOfValue(json.Span, at);
            var isMismatch = next < mismatched?.Count && mismatched[next] == i;
            next += isMismatch ? 1 : 0;
            yield return (new(i, name, RawJson.OfValid(json[at..end])), isMismatch);
            at = end + 1;
        }
    }
}

/// <summary>A list without the items that could not be read.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
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
/// <typeparam name="T">The type of the members.</typeparam>
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
