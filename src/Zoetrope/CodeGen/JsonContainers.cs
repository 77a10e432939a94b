using System.ComponentModel;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>
/// Reads and writes members that are lists and maps, for generated code. Items of another type are omitted (<see cref="IPartialJson"/>), and the original
/// member is kept in the object's <see cref="ExtraProperties"/>; so is a member of another type, or one with only such items.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonContainers
{
    /// <summary>Reads an object whose members have one codec.</summary>
    public static IReadOnlyDictionary<string, T>? Map<T, TCodec>(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where TCodec : struct, IJsonCodec<T> =>
        Part<IReadOnlyDictionary<string, T>, MapCodec<T, TCodec>>(ref reader, name, ref extras, nullable, "a map of ", TCodec.Plural);

    /// <summary>Reads an array whose items have one codec.</summary>
    public static IReadOnlyList<T>? List<T, TCodec>(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where TCodec : struct, IJsonCodec<T> =>
        Part<IReadOnlyList<T>, ListCodec<T, TCodec>>(ref reader, name, ref extras, nullable, "an array of ", TCodec.Plural);

    /// <summary>Writes an object whose members have one codec.</summary>
    public static void WriteMap<T, TCodec>(JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T>? value, ExtraProperties? extras)
        where TCodec : struct, IJsonCodec<T>
    {
        if (!JsonWrite.TakesValue(writer, name, value is not null, extras))
            return;
        JsonWrite.Form<IReadOnlyDictionary<string, T>, MapCodec<T, TCodec>>(writer, name, value!, extras);
    }

    /// <summary>Writes an array whose items have one codec.</summary>
    public static void WriteList<T, TCodec>(JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T>? value, ExtraProperties? extras)
        where TCodec : struct, IJsonCodec<T>
    {
        if (!JsonWrite.TakesValue(writer, name, value is not null, extras))
            return;
        JsonWrite.Form<IReadOnlyList<T>, ListCodec<T, TCodec>>(writer, name, value!, extras);
    }

    private static T? Part<T, TCodec>(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable, string container, string items)
        where T : class
        where TCodec : struct, IJsonCodec<T>
    {
        var start = reader;
        var notes = default(ReadNotes);
        if (!TCodec.TryReadPart(ref reader, ref notes, out var value))
        {
            JsonRead.Keep(ref reader, name, ref extras, nullable, container + items);
            return null;
        }
        if (value is IPartialJson part)
            ExtraProperties.Keep(name, part.Raw, ref extras, EntryKind.Mismatch, container + items);
        else if (notes.HasLongNumbers)
            ExtraProperties.Keep(name, RawJson.OfValid(RawJsonCopier.Cut(start, ref reader)), ref extras, EntryKind.ExactNumber, null);
        return value;
    }
}
