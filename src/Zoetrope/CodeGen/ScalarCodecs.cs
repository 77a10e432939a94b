using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>The codec of strings.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StringCodec : IJsonCodec<string>
{
    /// <inheritdoc/>
    public static string Plural => "strings";

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        return reader.TokenType == JsonTokenType.String && JsonStrings.TryText(ref reader, out value);
    }

    static bool IJsonCodec<string>.CanWait => true;

    static bool IJsonCodec<string>.TryPass(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String && JsonStrings.IsValid(ref reader);

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, string value) => writer.WriteStringValue(value);
}

/// <summary>The codec of booleans.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BooleanCodec : IJsonCodec<bool>
{
    /// <inheritdoc/>
    public static string Plural => "booleans";

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return value || reader.TokenType == JsonTokenType.False;
    }

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, bool value) => writer.WriteBooleanValue(value);
}

/// <summary>The codec of whole numbers of 64 bits, in any spelling (<c>5</c>, <c>5.0</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int64Codec : IJsonCodec<long>
{
    /// <inheritdoc/>
    public static string Plural => "whole numbers";

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out long value) => JsonNumbers.TryInt64(ref reader, out value);

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, long value) => writer.WriteNumberValue(value);
}

/// <summary>The codec of whole numbers of 128 bits, such as seeds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int128Codec : IJsonCodec<Int128>
{
    /// <inheritdoc/>
    public static string Plural => "whole numbers";

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out Int128 value) => JsonNumbers.TryInt128(ref reader, out value);

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, Int128 value) => writer.WriteNumberValue(value);
}

/// <summary>The codec of floating-point numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DoubleCodec : IJsonCodec<double>
{
    /// <inheritdoc/>
    public static string Plural => "numbers";

    /// <inheritdoc/>
    public static bool HoldsDoubles => true;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out double value) => JsonNumbers.TryDouble(ref reader, out value);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is infinite or NaN, which JSON cannot represent.</exception>
    public static void Write(JsonWriter writer, double value) => writer.WriteNumberValue(value);
}

/// <summary>The codec of objects of a model's type.</summary>
/// <typeparam name="T">The model.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ObjectCodec<T> : IJsonCodec<T>
    where T : class, IJsonModel<T>
{
    /// <inheritdoc/>
    public static string Plural => "objects";

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out T value)
    {
        value = reader.TokenType == JsonTokenType.StartObject ? T.Read(ref reader) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, T value)
    {
        // Users can put null into a list of objects; the validator reports it.
        if (value is null)
            writer.WriteNullValue();
        else
            value.Write(writer);
    }
}

/// <summary>The codec of files: an object with a <c>url</c>, or the bare URL.</summary>
/// <typeparam name="T">The kind of file.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FileCodec<T> : IJsonCodec<T>
    where T : class, IJsonModel<T>
{
    /// <inheritdoc/>
    public static string Plural => "files";

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out T value)
    {
        var isFile = reader.TokenType == JsonTokenType.StartObject || (reader.TokenType == JsonTokenType.String && JsonStrings.IsValid(ref reader));
        value = isFile ? T.Read(ref reader) : null;
        return isFile;
    }

    static bool IJsonCodec<T>.CanWait => true;

    static bool IJsonCodec<T>.TryPass(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return reader.TokenType == JsonTokenType.String && JsonStrings.IsValid(ref reader);
        while (JsonRead.NextProperty(ref reader, out _))
            reader.Skip();
        return true;
    }

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, T value) => ObjectCodec<T>.Write(writer, value);
}

/// <summary>The codec of open enums over string.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumCodec<T> : IJsonCodec<T>
    where T : struct, IJsonModel<T>
{
    /// <inheritdoc/>
    public static string Plural => "strings";

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        var isText = reader.TokenType == JsonTokenType.String && JsonStrings.IsValid(ref reader);
        value = isText ? T.Read(ref reader) : default;
        return isText;
    }

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, T value) => value.Write(writer);
}

/// <summary>The codec of any JSON: raw JSON, or a union.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueCodec<T> : IJsonCodec<T>
    where T : struct, IJsonModel<T>
{
    /// <inheritdoc/>
    public static string Plural => "values";

    /// <inheritdoc/>
    public static bool TakesAnything => true;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        value = T.Read(ref reader);
        return true;
    }

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, T value) => value.Write(writer);
}
