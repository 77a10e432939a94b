using System.Collections;
using System.Text;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// The members of an object that its model does not declare, in order, and declared ones that came with another type. A request sends them along,
/// because providers add parameters before their documents follow; a result keeps them. An entry that is set under the name of a declared property is
/// sent instead of it; this is how an explicit <c>null</c> is sent.
/// </summary>
public sealed class ExtraProperties : IEnumerable<KeyValuePair<string, RawJson>>
{
    private readonly List<Entry> _entries = [];

    /// <summary>How many members there are.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var entry in _entries)
            {
                if (IsShown(entry))
                    count++;
            }
            return count;
        }
    }

    /// <summary>Gets or sets a member by its JSON name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member to get.</exception>
    public RawJson this[string name]
    {
        get => TryGetValue(name, out var value) ? value : throw new KeyNotFoundException($"There is no extra property '{name}'.");
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            Set(new Entry(name, value, EntryFate.Undeclared, null));
        }
    }

    /// <summary>Adds a member.</summary>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    public void Add(string name, RawJson value)
    {
        if (TryGetValue(name, out _))
            throw new ArgumentException($"There is an extra property '{name}' already.", nameof(name));
        this[name] = value;
    }

    /// <summary>Gets a member if it is there.</summary>
    public bool TryGetValue(string name, out RawJson value)
    {
        var index = IndexOf(name);
        var found = index >= 0 && IsShown(_entries[index]);
        value = found ? _entries[index].Value : default;
        return found;
    }

    /// <summary>Removes a member; false when there was none.</summary>
    public bool Remove(string name)
    {
        if (!TryGetValue(name, out _))
            return false;
        _entries.RemoveAt(IndexOf(name));
        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, RawJson>> GetEnumerator()
    {
        foreach (var entry in _entries)
        {
            if (IsShown(entry))
                yield return new(entry.Name, entry.Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The entries as generated code sees them, explicit nulls and spellings of declared members included.</summary>
    internal List<Entry> Entries => _entries;

    /// <summary>Keeps a member that the model does not declare. For generated readers.</summary>
    public static void Read(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras) =>
        Keep(ref reader, name, ref extras, EntryFate.Undeclared, null);

    /// <summary>Writes the undeclared members. For generated writers, after the declared properties.</summary>
    public static void Write(Utf8JsonWriter writer, ExtraProperties? extras)
    {
        if (extras is null)
            return;
        foreach (var entry in extras._entries)
        {
            if (entry.Fate != EntryFate.Undeclared)
                continue;
            writer.WritePropertyName(entry.Name);
            entry.Value.Write(writer);
        }
    }

    internal static void Keep(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, EntryFate fate, string? expected)
    {
        var text = Encoding.UTF8.GetString(name);
        (extras ??= new()).Set(new Entry(text, RawJson.Read(ref reader), fate, expected));
    }

    /// <summary>Writes the declared member that was read as null or with another type, if there is one.</summary>
    internal void WriteDeclared(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        foreach (var entry in _entries)
        {
            if (entry.Fate is EntryFate.Undeclared or EntryFate.Spelling || !IsName(entry.Name, name))
                continue;
            writer.WritePropertyName(name);
            entry.Value.Write(writer);
            return;
        }
    }

    /// <summary>Whether an entry was set under the name of a declared property, and is sent instead of it.</summary>
    internal bool Overrides(ReadOnlySpan<byte> name)
    {
        foreach (var entry in _entries)
        {
            if (entry.Fate == EntryFate.Undeclared && IsName(entry.Name, name))
                return true;
        }
        return false;
    }

    /// <summary>Whether a member is an explicit null.</summary>
    internal bool HasNull(string name) => IndexOf(name) is var index and >= 0 && _entries[index].Value.Kind == JsonValueKind.Null;

    /// <summary>Gets how a declared member that was read was spelled, where its property does not hold all its digits.</summary>
    internal bool TryGetSpelling(ReadOnlySpan<byte> name, out RawJson spelling)
    {
        foreach (var entry in _entries)
        {
            if (entry.Fate != EntryFate.Spelling || !IsName(entry.Name, name))
                continue;
            spelling = entry.Value;
            return true;
        }
        spelling = default;
        return false;
    }

    // The others are of declared members, whose properties tell.
    private static bool IsShown(Entry entry) => entry.Fate is EntryFate.Undeclared or EntryFate.Mismatch;

    private static bool IsName(string text, ReadOnlySpan<byte> utf8)
    {
        if (Encoding.UTF8.GetByteCount(text) != utf8.Length)
            return false;
        Span<byte> bytes = utf8.Length <= 256 ? stackalloc byte[utf8.Length] : new byte[utf8.Length];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes.SequenceEqual(utf8);
    }

    private void Set(Entry entry)
    {
        var index = IndexOf(entry.Name);
        if (index < 0)
            _entries.Add(entry);
        else
            _entries[index] = entry;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Name, name, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    internal enum EntryFate : byte
    {
        /// <summary>The model does not declare it.</summary>
        Undeclared,

        /// <summary>The model declares it, and it was an explicit null where null is allowed.</summary>
        Null,

        /// <summary>The model declares it, but with another type.</summary>
        Mismatch,

        /// <summary>The model declares it and its property is set, but to fewer digits than the JSON has.</summary>
        Spelling,
    }

    internal readonly record struct Entry(string Name, RawJson Value, EntryFate Fate, string? Expected);
}
