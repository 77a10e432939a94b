using System.Text;

namespace Zoetrope.Json;

/// <summary>The entries of <see cref="ExtraProperties"/> in their order, each name once. Many are found as fast as few.</summary>
internal sealed class ExtraTable
{
    // Up to here looking at each is faster than a dictionary, which needs the name as a string.
    private const int Few = 12;

    private readonly List<ExtraEntry> _entries = [];
    private Dictionary<string, int>? _indexes;

    /// <summary>The entries; removed ones are among them.</summary>
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

    /// <summary>Adds an entry, or replaces the one of its name, whose place it takes.</summary>
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

    /// <summary>Adds the members of an object's text, such as <c>"a":1,"b":[]</c>.</summary>
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
            return _indexes.TryGetValue(name, out var known) ? known : -1;
        return _entries.FindIndex(entry => entry.Fate != EntryKind.Removed && string.Equals(entry.Name, name, StringComparison.Ordinal));
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

/// <summary>What an entry of <see cref="ExtraProperties"/> is.</summary>
internal enum EntryKind : byte
{
    /// <summary>It was taken out.</summary>
    Removed,

    /// <summary>The model does not declare it.</summary>
    Undeclared,

    /// <summary>The model declares it, and it was an explicit null where null is allowed.</summary>
    Null,

    /// <summary>The model declares it, but it, or an item in it, was of another type.</summary>
    Mismatch,

    /// <summary>The model declares it and its property is set, but to fewer digits than the JSON has.</summary>
    ExactNumber,

    /// <summary>The model requires it, allows null for it, and it was not there.</summary>
    Missing,
}

/// <summary>A member that is kept beside a model's properties.</summary>
/// <param name="Name">Its JSON name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Fate">Why it is kept.</param>
/// <param name="Expected">What it should have been, in words, where it is of another type.</param>
internal readonly record struct ExtraEntry(string Name, RawJson Value, EntryKind Fate, string? Expected);
