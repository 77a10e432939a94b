using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// The members of an object that its model does not declare, in order, and declared members whose value, or an item of it, has another type. A request sends
/// them, because providers add parameters before they document them; a result keeps them. An entry that is set under the name of a declared property is
/// sent in its place; this is how an explicit <c>null</c> is sent.
/// </summary>
public sealed class ExtraProperties : IEnumerable<KeyValuePair<string, RawJson>>
{
    private static readonly List<ExtraEntry> Nothing = [];

    // Readers only record what they keep, so that reading costs the same however many members there are; the table is created on first access.
    private List<Piece>? _pieces;
    private Piece _open;
    private ExtraTable? _table;
    private bool _hasDeclared;
    private bool _hasMismatch;
    private bool _isSet;

    /// <summary>The number of members.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var entry in Table.Entries)
            {
                if (IsShown(entry))
                    count++;
            }
            return count;
        }
    }

    /// <summary>Gets or sets a member by its JSON name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public RawJson this[string name]
    {
        get => TryGetValue(name, out var value) ? value : throw new KeyNotFoundException($"There is no extra property '{name}'.");
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            Table.Set(new(name, value, EntryKind.Undeclared, null));
            _hasDeclared = _isSet = true;
        }
    }

    /// <summary>Adds a member.</summary>
    /// <exception cref="ArgumentException">A member of that name exists already.</exception>
    public void Add(string name, RawJson value)
    {
        if (TryGetValue(name, out _))
            throw new ArgumentException($"There already is an extra property '{name}'.", nameof(name));
        this[name] = value;
    }

    /// <summary>Gets a member if it exists.</summary>
    public bool TryGetValue(string name, out RawJson value)
    {
        var found = Table.TryFind(name, out var entry) && IsShown(entry);
        value = found ? entry.Value : default;
        return found;
    }

    /// <summary>Removes a member; false if it does not exist.</summary>
    public bool Remove(string name)
    {
        if (!TryGetValue(name, out _))
            return false;
        Table.Remove(name);
        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, RawJson>> GetEnumerator()
    {
        foreach (var entry in Table.Entries)
        {
            if (IsShown(entry))
                yield return new(entry.Name, entry.Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>All entries if any of them has to be validated: declared members of another type, and names that users have set.</summary>
    internal List<ExtraEntry> Noted => _hasMismatch || _isSet ? Table.Entries : Nothing;

    private ExtraTable Table
    {
        get
        {
            if (Volatile.Read(ref _table) is { } table)
                return table;
            // Several threads may read a result concurrently, and all must get the same table.
            var created = MakeTable();
            return Interlocked.CompareExchange(ref _table, created, null) ?? created;
        }
    }

    /// <summary>Keeps a member that the model does not declare. For generated readers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Read(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras) =>
        (extras ??= new()).KeepUndeclared(ref reader, name);

    /// <summary>Writes the undeclared members. For generated writers, after the declared properties.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Write(JsonWriter writer, ExtraProperties? extras)
    {
        if (extras is null)
            return;
        foreach (var entry in extras.Table.Entries)
        {
            if (entry.Fate != EntryKind.Undeclared)
                continue;
            writer.WritePropertyName(entry.Name);
            entry.Value.Write(writer);
        }
    }

    /// <summary>Keeps a declared member.</summary>
    internal static void Keep(scoped ReadOnlySpan<byte> name, RawJson value, ref ExtraProperties? extras, EntryKind fate, string? expected)
    {
        extras ??= new();
        extras._hasDeclared = true;
        extras._hasMismatch |= fate == EntryKind.Mismatch;
        extras.Add(new(Encoding.UTF8.GetString(name), value.Memory, fate, expected));
    }

    /// <summary>Writes the declared member that was read as null or with another type, if there is one.</summary>
    /// <returns>Whether anything is recorded about the member, including that it was missing.</returns>
    internal bool WriteDeclared(JsonWriter writer, ReadOnlySpan<byte> name)
    {
        if (!TryFindSpelled(name, out var entry) || entry.Fate == EntryKind.ExactNumber)
            return false;
        if (entry.Fate is EntryKind.Null or EntryKind.Mismatch)
        {
            writer.WritePropertyName(name);
            entry.Value.Write(writer);
        }
        return true;
    }

    /// <summary>Whether an entry was set under the name of a declared property, and is sent in its place.</summary>
    internal bool Overrides(ReadOnlySpan<byte> name) => TryFindSpelled(name, out var entry) && entry.Fate == EntryKind.Undeclared;

    /// <summary>Whether a member is an explicit null.</summary>
    internal bool HasNull(string name) =>
        _hasDeclared && Table.TryFind(name, out var entry) && entry is { Fate: not EntryKind.Missing, Value.Kind: JsonValueKind.Null };

    /// <summary>A member that is sent and that the model does not declare, or not with its type; null where there is none.</summary>
    internal string? Undocumented
    {
        get
        {
            foreach (var entry in Table.Entries)
            {
                if (IsShown(entry))
                    return entry.Name;
            }
            return null;
        }
    }

    /// <summary>Whether a nullable member was missing when the model was read.</summary>
    internal bool IsMissing(string name) => _hasDeclared && Table.TryFind(name, out var entry) && entry.Fate == EntryKind.Missing;

    /// <summary>Whether anything is recorded about a declared member.</summary>
    internal bool Knows(string name) => _hasDeclared && Table.TryFind(name, out _);

    /// <summary>Gets the original spelling of a declared member whose property does not hold all its digits.</summary>
    internal bool TryGetSpelling(ReadOnlySpan<byte> name, out RawJson spelling)
    {
        spelling = default;
        if (!TryFindSpelled(name, out var entry) || entry.Fate != EntryKind.ExactNumber)
            return false;
        spelling = entry.Value;
        return true;
    }

    // Writers spell names as JSON does.
    private bool TryFindSpelled(ReadOnlySpan<byte> name, out ExtraEntry entry)
    {
        entry = default;
        if (!_hasDeclared)
            return false;
        return name.Contains((byte)'\\') ? Table.TryFind(CompactJson.Text([(byte)'"', .. name, (byte)'"']), out entry) : Table.TryFind(name, out entry);
    }

    /// <summary>Keeps members that the model does not declare, as text without white space: <c>"a":1,"b":[]</c>.</summary>
    internal void KeepMembers(ReadOnlyMemory<byte> members) => Add(new(null, members, EntryKind.Undeclared, null));

    // The others belong to declared members, which have properties.
    private static bool IsShown(ExtraEntry entry) => entry.Fate is EntryKind.Undeclared or EntryKind.Mismatch;

    private void KeepUndeclared(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        // The name must be unescaped in the bytes that are read, directly followed by its value.
        if (_table is null
            && JsonSource.TryShare(ref reader, out var source)
            && JsonSource.TryOffset(source.Span, name, out var start)
            && reader.TokenStartIndex == start + name.Length + 2
            && RawJsonCopier.TryPass(ref reader, out var end))
        {
            // Adjacent members are stored as one piece, including the commas.
            var from = (int)start - 1;
            if (_open.Name is not null || _open.End + 1 != from || !_open.Json.Equals(source))
                Open(new(null, source, EntryKind.Undeclared, null) { From = from });
            _open.End = end;
            return;
        }
        Add(new(Encoding.UTF8.GetString(name), RawJsonCopier.Take(ref reader), EntryKind.Undeclared, null));
    }

    private void Open(Piece piece)
    {
        if (_open.Fate != EntryKind.Removed)
            (_pieces ??= []).Add(_open);
        _open = piece;
    }

    private void Add(Piece piece)
    {
        piece.End = piece.Json.Length;
        if (_table is not null)
            piece.AddTo(_table);
        else
            Open(piece);
    }

    private ExtraTable MakeTable()
    {
        var table = new ExtraTable();
        foreach (var piece in CollectionsMarshal.AsSpan(_pieces))
            piece.AddTo(table);
        if (_open.Fate != EntryKind.Removed)
            _open.AddTo(table);
        return table;
    }

    /// <summary>A member, or adjacent undeclared ones, as text.</summary>
    /// <param name="name">The name; null for adjacent members, whose names are in the text.</param>
    /// <param name="json">The value, or the bytes that contain the text.</param>
    /// <param name="fate">The reason why it is kept.</param>
    /// <param name="expected">The expected type.</param>
    private struct Piece(string? name, ReadOnlyMemory<byte> json, EntryKind fate, string? expected)
    {
        public readonly string? Name => name;

        public readonly ReadOnlyMemory<byte> Json => json;

        public readonly EntryKind Fate => fate;

        public int From { get; init; }

        public int End { get; set; }

        public readonly void AddTo(ExtraTable table)
        {
            if (name is null)
                table.AddMembers(json[From..End]);
            else
                table.Set(new(name, RawJson.OfValid(json), fate, expected));
        }
    }
}
