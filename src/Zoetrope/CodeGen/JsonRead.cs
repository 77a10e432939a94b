using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>
/// The building blocks of generated readers. Reading is lenient: a member that is null or has a type other than the specified one is kept in the
/// object's <see cref="ExtraProperties"/> and the property stays unset, so that a single unexpected member never loses a paid result.
/// A request's validator reports such members.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonRead
{
    /// <summary>Advances to the next member of an object: returns its unescaped name and leaves the reader on its value.</summary>
    /// <returns>False at the end of the object.</returns>
    public static bool NextProperty(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name) => NextMember(ref reader, out name, out _);

    /// <summary>Advances to the next member of an object, and says whether its name was written with escapes.</summary>
    internal static bool NextMember(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name, out bool isEscaped)
    {
        name = default;
        isEscaped = false;
        if (!reader.Read())
            throw new JsonException("The JSON ends in the middle of an object.");
        if (reader.TokenType == JsonTokenType.EndObject)
            return false;
        isEscaped = reader.ValueIsEscaped;
        // The slice takes the reference and the length one by one: the reader has just written them so, and processors stall at a copy of both at once.
        if (!isEscaped && !reader.HasValueSequence)
            name = reader.ValueSpan[..];
        else if (!JsonStrings.TryName(ref reader, out name))
            throw new JsonException("The name of a member is not valid Unicode.");
        if (!reader.Read())
            throw new JsonException("The JSON ends in the middle of an object.");
        return true;
    }

    /// <summary>
    /// Whether a member has that name. Generated readers compare with each name that they know: this costs compilers far less than an extension method.
    /// </summary>
    /// <param name="name">The name from <see cref="NextProperty"/>.</param>
    /// <param name="expected">The name in UTF-8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => name.SequenceEqual(expected);

    /// <summary>Verifies that an object begins at the reader's position.</summary>
    /// <exception cref="JsonException">The value is not an object.</exception>
    public static void StartObject(ref Utf8JsonReader reader, string model)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"{model} must be an object, but the JSON has {Describe(reader.TokenType)} at byte {reader.TokenStartIndex}.");
    }

    /// <summary>Reads the string at the reader's position: the value of an open enum.</summary>
    /// <exception cref="JsonException">The value is not a string, or contains half of a surrogate pair.</exception>
    public static string Text(ref Utf8JsonReader reader, string model)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"{model} must be a string, but the JSON has {Describe(reader.TokenType)} at byte {reader.TokenStartIndex}.");
        return JsonStrings.TryText(ref reader, out var text)
            ? text
            : throw new JsonException($"{model} must be a string, but the one at byte {reader.TokenStartIndex} contains half of a surrogate pair.");
    }

    /// <summary>Reads a string member.</summary>
    public static string? String(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (reader.TokenType == JsonTokenType.String && JsonStrings.TryText(ref reader, out var text))
            return text;
        Keep(ref reader, name, ref extras, nullable, "a string");
        return null;
    }

    /// <summary>Reads a boolean member.</summary>
    public static bool? Boolean(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return reader.TokenType == JsonTokenType.True;
        Keep(ref reader, name, ref extras, nullable, "true or false");
        return null;
    }

    /// <summary>Reads a whole number. Numbers such as <c>5.0</c> are accepted; those outside the range of Int64 are kept as extras.</summary>
    public static long? Int64(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (JsonNumbers.TryInt64(ref reader, out var value))
            return value;
        Keep(ref reader, name, ref extras, nullable, "a whole number");
        return null;
    }

    /// <summary>Reads a whole number of up to 128 bits: seeds exceed Int64 (17454220438242315174 occurs).</summary>
    public static Int128? Int128(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (JsonNumbers.TryInt128(ref reader, out var value))
            return value;
        Keep(ref reader, name, ref extras, nullable, "a whole number");
        return null;
    }

    /// <summary>Reads a number. One with more digits than a double holds is written back with all of them, unless the property is set.</summary>
    public static double? Double(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (JsonNumbers.TryDouble(ref reader, out var value))
        {
            if (!JsonNumbers.IsExact(ref reader, value))
                ExtraProperties.Keep(name, RawJson.Read(ref reader), ref extras, EntryKind.ExactNumber, null);
            return value;
        }
        Keep(ref reader, name, ref extras, nullable, "a number");
        return null;
    }

    /// <summary>Reads an object member.</summary>
    public static T? Object<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : class, IJsonModel<T>
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return T.Read(ref reader);
        Keep(ref reader, name, ref extras, nullable, "an object");
        return null;
    }

    /// <summary>Reads a file: an object with a <c>url</c>, or the bare URL.</summary>
    public static T? File<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : class, IJsonModel<T>
    {
        if (reader.TokenType == JsonTokenType.StartObject || (reader.TokenType == JsonTokenType.String && JsonStrings.IsValid(ref reader)))
            return T.Read(ref reader);
        Keep(ref reader, name, ref extras, nullable, "a file");
        return null;
    }

    /// <summary>Reads an open enum over string.</summary>
    public static T? Enum<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : struct, IJsonModel<T>
    {
        if (reader.TokenType == JsonTokenType.String && JsonStrings.IsValid(ref reader))
            return T.Read(ref reader);
        Keep(ref reader, name, ref extras, nullable, "a string");
        return null;
    }

    /// <summary>Reads a value that accepts any JSON except null: raw JSON or a union.</summary>
    public static T? Value<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : struct, IJsonModel<T>
    {
        if (reader.TokenType != JsonTokenType.Null)
            return T.Read(ref reader);
        Keep(ref reader, name, ref extras, nullable, "a value");
        return null;
    }

    /// <summary>
    /// Records a member that is required and nullable, if the JSON did not contain it: a new request expresses null by leaving its property unset. Called
    /// after all members were read.
    /// </summary>
    /// <param name="isUnset">Whether the property is unset.</param>
    /// <param name="name">The JSON name.</param>
    /// <param name="extras">The object's undeclared members.</param>
    public static void Nullable(bool isUnset, string name, ref ExtraProperties? extras)
    {
        if (isUnset && extras?.Knows(name) != true)
            ExtraProperties.Keep(System.Text.Encoding.UTF8.GetBytes(name), default, ref extras, EntryKind.Missing, null);
    }

    internal static void Keep(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable, string expected)
    {
        var isNull = reader.TokenType == JsonTokenType.Null;
        ExtraProperties.Keep(name, RawJson.Read(ref reader), ref extras, isNull && nullable ? EntryKind.Null : EntryKind.Mismatch, expected);
    }

    /// <summary>Reads an item of a list or a map; null and items of another type are omitted from nested lists and maps, too.</summary>
    /// <param name="reader">The reader. If the result is false, its position is unchanged.</param>
    /// <param name="notes">What else must be known about the item.</param>
    /// <param name="value">The item.</param>
    internal static bool TryItem<T, TCodec>(ref Utf8JsonReader reader, ref ReadNotes notes, [MaybeNullWhen(false)] out T value)
        where TCodec : struct, IJsonCodec<T>
    {
        if (TCodec.IsContainer)
            return TCodec.TryReadPart(ref reader, ref notes, out value);
        if (!TCodec.TryRead(ref reader, out value))
            return false;
        if (TCodec.HoldsDoubles && !notes.HasLongNumbers)
            notes.HasLongNumbers = JsonNumbers.IsLong(ref reader);
        return true;
    }

    internal static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "no value",
    };
}
