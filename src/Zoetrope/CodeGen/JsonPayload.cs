using System.ComponentModel;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>Reads values that are not models, such as lists, from JSON that contains nothing else.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonPayload
{
    /// <summary>Reads a value.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <exception cref="JsonException">The JSON is malformed, or does not have the type.</exception>
    public static T Read<T, TCodec>(ReadOnlySpan<byte> utf8)
        where TCodec : struct, IJsonCodec<T>
    {
        // What is not declared is kept as it is, and the caller may change the bytes.
        var json = utf8.ToArray();
        using var scope = JsonSource.Enter(json);
        var reader = new Utf8JsonReader(json, JsonModel.ReaderOptions);
        if (!reader.Read())
            throw new JsonException("The JSON is empty; a value is expected.");
        var found = reader.TokenType;
        var notes = default(ReadNotes);
        if (!JsonRead.TryItem<T, TCodec>(ref reader, ref notes, out var value))
            throw new JsonException($"The JSON is {JsonRead.Describe(found)}, but {TCodec.Plural} were expected.");
        if (reader.Read())
            throw new JsonException("The JSON contains more than one value.");
        return value;
    }
}
