using System.ComponentModel;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>
/// The building blocks of generated writers. Only strings are written together with their names: the writer has code of its own for each such kind of
/// member. An unset property is omitted, unless it was read as null or with another type: then the original is written.
/// A property whose name is set in the <see cref="ExtraProperties"/> is written by them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonWrite
{
    /// <summary>Writes a string member.</summary>
    public static void String(JsonWriter writer, ReadOnlySpan<byte> name, string? value, ExtraProperties? extras)
    {
        if (TakesValue(writer, name, value is not null, extras))
            writer.WriteString(name, value);
    }

    /// <summary>Writes a boolean member.</summary>
    public static void Boolean(JsonWriter writer, ReadOnlySpan<byte> name, bool? value, ExtraProperties? extras)
    {
        if (!TakesValue(writer, name, value is not null, extras))
            return;
        writer.WritePropertyName(name);
        writer.WriteBooleanValue(value!.Value);
    }

    /// <summary>Writes a whole number.</summary>
    public static void Int64(JsonWriter writer, ReadOnlySpan<byte> name, long? value, ExtraProperties? extras)
    {
        if (!TakesValue(writer, name, value is not null, extras))
            return;
        writer.WritePropertyName(name);
        writer.WriteNumberValue(value!.Value);
    }

    /// <summary>Writes a whole number of up to 128 bits.</summary>
    public static void Int128(JsonWriter writer, ReadOnlySpan<byte> name, Int128? value, ExtraProperties? extras)
    {
        if (!TakesValue(writer, name, value is not null, extras))
            return;
        writer.WritePropertyName(name);
        writer.WriteNumberValue(value!.Value);
    }

    /// <summary>Writes a number.</summary>
    /// <exception cref="ArgumentException">The value is infinite or NaN, which JSON cannot represent.</exception>
    public static void Double(JsonWriter writer, ReadOnlySpan<byte> name, double? value, ExtraProperties? extras)
    {
        if (TakesValue(writer, name, value is not null, extras))
            Form<double, DoubleCodec>(writer, name, value!.Value, extras);
    }

    /// <summary>
    /// Writes the null of a member that is required and nullable, unless it is known to have had another type, or to have been missing.
    /// </summary>
    public static void Null(JsonWriter writer, ReadOnlySpan<byte> name, ExtraProperties? extras)
    {
        if (extras is not null && (extras.Overrides(name) || extras.WriteDeclared(writer, name)))
            return;
        writer.WritePropertyName(name);
        writer.WriteNullValue();
    }

    /// <summary>Writes an object or a file.</summary>
    public static void Object<T>(JsonWriter writer, ReadOnlySpan<byte> name, T? value, ExtraProperties? extras)
        where T : class, IJsonModel<T>
    {
        if (!TakesValue(writer, name, value is not null, extras))
            return;
        writer.WritePropertyName(name);
        value!.Write(writer);
    }

    /// <summary>Writes an open enum, a union or raw JSON.</summary>
    public static void Value<T>(JsonWriter writer, ReadOnlySpan<byte> name, T? value, ExtraProperties? extras)
        where T : struct, IJsonModel<T>
    {
        if (!TakesValue(writer, name, value is not null, extras))
            return;
        writer.WritePropertyName(name);
        value!.Value.Write(writer);
    }

    /// <summary>Writes an array of objects, files, open enums, unions or raw JSON.</summary>
    public static void List<T>(JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T>? list, ExtraProperties? extras)
        where T : IJsonModel<T>
    {
        if (!StartList(writer, name, list, extras))
            return;
        for (var i = 0; i < list!.Count; i++)
        {
            if (list[i] is { } item)
                item.Write(writer);
            else
                writer.WriteNullValue();
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes an array of strings.</summary>
    public static void Strings(JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? list, ExtraProperties? extras)
    {
        if (!StartList(writer, name, list, extras))
            return;
        for (var i = 0; i < list!.Count; i++)
            writer.WriteStringValue(list[i]);
        writer.WriteEndArray();
    }

    /// <summary>Writes an array of booleans.</summary>
    public static void Booleans(JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<bool>? list, ExtraProperties? extras)
    {
        if (!StartList(writer, name, list, extras))
            return;
        for (var i = 0; i < list!.Count; i++)
            writer.WriteBooleanValue(list[i]);
        writer.WriteEndArray();
    }

    /// <summary>Writes an array of whole numbers.</summary>
    public static void Int64s(JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<long>? list, ExtraProperties? extras)
    {
        if (!StartList(writer, name, list, extras))
            return;
        for (var i = 0; i < list!.Count; i++)
            writer.WriteNumberValue(list[i]);
        writer.WriteEndArray();
    }

    /// <summary>Writes an array of numbers.</summary>
    public static void Doubles(JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<double>? list, ExtraProperties? extras)
    {
        if (TakesValue(writer, name, list is not null, extras))
            Form<IReadOnlyList<double>, ListCodec<double, DoubleCodec>>(writer, name, list!, extras);
    }

    /// <summary>Writes a value that is set; in its original spelling, if it was read with more digits than doubles hold and is unchanged.</summary>
    internal static void Form<T, TCodec>(JsonWriter writer, ReadOnlySpan<byte> name, T value, ExtraProperties? extras)
        where TCodec : struct, IJsonCodec<T>
    {
        writer.WritePropertyName(name);
        if (TCodec.HoldsDoubles && extras is not null && extras.TryGetSpelling(name, out var spelling) && IsStill<T, TCodec>(spelling, value))
            spelling.Write(writer);
        else
            TCodec.Write(writer, value);
    }

    private static bool IsStill<T, TCodec>(RawJson spelling, T value)
        where TCodec : struct, IJsonCodec<T>
    {
        var reader = spelling.CreateReader();
        reader.Read();
        return TCodec.TryRead(ref reader, out var read) && JsonUnion.Of<T, TCodec>(read).Raw == JsonUnion.Of<T, TCodec>(value).Raw;
    }

    private static bool StartList<T>(JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T>? list, ExtraProperties? extras)
    {
        if (!TakesValue(writer, name, list is not null, extras))
            return false;
        writer.WritePropertyName(name);
        if (list is not IPartialJson part)
        {
            writer.WriteStartArray();
            return true;
        }
        part.Raw.Write(writer);
        return false;
    }

    /// <summary>Whether the property's own value is written: it is set, and no extra property of its name overrides it.</summary>
    internal static bool TakesValue(JsonWriter writer, ReadOnlySpan<byte> name, bool isSet, ExtraProperties? extras)
    {
        if (extras is null)
            return isSet;
        if (isSet)
            return !extras.Overrides(name);
        extras.WriteDeclared(writer, name);
        return false;
    }
}
