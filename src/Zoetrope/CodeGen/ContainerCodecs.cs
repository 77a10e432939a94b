using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>The codec of arrays whose items have one codec.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TCodec">The codec of the items.</typeparam>
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
    public static void Write(JsonWriter writer, IReadOnlyList<T> value)
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
/// The codec of objects whose members the specification does not name and which have one codec. The order of the JSON is kept. If a name occurs several times,
/// the last member counts, and the others are omitted (<see cref="IPartialJson"/>).
/// </summary>
/// <typeparam name="T">The type of the members.</typeparam>
/// <typeparam name="TCodec">The codec of the members.</typeparam>
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
    public static void Write(JsonWriter writer, IReadOnlyDictionary<string, T> value)
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

/// <summary>Collects what a list or a map omits.</summary>
internal struct UnreadPositions
{
    private List<int>? _positions;
    private bool _hasReplaced;

    /// <summary>Whether a value other than null was omitted: if the list or map has no other values, it has another type.</summary>
    public bool IsAnotherForm { get; private set; }

    /// <summary>Omits the item at the reader's position.</summary>
    public void Add(ref Utf8JsonReader reader, int position)
    {
        IsAnotherForm |= reader.TokenType != JsonTokenType.Null;
        (_positions ??= []).Add(position);
        reader.Skip();
    }

    /// <summary>Omits a member of a map whose name occurs again.</summary>
    public void AddReplaced<T>(OrderedDictionary<string, T> map, string name, T last)
    {
        map[name] = last;
        _hasReplaced = true;
    }

    /// <summary>The omitted values, including those within items; null where nothing was omitted.</summary>
    public readonly PartialJson? Found(in Utf8JsonReader start, ref Utf8JsonReader end, ReadNotes own, ref ReadNotes notes)
    {
        if (_positions is null && !_hasReplaced && !own.IsPartial)
            return null;
        notes.IsPartial = true;
        return new(RawJson.OfValid(RawJsonCopier.Cut(start, ref end)), _positions, _hasReplaced);
    }
}
