using System.Text;

namespace Zoetrope.Json;

/// <summary>The entries of <see cref="ExtraProperties"/> in order, with unique names. Lookup time does not depend on their number.</summary>
internal sealed class ExtraTable
{
    // Up to this number, a linear search is faster than a dictionary, which needs the name as a string.
    private const int Few = 12;

    private readonly List<ExtraEntry> _entries = [];

    // The indexes are objects, because native apps would get code of its own for a dictionary of numbers.
    private Dictionary<string, object>? _indexes;

    /// <summary>The entries, including removed ones.</summary>
    public List<ExtraEntry> Entries => _entries;

    public bool TryFind(string name, out ExtraEntry entry)
    {
        var index = IndexOf(name);
        entry = index < 0 ? default : _entries[index];
        return index >= 0;
    }

    public bool TryFind(ReadOnlySpan<byte> name, out ExtraEntry entry)
    {
        if (_indexes is not null)
            return TryFind(Encoding.UTF8.GetString(name), out entry);
        foreach (var candidate in _entries)
        {
            if (candidate.Fate == EntryKind.Removed || !IsName(candidate.Name, name))
                continue;
            entry = candidate;
            return true;
        }
        entry = default;
        return false;
    }

    /// <summary>Adds an entry, or replaces the one of its name at its position.</summary>
    public void Set(ExtraEntry entry)
    {
        var index = IndexOf(entry.Name);
        if (index >= 0)
        {
            _entries[index] = entry;
            return;
        }
        _entries.Add(entry);
        if (_indexes is not null)
            _indexes.Add(entry.Name, _entries.Count - 1);
        else if (_entries.Count > Few)
            IndexAll();
    }

    /// <summary>Adds the members in an object's text, such as <c>"a":1,"b":[]</c>.</summary>
    public void AddMembers(ReadOnlyMemory<byte> members)
    {
        var json = members.Span;
        var at = 0;
        while (at < json.Length)
        {
            var end = CompactJson.EndOfString(json, at);
            var name = CompactJson.Text(json[at..end]);
            at = end + 1;
            end = CompactJson.EndOfValue(json, at);
            Set(new(name, RawJson.OfValid(members[at..end]), EntryKind.Undeclared, null));
            at = end + 1;
        }
    }

    public void Remove(string name)
    {
        var index = IndexOf(name);
        _entries[index] = default;
        _indexes?.Remove(name);
    }

    private int IndexOf(string name)
    {
        if (_indexes is not null)
            return _indexes.TryGetValue(name, out var known) ? (int)known : -1;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Fate != EntryKind.Removed && string.Equals(_entries[i].Name, name, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    private void IndexAll()
    {
        _indexes = new(StringComparer.Ordinal);
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Fate != EntryKind.Removed)
                _indexes.Add(_entries[i].Name, i);
        }
    }

    private static bool IsName(string text, ReadOnlySpan<byte> utf8)
    {
        if (Encoding.UTF8.GetByteCount(text) != utf8.Length)
            return false;
        Span<byte> bytes = utf8.Length <= 256 ? stackalloc byte[utf8.Length] : new byte[utf8.Length];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes.SequenceEqual(utf8);
    }
}

/// <summary>The kinds of entries in <see cref="ExtraProperties"/>.</summary>
internal enum EntryKind : byte
{
    /// <summary>It was removed.</summary>
    Removed,

    /// <summary>The model does not declare it.</summary>
    Undeclared,

    /// <summary>The model declares it, and it is an explicit null where null is allowed.</summary>
    Null,

    /// <summary>The model declares it, but it, or an item in it, has another type.</summary>
    Mismatch,

    /// <summary>The model declares it and its property is set, but to fewer digits than the JSON has.</summary>
    ExactNumber,

    /// <summary>The model requires it and allows null, and it was missing.</summary>
    Missing,
}

/// <summary>A member that is kept in addition to a model's properties.</summary>
/// <remarks>It is not a record, whose members that compare and print would be in every native app.</remarks>
/// <param name="name">The JSON name.</param>
/// <param name="value">The value.</param>
/// <param name="fate">The reason why it is kept.</param>
/// <param name="expected">A description of the expected type, if the value has another one.</param>
internal readonly struct ExtraEntry(string name, RawJson value, EntryKind fate, string? expected)
{
    public string Name { get; init; } = name;

    public RawJson Value { get; init; } = value;

    public EntryKind Fate { get; init; } = fate;

    public string? Expected { get; init; } = expected;
}
