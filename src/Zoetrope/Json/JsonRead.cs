using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// What generated readers are made of. Reading is liberal: a member that is null or of another type than the document says is kept in the
/// object's <see cref="ExtraProperties"/> and the property stays unset, so that one odd member never loses a paid result.
/// A request's validator reports such members.
/// </summary>
public static class JsonRead
{
    /// <summary>Goes to the next member of an object: gives its unescaped name and leaves the reader on its value.</summary>
    /// <returns>False at the end of the object.</returns>
    public static bool NextProperty(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        if (!reader.Read())
            throw new JsonException("The JSON ends in the middle of an object.");
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            name = default;
            return false;
        }
        if (!reader.ValueIsEscaped && !reader.HasValueSequence)
        {
            name = reader.ValueSpan;
        }
        else
        {
            var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
            var unescaped = new byte[length];
            name = unescaped.AsSpan(0, CopyName(ref reader, unescaped));
        }
        if (!reader.Read())
            throw new JsonException("The JSON ends in the middle of an object.");
        return true;
    }

    /// <summary>Whether a member has that name. Generated readers ask for each name that they know: this costs compilers far less than an extension method.</summary>
    /// <param name="name">The name from <see cref="NextProperty"/>.</param>
    /// <param name="expected">The name in UTF-8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => name.SequenceEqual(expected);

    /// <summary>Checks that an object begins here.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static void StartObject(ref Utf8JsonReader reader, string model)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"{model} is an object, but the JSON has {Describe(reader.TokenType)} at byte {reader.TokenStartIndex}.");
    }

    /// <summary>Reads a string member.</summary>
    public static string? String(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (reader.TokenType == JsonTokenType.String && TryText(ref reader, out var text))
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

    /// <summary>Reads a whole number. Numbers such as <c>5.0</c> count; those beyond Int64 are kept as extras.</summary>
    public static long? Int64(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (JsonNumbers.TryInt64(ref reader, out var value))
            return value;
        Keep(ref reader, name, ref extras, nullable, "a whole number");
        return null;
    }

    /// <summary>Reads a whole number of up to 128 bits: seeds go beyond Int64 (17454220438242315174 is a real one).</summary>
    public static Int128? Int128(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (JsonNumbers.TryInt128(ref reader, out var value))
            return value;
        Keep(ref reader, name, ref extras, nullable, "a whole number");
        return null;
    }

    /// <summary>Reads a number. One with more digits than a double holds is written back with all of them, as long as nobody sets the property.</summary>
    public static double? Double(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        if (JsonNumbers.TryDouble(ref reader, out var value))
        {
            if (!JsonNumbers.IsExact(ref reader))
                ExtraProperties.Keep(ref reader, name, ref extras, ExtraProperties.EntryFate.Spelling, null);
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
        where T : MediaFile, IJsonModel<T>
    {
        if (reader.TokenType == JsonTokenType.StartObject || (reader.TokenType == JsonTokenType.String && TryText(ref reader, out _)))
            return T.Read(ref reader);
        Keep(ref reader, name, ref extras, nullable, "a file");
        return null;
    }

    /// <summary>Reads an open enum over string.</summary>
    public static T? Enum<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : struct, IJsonModel<T>
    {
        if (reader.TokenType == JsonTokenType.String && TryText(ref reader, out _))
            return T.Read(ref reader);
        Keep(ref reader, name, ref extras, nullable, "a string");
        return null;
    }

    /// <summary>Reads a value that takes any JSON but null: raw JSON or a union.</summary>
    public static T? Value<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : struct, IJsonModel<T>
    {
        if (reader.TokenType != JsonTokenType.Null)
            return T.Read(ref reader);
        Keep(ref reader, name, ref extras, nullable, "a value");
        return null;
    }

    private static void Keep(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable, string expected)
    {
        var isNull = reader.TokenType == JsonTokenType.Null;
        var fate = isNull && nullable ? ExtraProperties.EntryFate.Null : ExtraProperties.EntryFate.Mismatch;
        ExtraProperties.Keep(ref reader, name, ref extras, fate, expected);
    }

    internal static void KeepMismatch(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable, string expected) =>
        Keep(ref reader, name, ref extras, nullable, expected);

    /// <summary>Keeps the JSON of a member that was read, where its numbers have more digits than the doubles that hold them.</summary>
    /// <typeparam name="TForm">The form of what was read.</typeparam>
    /// <typeparam name="T">Its type.</typeparam>
    internal static void KeepSpelling<TForm, T>(Utf8JsonReader start, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras)
        where TForm : struct, IJsonForm<T>
    {
        if (TForm.HoldsDoubles && !JsonNumbers.AreExact(start))
            ExtraProperties.Keep(ref start, name, ref extras, ExtraProperties.EntryFate.Spelling, null);
    }

    /// <summary>Reads the text of a string; false when it is not valid Unicode, such as a lone surrogate, which only raw JSON can hold.</summary>
    internal static bool TryText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }

    private static int CopyName(ref Utf8JsonReader reader, byte[] destination)
    {
        try
        {
            return reader.CopyString(destination);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The name of a member is not valid Unicode.", exception);
        }
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
