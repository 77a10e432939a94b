using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// Reads and writes members that are maps, or lists of lists and maps, for generated code. One that holds a value of another form is kept as a whole in the object's
/// <see cref="ExtraProperties"/>, as <see cref="JsonReadLists"/> does with plain lists.
/// </summary>
public static class JsonContainers
{
    /// <summary>Reads an object whose members are all of one form.</summary>
    public static IReadOnlyDictionary<string, T>? Map<T, TForm>(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where TForm : struct, IJsonForm<T>
    {
        var start = reader;
        if (MapForm<T, TForm>.TryRead(ref reader, out var map))
        {
            JsonRead.KeepSpelling<TForm, T>(start, name, ref extras);
            return map;
        }
        reader = start;
        JsonRead.KeepMismatch(ref reader, name, ref extras, nullable, "a map of " + TForm.Plural);
        return null;
    }

    /// <summary>Reads an array whose items are all of one form.</summary>
    public static IReadOnlyList<T>? List<T, TForm>(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where TForm : struct, IJsonForm<T>
    {
        var start = reader;
        if (ListForm<T, TForm>.TryRead(ref reader, out var list))
        {
            JsonRead.KeepSpelling<TForm, T>(start, name, ref extras);
            return list;
        }
        reader = start;
        JsonRead.KeepMismatch(ref reader, name, ref extras, nullable, "an array of " + TForm.Plural);
        return null;
    }

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
}
