using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>The value in a generated union: one of its alternatives, or the original JSON if it matches none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct JsonUnion
{
    private readonly Alternative? _value;

    private JsonUnion(Alternative value) => _value = value;

    /// <summary>Whether the value matches no alternative of the union. The default value, <c>null</c>, does not.</summary>
    public bool IsRaw => _value is null or Unknown;

    /// <summary>Whether the value is an alternative without some of its items, which have another type.</summary>
    internal bool IsPartial => _value is { IsPartial: true };

    /// <summary>The value as JSON, whichever alternative it is.</summary>
    public RawJson Raw => _value?.ToRaw() ?? RawJson.Null;

    /// <summary>Creates a union value from the value of an alternative.</summary>
    public static JsonUnion Of<T, TCodec>(T value)
        where TCodec : struct, IJsonCodec<T> => value is null ? default : new(new Known<T, TCodec>(value));

    /// <summary>Reads a value as an alternative, or as raw JSON if it does not match after all.</summary>
    public static JsonUnion Read<T, TCodec>(ref Utf8JsonReader reader)
        where TCodec : struct, IJsonCodec<T>
    {
        var start = reader;
        var notes = default(ReadNotes);
        if (!JsonRead.TryItem<T, TCodec>(ref reader, ref notes, out var value))
            return ReadRaw(ref reader);
        if (!notes.IsPartial && !notes.HasLongNumbers)
            return Of<T, TCodec>(value);
        return new(new Known<T, TCodec>(value, RawJson.OfValid(RawJsonCopier.Cut(start, ref reader))) { IsPartial = notes.IsPartial });
    }

    /// <summary>Keeps a value as raw JSON.</summary>
    public static JsonUnion ReadRaw(ref Utf8JsonReader reader) => new(new Unknown(RawJson.Read(ref reader)));

    /// <summary>Gets the value if it is this alternative.</summary>
    public bool TryGet<T, TCodec>([MaybeNullWhen(false)] out T value)
        where TCodec : struct, IJsonCodec<T>
    {
        var known = _value as Known<T, TCodec>;
        value = known is null ? default : known.Value;
        return known is not null;
    }

    /// <summary>
    /// Gets the value if it can be read as this alternative: for alternatives that cannot be distinguished by their JSON. A value read from raw JSON is a copy.
    /// </summary>
    public bool TryGetOrRead<T, TCodec>([MaybeNullWhen(false)] out T value)
        where TCodec : struct, IJsonCodec<T>
    {
        if (TryGet<T, TCodec>(out value))
            return true;
        if (_value is not Unknown unknown)
            return false;
        using var scope = JsonSource.Enter(unknown.Json.Memory);
        var reader = unknown.Json.CreateReader();
        reader.Read();
        return TCodec.TryRead(ref reader, out value);
    }

    /// <summary>Writes the value.</summary>
    public void Write(JsonWriter writer)
    {
        if (_value is null)
            writer.WriteNullValue();
        else
            _value.Write(writer);
    }

    /// <summary>Whether the value is an object with a member of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="orNull">Whether null counts as missing.</param>
    internal bool Has(ReadOnlySpan<byte> name, bool orNull)
    {
        var raw = Raw;
        using var scope = JsonSource.Enter(raw.Memory);
        var reader = raw.CreateReader();
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject && (orNull ? HasValue(reader, name) : Has(reader, name));
    }

    /// <summary>Whether the object at the reader's position has a member of that name.</summary>
    public static bool Has(Utf8JsonReader reader, ReadOnlySpan<byte> name) => TryFind(reader, name, out _);

    /// <summary>Whether the object at the reader's position has a member of that name which is not null.</summary>
    public static bool HasValue(Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        TryFind(reader, name, out var value) && value.TokenType != JsonTokenType.Null;

    /// <summary>Whether the object at the reader's position has a member of that name with that text.</summary>
    public static bool Has(Utf8JsonReader reader, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text) =>
        TryFind(reader, name, out var value) && value.TokenType == JsonTokenType.String
        && (!value.ValueIsEscaped || JsonStrings.IsValid(ref value)) && value.ValueTextEquals(text);

    /// <summary>Whether the object at the reader's position has a member of that name with that whole number (<c>1</c>, <c>1.0</c>).</summary>
    public static bool Has(Utf8JsonReader reader, ReadOnlySpan<byte> name, long number) =>
        TryFind(reader, name, out var value) && JsonNumbers.TryInt64(ref value, out var found) && found == number;

    /// <summary>Whether the object at the reader's position has a member of that name with that number.</summary>
    public static bool Has(Utf8JsonReader reader, ReadOnlySpan<byte> name, double number) =>
        TryFind(reader, name, out var value) && JsonNumbers.TryDouble(ref value, out var found) && found == number;

    /// <summary>Whether the object at the reader's position has a member of that name with that boolean.</summary>
    public static bool Has(Utf8JsonReader reader, ReadOnlySpan<byte> name, bool boolean) =>
        TryFind(reader, name, out var value) && value.TokenType == (boolean ? JsonTokenType.True : JsonTokenType.False);

    /// <summary>Finds the first member of that name, with a reader on its value. For objects and arrays, the reader may have no current token.</summary>
    private static bool TryFind(Utf8JsonReader reader, ReadOnlySpan<byte> name, out Utf8JsonReader value)
    {
        value = default;
        if (JsonSource.TryGet(ref reader, out var source))
        {
            if (!ObjectLookahead.TryFind(reader, source, name, out var text))
                return false;
            if (text.IsEmpty)
                return true;
            value = new Utf8JsonReader(text);
            return value.Read();
        }
        while (JsonRead.NextProperty(ref reader, out var member))
        {
            if (member.SequenceEqual(name))
            {
                value = reader;
                return true;
            }
            reader.Skip();
        }
        return false;
    }

    private abstract class Alternative
    {
        public bool IsPartial { get; init; }

        public abstract RawJson ToRaw();

        public abstract void Write(JsonWriter writer);
    }

    private sealed class Unknown(RawJson json) : Alternative
    {
        public RawJson Json => json;

        public override RawJson ToRaw() => json;

        public override void Write(JsonWriter writer) => json.Write(writer);
    }

    /// <summary>An alternative, with its JSON if that has more digits or more items than the value holds.</summary>
    private sealed class Known<T, TCodec>(T value, RawJson? spelling = null) : Alternative
        where TCodec : struct, IJsonCodec<T>
    {
        public T Value => value;

        public override RawJson ToRaw() => spelling ?? RawJson.From(new Written(this));

        public override void Write(JsonWriter writer)
        {
            if (spelling is { } json)
                json.Write(writer);
            else
                TCodec.Write(writer, value);
        }
    }

    /// <summary>An alternative that can be written by itself.</summary>
    private readonly struct Written(Alternative value) : IJsonModel<Written>
    {
        public static Written Read(ref Utf8JsonReader reader) => new(new Unknown(RawJson.Read(ref reader)));

        public void Write(JsonWriter writer) => value.Write(writer);
    }
}
