using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>An array whose items are all of one form.</summary>
/// <typeparam name="T">The items' type.</typeparam>
/// <typeparam name="TCodec">The items' form.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListCodec<T, TCodec> : IJsonCodec<IReadOnlyList<T>>
    where TCodec : struct, IJsonCodec<T>
{
    /// <inheritdoc/>
    public static string Plural => "arrays of " + TCodec.Plural;

    /// <inheritdoc/>
    public static bool HoldsDoubles => TCodec.HoldsDoubles;

    /// <inheritdoc/>
    public static bool IsContainer => true;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        var notes = default(ReadNotes);
        return TryReadPart(ref reader, ref notes, out value) && !notes.IsPartial;
    }

    /// <inheritdoc/>
    public static bool TryReadPart(ref Utf8JsonReader reader, ref ReadNotes notes, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        var start = reader;
        var own = new ReadNotes { HasLongNumbers = notes.HasLongNumbers };
        var unread = default(UnreadPositions);
        var list = ReadItems(ref reader, ref own, ref unread);
        if (unread.IsAnotherForm && list.Count == 0)
        {
            reader = start;
            return false;
        }
        notes.HasLongNumbers = own.HasLongNumbers;
        value = unread.Found(start, ref reader, own, ref notes) is { } part ? new PartialList<T>(list, part) : list;
        return true;
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<T> value)
    {
        if (value is IPartialJson part)
        {
            part.Raw.Write(writer);
            return;
        }
        writer.WriteStartArray();
        for (var i = 0; i < value.Count; i++)
            TCodec.Write(writer, value[i]);
        writer.WriteEndArray();
    }

    private static IReadOnlyList<T> ReadItems(ref Utf8JsonReader reader, ref ReadNotes notes, ref UnreadPositions unread)
    {
        var position = 0;
        if (LazyList<T, TCodec>.TryBegin(ref reader, out var lazy))
        {
            for (; JsonReadLists.NextItem(ref reader); position++)
            {
                if (!lazy.TryAdd(ref reader))
                    unread.Add(ref reader, position);
            }
            return lazy;
        }
        var list = new List<T>();
        for (; JsonReadLists.NextItem(ref reader); position++)
        {
            if (JsonRead.TryItem<T, TCodec>(ref reader, ref notes, out var item))
                list.Add(item);
            else
                unread.Add(ref reader, position);
        }
        return list;
    }
}

/// <summary>
/// An object whose members are not named by the document and are all of one form. What is read keeps the order of the JSON. Of members of one name the last
/// counts, and the others are among those that were left out (<see cref="IPartialJson"/>).
/// </summary>
/// <typeparam name="T">The members' type.</typeparam>
/// <typeparam name="TCodec">The members' form.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MapCodec<T, TCodec> : IJsonCodec<IReadOnlyDictionary<string, T>>
    where TCodec : struct, IJsonCodec<T>
{
    /// <inheritdoc/>
    public static string Plural => "maps of " + TCodec.Plural;

    /// <inheritdoc/>
    public static bool HoldsDoubles => TCodec.HoldsDoubles;

    /// <inheritdoc/>
    public static bool IsContainer => true;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T> value)
    {
        var notes = default(ReadNotes);
        return TryReadPart(ref reader, ref notes, out value) && !notes.IsPartial;
    }

    /// <inheritdoc/>
    public static bool TryReadPart(ref Utf8JsonReader reader, ref ReadNotes notes, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T> value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var start = reader;
        var own = new ReadNotes { HasLongNumbers = notes.HasLongNumbers };
        var map = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        var unread = default(UnreadPositions);
        for (var i = 0; JsonRead.NextProperty(ref reader, out var name); i++)
        {
            var text = Encoding.UTF8.GetString(name);
            if (!JsonRead.TryItem<T, TCodec>(ref reader, ref own, out var item))
                unread.Add(ref reader, i);
            else if (!map.TryAdd(text, item))
                unread.AddReplaced(map, text, item);
        }
        if (unread.IsAnotherForm && map.Count == 0)
        {
            reader = start;
            return false;
        }
        notes.HasLongNumbers = own.HasLongNumbers;
        value = unread.Found(start, ref reader, own, ref notes) is { } part ? new PartialMap<T>(map, part) : map;
        return true;
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value)
    {
        if (value is IPartialJson part)
        {
            part.Raw.Write(writer);
            return;
        }
        writer.WriteStartObject();
        foreach (var member in value)
        {
            writer.WritePropertyName(member.Key);
            TCodec.Write(writer, member.Value);
        }
        writer.WriteEndObject();
    }
}

/// <summary>Collects what a list or a map leaves out.</summary>
internal struct UnreadPositions
{
    private List<int>? _positions;
    private bool _hasReplaced;

    /// <summary>Whether something else than null was left out: where nothing else came, the list or map is of another form.</summary>
    public bool IsAnotherForm { get; private set; }

    /// <summary>Leaves out the item that the reader stands on.</summary>
    public void Add(ref Utf8JsonReader reader, int position)
    {
        IsAnotherForm |= reader.TokenType != JsonTokenType.Null;
        (_positions ??= []).Add(position);
        reader.Skip();
    }

    /// <summary>Leaves out the member of a map whose name comes once more.</summary>
    public void AddReplaced<T>(OrderedDictionary<string, T> map, string name, T last)
    {
        map[name] = last;
        _hasReplaced = true;
    }

    /// <summary>What was left out, be it inside items; null where nothing was.</summary>
    public readonly PartialJson? Found(Utf8JsonReader start, ref Utf8JsonReader end, ReadNotes own, ref ReadNotes notes)
    {
        if (_positions is null && !_hasReplaced && !own.IsPartial)
            return null;
        notes.IsPartial = true;
        return new(RawJson.OfValid(RawJsonCopier.Cut(start, ref end)), _positions, _hasReplaced);
    }
}
