using System.ComponentModel;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Results;

/// <summary>
/// The building blocks of generated mappings between neutral and provider models. A mapping goes through JSON: nothing is lost, including undeclared
/// members and explicit nulls.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NeutralMap
{
    /// <summary>Reads a model from the JSON of another.</summary>
    public static TTo Convert<TFrom, TTo>(TFrom model)
        where TFrom : IJsonModel<TFrom>
        where TTo : IJsonModel<TTo> => JsonModel.FromUtf8<TTo>(JsonModel.ToUtf8(model));

    /// <summary>Creates a result from a provider's output that is a single value: it becomes the member of that name.</summary>
    /// <param name="output">The output.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="single">Whether the member is a single value, so that the first item of an array is used.</param>
    /// <param name="file">Whether the member is a file, so that a bare URL is wrapped in an object.</param>
    /// <exception cref="JsonException">The output has no value.</exception>
    public static TTo Wrap<TTo>(RawJson output, string name, bool single, bool file)
        where TTo : IJsonModel<TTo>
    {
        var value = single ? First(output) : output;
        if (value.Kind == JsonValueKind.Null)
            throw new JsonException($"The output has no value for '{name}'.");
        var writer = new JsonWriter();
        writer.WriteStartObject();
        writer.WritePropertyName(name);
        WriteMember(writer, value, single, file);
        writer.WriteEndObject();
        return JsonModel.FromUtf8<TTo>(writer.Written.Span);
    }

    /// <summary>Writes a member of a neutral result: the first of several values where it is a single one, or else a list; files as objects.</summary>
    internal static void WriteMember(JsonWriter writer, RawJson value, bool single, bool file)
    {
        if (single || value.Kind == JsonValueKind.Null)
        {
            WriteValue(writer, First(value), file);
            return;
        }
        writer.WriteStartArray();
        foreach (var item in UnwrappedResult.Items(value)!)
            WriteValue(writer, item, file);
        writer.WriteEndArray();
    }

    private static RawJson First(RawJson output) =>
        UnwrappedResult.Items(output) is { } items ? (items.Count > 0 ? items[0] : RawJson.Null) : output;

    private static void WriteValue(JsonWriter writer, RawJson value, bool file)
    {
        if (!file || value.Kind != JsonValueKind.String)
        {
            value.Write(writer);
            return;
        }
        writer.WriteStartObject();
        writer.WritePropertyName("url"u8);
        value.Write(writer);
        writer.WriteEndObject();
    }
}
