using System.ComponentModel;
using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Media;

namespace Zoetrope.CodeGen.Results;

/// <summary>
/// The building blocks of generated readers of results that are not objects. Such a result is the URL of a file, a file object, or an array; services
/// sometimes wrap single values in arrays, so both are read everywhere.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class UnwrappedResult
{
    /// <summary>Returns the file that the output is, or the first one in it; null when there is none.</summary>
    public static T? File<T>(RawJson output)
        where T : MediaFile, IJsonModel<T>
    {
        var files = Files<T>(output);
        return files is { Count: > 0 } ? files[0] : null;
    }

    /// <summary>Returns the files in the output, without nulls and values that are not files; null when it has only such values.</summary>
    public static IReadOnlyList<T>? Files<T>(RawJson output)
        where T : MediaFile, IJsonModel<T>
    {
        var files = new List<T>();
        var hasOthers = false;
        using var scope = JsonSource.Enter(output.Memory);
        var reader = output.CreateReader();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray && reader.CurrentDepth == 0)
                continue;
            if (reader.TokenType is JsonTokenType.EndArray)
                break;
            if (FileCodec<T>.TryRead(ref reader, out var file) && file.Url.Length > 0)
            {
                files.Add(file);
                continue;
            }
            hasOthers |= reader.TokenType != JsonTokenType.Null || reader.CurrentDepth == 0;
            reader.Skip();
        }
        return files.Count == 0 && hasOthers ? null : files;
    }

    /// <summary>Returns the items of the output; the output itself when it is not an array, and null when it is null.</summary>
    public static IReadOnlyList<RawJson>? Items(RawJson output)
    {
        if (output.Kind == JsonValueKind.Null)
            return null;
        if (output.Kind != JsonValueKind.Array)
            return [output];
        var items = new List<RawJson>();
        using var scope = JsonSource.Enter(output.Memory);
        var reader = output.CreateReader();
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(RawJson.Read(ref reader));
        return items;
    }

    /// <summary>Returns the value that the output is, or the first one in it; null when there is none.</summary>
    public static T? Value<T, TCodec>(RawJson output)
        where T : class
        where TCodec : IJsonCodec<T> =>
        List<T, TCodec>(output) is { Count: > 0 } values ? values[0] : null;

    /// <summary>
    /// Returns the values in the output, without nulls and values of another type; null when it has only such values. An output that is not an array is a list
    /// of one.
    /// </summary>
    public static IReadOnlyList<T>? List<T, TCodec>(RawJson output)
        where TCodec : IJsonCodec<T>
    {
        if (Items(output) is not { } items)
            return null;
        var values = new List<T>();
        var hasOthers = false;
        foreach (var item in items)
        {
            using var scope = JsonSource.Enter(item.Memory);
            var reader = item.CreateReader();
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null && TCodec.TryRead(ref reader, out var value))
                values.Add(value);
            else
                hasOthers = true;
        }
        return values.Count == 0 && hasOthers ? null : values;
    }

    /// <summary>Creates the JSON of <paramref name="value"/>.</summary>
    public static RawJson OfValue<T, TCodec>(T value)
        where TCodec : IJsonCodec<T>
    {
        var writer = new JsonWriter();
        TCodec.Write(writer, value);
        return RawJson.Parse(writer.Written.Span);
    }

    /// <summary>Creates the array of <paramref name="items"/>.</summary>
    public static RawJson OfList<T, TCodec>(IReadOnlyList<T> items)
        where TCodec : IJsonCodec<T>
    {
        var writer = new JsonWriter();
        writer.WriteStartArray();
        for (var i = 0; i < items.Count; i++)
            TCodec.Write(writer, items[i]);
        writer.WriteEndArray();
        return RawJson.Parse(writer.Written.Span);
    }

    /// <summary>Creates the array of <paramref name="items"/>.</summary>
    public static RawJson Of<T>(IReadOnlyList<T> items)
        where T : IJsonModel<T>
    {
        var writer = new JsonWriter();
        writer.WriteStartArray();
        for (var i = 0; i < items.Count; i++)
            items[i].Write(writer);
        writer.WriteEndArray();
        return RawJson.Parse(writer.Written.Span);
    }
}
