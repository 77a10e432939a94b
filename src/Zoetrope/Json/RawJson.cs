using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zoetrope.Json;

/// <summary>
/// A JSON value as UTF-8 text. It is used where a specification does not define a type, and for members that a model does not declare,
/// so that nothing is lost: numbers keep their spelling and size.
/// </summary>
[JsonConverter(typeof(JsonModelConverter<RawJson>))]
public readonly struct RawJson : IJsonModel<RawJson>, IEquatable<RawJson>
{
    internal static readonly byte[] NullUtf8 = "null"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _utf8;

    private RawJson(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    /// <summary>The JSON <c>null</c>, which is also the default value.</summary>
    public static RawJson Null => default;

    /// <summary>The bytes that contain the value; empty for the default value.</summary>
    internal ReadOnlyMemory<byte> Memory => _utf8;

    /// <summary>The value's UTF-8 JSON text.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8.IsEmpty ? "null"u8 : _utf8.Span;

    /// <summary>The same bytes as <see cref="Utf8"/>, to keep or to send without a copy. They must not be changed.</summary>
    public ReadOnlyMemory<byte> Utf8Memory => _utf8.IsEmpty ? Utf8.ToArray() : _utf8;

    /// <summary>The kind of value.</summary>
    public JsonValueKind Kind => Utf8[0] switch
    {
        (byte)'{' => JsonValueKind.Object,
        (byte)'[' => JsonValueKind.Array,
        (byte)'"' => JsonValueKind.String,
        (byte)'t' => JsonValueKind.True,
        (byte)'f' => JsonValueKind.False,
        (byte)'n' => JsonValueKind.Null,
        _ => JsonValueKind.Number,
    };

    /// <summary>Parses JSON text, which must be exactly one value.</summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    public static RawJson Parse(string json) => OfOwned(Encoding.UTF8.GetBytes(json));

    /// <summary>Parses UTF-8 JSON text, which must be exactly one value. The bytes are copied.</summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    public static RawJson Parse(ReadOnlySpan<byte> utf8) => OfOwned(utf8.ToArray());

    /// <summary>
    /// Parses UTF-8 JSON text, which must be exactly one value. The bytes are not copied if they contain no white space between tokens: they
    /// must not change.
    /// </summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    internal static RawJson OfOwned(ReadOnlyMemory<byte> utf8) => new(RawJsonCopier.TakeAll(utf8, JsonModel.ReaderOptions));

    /// <summary>Parses JSON like <see cref="OfOwned"/>, at any depth: a value that is too deep for a model is not lost.</summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    internal static RawJson OfOwnedDeep(ReadOnlyMemory<byte> utf8) => new(RawJsonCopier.TakeAll(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue }));

    /// <summary>Wraps the text of a value that is known to be valid and to have no white space between its tokens.</summary>
    internal static RawJson OfValid(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <summary>Returns the JSON of a model.</summary>
    public static RawJson From<T>(T model)
        where T : IJsonModel<T> => new(JsonModel.ToUtf8(model));

    /// <inheritdoc/>
    public static RawJson Read(ref Utf8JsonReader reader) => new(RawJsonCopier.Take(ref reader));

    /// <inheritdoc/>
    public void Write(JsonWriter writer) => writer.WriteRawValue(Utf8);

    /// <summary>Writes this value as it is, whatever the options of the writer are.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(Utf8, skipInputValidation: true);
    }

    /// <summary>Reads this value as a model.</summary>
    /// <exception cref="JsonException">The value does not have the model's type.</exception>
    public T Deserialize<T>()
        where T : IJsonModel<T> => JsonModel.FromMemory<T>(_utf8.IsEmpty ? NullUtf8 : _utf8);

    /// <summary>Returns the text of a string; null for every other kind, and for a string that is not valid Unicode.</summary>
    public string? AsString()
    {
        if (Kind != JsonValueKind.String)
            return null;
        var reader = CreateReader();
        reader.Read();
        return JsonStrings.TryText(ref reader, out var text) ? text : null;
    }

    /// <summary>Returns a reader positioned before this value. It throws where the value is nested more than 256 deep.</summary>
    public Utf8JsonReader CreateReader() => CreateReader(JsonModel.ReaderOptions.MaxDepth);

    /// <summary>Returns a reader positioned before this value.</summary>
    /// <param name="maxDepth">The maximum depth of the value; recursive readers must limit it.</param>
    public Utf8JsonReader CreateReader(int maxDepth)
    {
        if (_utf8.Length > JsonSource.Small)
            JsonSource.Announce(_utf8);
        return new(Utf8, new JsonReaderOptions { MaxDepth = maxDepth });
    }

    /// <summary>Whether the two values have the same JSON text.</summary>
    public bool Equals(RawJson other) => Utf8.SequenceEqual(other.Utf8);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8);
        return hash.ToHashCode();
    }

    /// <summary>Returns the JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    /// <summary>Creates a JSON string; null becomes <c>null</c>.</summary>
    public static implicit operator RawJson(string? value) => value is null ? default : new RawJson(JsonModel.QuoteUtf8(value));

    /// <summary>Creates a JSON boolean.</summary>
    public static implicit operator RawJson(bool value) => new(value ? "true"u8.ToArray() : "false"u8.ToArray());

    /// <summary>Creates a JSON number.</summary>
    public static implicit operator RawJson(long value) => new(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Creates a JSON number.</summary>
    /// <exception cref="ArgumentException">The value is infinite or NaN, which JSON cannot represent.</exception>
    public static implicit operator RawJson(double value) => double.IsFinite(value)
        ? new(Encoding.UTF8.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)))
        : throw new ArgumentException("JSON has no infinities and no NaN.", nameof(value));

    /// <summary>Whether the two values have the same JSON text.</summary>
    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    /// <summary>Whether the two values have different JSON texts.</summary>
    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);
}
