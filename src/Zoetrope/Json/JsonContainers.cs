using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// Reads and writes members that are lists and maps, for generated code. Items of another type are left out (<see cref="IPartialJson"/>), and the member as
/// it came is kept in the object's
/// <see cref="ExtraProperties"/>; so is one that is neither, or that holds nothing else.
/// </summary>
public static class JsonContainers
{
    /// <summary>Reads an object whose members are all of one form.</summary>
    public static IReadOnlyDictionary<string, T>? Map<T, TForm>(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where TForm : struct, IJsonForm<T> =>
        Part<IReadOnlyDictionary<string, T>, MapForm<T, TForm>>(ref reader, name, ref extras, nullable, "a map of ", TForm.Plural);

    /// <summary>Reads an array whose items are all of one form.</summary>
    public static IReadOnlyList<T>? List<T, TForm>(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where TForm : struct, IJsonForm<T> =>
        Part<IReadOnlyList<T>, ListForm<T, TForm>>(ref reader, name, ref extras, nullable, "an array of ", TForm.Plural);

    /// <summary>Writes an object whose members are all of one form.</summary>
    public static void WriteMap<T, TForm>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T>? value, ExtraProperties? extras)
        where TForm : struct, IJsonForm<T>
    {
        if (!JsonWrite.TakesValue(writer, name, value is not null, extras))
            return;
        JsonWrite.Form<IReadOnlyDictionary<string, T>, MapForm<T, TForm>>(writer, name, value!, extras);
    }

    /// <summary>Writes an array whose items are all of one form.</summary>
    public static void WriteList<T, TForm>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T>? value, ExtraProperties? extras)
        where TForm : struct, IJsonForm<T>
    {
        if (!JsonWrite.TakesValue(writer, name, value is not null, extras))
            return;
        JsonWrite.Form<IReadOnlyList<T>, ListForm<T, TForm>>(writer, name, value!, extras);
    }

    private static T? Part<T, TForm>(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable, string container, string items)
        where T : class
        where TForm : struct, IJsonForm<T>
    {
        var start = reader;
        var notes = default(ReadNotes);
        if (!TForm.TryReadPart(ref reader, ref notes, out var value))
        {
            JsonRead.Keep(ref reader, name, ref extras, nullable, container + items);
            return null;
        }
        if (value is IPartialJson part)
            ExtraProperties.Keep(name, part.Raw, ref extras, ExtraFate.Mismatch, container + items);
        else if (notes.HasLongNumbers)
            ExtraProperties.Keep(name, RawJson.OfValid(RawJsonCopier.Cut(start, ref reader)), ref extras, ExtraFate.Spelling, null);
        return value;
    }
}
