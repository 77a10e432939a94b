using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// Reads array members for generated readers. An array with an item of another type is kept as a whole in the object's
/// <see cref="ExtraProperties"/>, as <see cref="JsonRead"/> does with single values.
/// </summary>
public static class JsonReadLists
{
    /// <summary>Reads an array of objects.</summary>
    public static IReadOnlyList<T>? Objects<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : class, IJsonModel<T>
    {
        var start = reader;
        var list = TryItems(ref reader, JsonTokenType.StartObject, JsonTokenType.None, static (ref Utf8JsonReader item) => T.Read(ref item));
        return list ?? Mismatch<T>(ref reader, start, name, ref extras, nullable, "an array of objects");
    }

    /// <summary>Reads an array of files, each an object with a <c>url</c> or the bare URL.</summary>
    public static IReadOnlyList<T>? Files<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : MediaFile, IJsonModel<T>
    {
        var start = reader;
        var list = TryItems(ref reader, JsonTokenType.StartObject, JsonTokenType.String, static (ref Utf8JsonReader item) => T.Read(ref item));
        return list ?? Mismatch<T>(ref reader, start, name, ref extras, nullable, "an array of files");
    }

    /// <summary>Reads an array of open enums over string.</summary>
    public static IReadOnlyList<T>? Enums<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : struct, IJsonModel<T>
    {
        var start = reader;
        var list = TryItems(ref reader, JsonTokenType.String, JsonTokenType.None, static (ref Utf8JsonReader item) => T.Read(ref item));
        return list ?? Mismatch<T>(ref reader, start, name, ref extras, nullable, "an array of strings");
    }

    /// <summary>Reads an array of anything: raw JSON or unions.</summary>
    public static IReadOnlyList<T>? Values<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : struct, IJsonModel<T>
    {
        var start = reader;
        if (reader.TokenType != JsonTokenType.StartArray)
            return Mismatch<T>(ref reader, start, name, ref extras, nullable, "an array");
        var list = new List<T>();
        while (NextItem(ref reader))
            list.Add(T.Read(ref reader));
        return list;
    }

    /// <summary>Reads an array of strings.</summary>
    public static IReadOnlyList<string>? Strings(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        var start = reader;
        var list = TryItems(ref reader, JsonTokenType.String, JsonTokenType.None, static (ref Utf8JsonReader item) => item.GetString()!);
        return list ?? Mismatch<string>(ref reader, start, name, ref extras, nullable, "an array of strings");
    }

    /// <summary>Reads an array of booleans.</summary>
    public static IReadOnlyList<bool>? Booleans(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        var start = reader;
        var list = TryItems(ref reader, JsonTokenType.True, JsonTokenType.False, static (ref Utf8JsonReader item) => item.GetBoolean());
        return list ?? Mismatch<bool>(ref reader, start, name, ref extras, nullable, "an array of booleans");
    }

    /// <summary>Reads an array of whole numbers.</summary>
    public static IReadOnlyList<long>? Int64s(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        var start = reader;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var list = new List<long>();
            while (NextItem(ref reader))
            {
                if (!JsonNumbers.TryInt64(ref reader, out var value))
                    return Mismatch<long>(ref reader, start, name, ref extras, nullable, "an array of whole numbers");
                list.Add(value);
            }
            return list;
        }
        return Mismatch<long>(ref reader, start, name, ref extras, nullable, "an array of whole numbers");
    }

    /// <summary>Reads an array of numbers.</summary>
    public static IReadOnlyList<double>? Doubles(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
    {
        var start = reader;
        var list = TryItems(ref reader, JsonTokenType.Number, JsonTokenType.None, static (ref Utf8JsonReader item) => item.GetDouble());
        if (list is null || !list.TrueForAll(double.IsFinite))
            return Mismatch<double>(ref reader, start, name, ref extras, nullable, "an array of numbers");
        JsonRead.KeepSpelling<DoubleForm, double>(start, name, ref extras);
        return list;
    }

    private delegate T ReadItem<T>(ref Utf8JsonReader reader);

    private static List<T>? TryItems<T>(ref Utf8JsonReader reader, JsonTokenType token, JsonTokenType otherToken, ReadItem<T> read)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return null;
        var list = new List<T>();
        while (NextItem(ref reader))
        {
            if (reader.TokenType != token && reader.TokenType != otherToken)
                return null;
            if (reader.TokenType == JsonTokenType.String && !JsonRead.TryText(ref reader, out _))
                return null;
            list.Add(read(ref reader));
        }
        return list;
    }

    internal static bool NextItem(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("The JSON ends in the middle of an array.");
        return reader.TokenType != JsonTokenType.EndArray;
    }

    private static IReadOnlyList<T>? Mismatch<T>(
        ref Utf8JsonReader reader, Utf8JsonReader start, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable, string expected)
    {
        reader = start;
        JsonRead.KeepMismatch(ref reader, name, ref extras, nullable, expected);
        return null;
    }
}
