using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Zoetrope.Json;

/// <summary>Reads and writes models as UTF-8 JSON.</summary>
public static class JsonModel
{
    // Media prompts are full of quotes and non-ASCII text; the strict encoder, made for JSON inside HTML, would blow them up.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>How JSON is read: deeper than System.Text.Json's usual 64 levels, because a result that was paid for must not be lost over its depth.</summary>
    internal static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 256 };

    /// <summary>The model's JSON.</summary>
    public static byte[] ToUtf8<T>(T model)
        where T : IJsonModel<T>
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(model, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the model's JSON into <paramref name="output"/>.</summary>
    public static void Write<T>(T model, IBufferWriter<byte> output)
        where T : IJsonModel<T>
    {
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        model.Write(writer);
        writer.Flush();
    }

    /// <summary>Reads a model from JSON that holds exactly it.</summary>
    /// <exception cref="JsonException">The JSON is malformed, or not of the model's form.</exception>
    public static T FromUtf8<T>(ReadOnlySpan<byte> utf8)
        where T : IJsonModel<T>
    {
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        if (!reader.Read())
            throw new JsonException("There is no JSON value.");
        var model = T.Read(ref reader);
        if (reader.Read())
            throw new JsonException("There is more than one JSON value.");
        return model;
    }

    /// <summary>
    /// What System.Text.Json needs to read and write a model with the model's own code: for minimal APIs, <c>JsonContent</c>
    /// or a resolver. Nothing of it is in a native app that does not call it.
    /// </summary>
    /// <param name="options">The options that it is for; null makes some.</param>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions? options = null)
        where T : IJsonModel<T> =>
        JsonMetadataServices.CreateValueInfo<T>(options ?? new JsonSerializerOptions(), new JsonModelConverter<T>());

    internal static byte[] QuoteUtf8(string value)
    {
        var buffer = new ArrayBufferWriter<byte>(value.Length + 2);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            writer.WriteStringValue(value);
        return buffer.WrittenSpan.ToArray();
    }
}
