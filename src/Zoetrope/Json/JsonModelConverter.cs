using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Zoetrope.Json;

/// <summary>Lets System.Text.Json read and write a model with the model's own code.</summary>
/// <typeparam name="T">The type of the model.</typeparam>
public sealed class JsonModelConverter<T> : JsonConverter<T>
    where T : IJsonModel<T>
{
    /// <summary>Whether the model reads a JSON null itself: structs do, such as <see cref="RawJson"/>.</summary>
    public override bool HandleNull => typeof(T).IsValueType;

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var json = JsonModel.ToUtf8(value);
        var isRelaxed = writer.Options.Encoder == JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        if (isRelaxed && !writer.Options.Indented)
        {
            writer.WriteRawValue(json, skipInputValidation: true);
        }
        else if (!JsonStrings.IsValidText(json) || IsTooDeep(json, writer))
        {
            // The writer would throw. What is lost is the caller's indentation, and of the encoder all but what is unsafe within HTML.
            writer.WriteRawValue(isRelaxed ? json : SafeInHtml(json), skipInputValidation: true);
        }
        else
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = int.MaxValue });
            document.WriteTo(writer);
        }
    }

    private static bool IsTooDeep(byte[] json, Utf8JsonWriter writer)
    {
        // Zero stands for the writer's default.
        var most = (writer.Options.MaxDepth == 0 ? 1000 : writer.Options.MaxDepth) - writer.CurrentDepth;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= most)
                return true;
        }
        return false;
    }

    // In JSON these characters occur only in strings and names.
    private static byte[] SafeInHtml(byte[] json)
    {
        var safe = new ArrayBufferWriter<byte>(json.Length);
        foreach (var character in json)
        {
            safe.Write(character switch
            {
                (byte)'<' => "\\u003C"u8,
                (byte)'>' => "\\u003E"u8,
                (byte)'&' => "\\u0026"u8,
                (byte)'\'' => "\\u0027"u8,
                _ => new ReadOnlySpan<byte>(in character),
            });
        }
        return safe.WrittenSpan.ToArray();
    }
}

/// <summary>Resolves the contract of one model.</summary>
internal sealed class JsonModelResolver<T> : IJsonTypeInfoResolver
    where T : IJsonModel<T>
{
    public static JsonTypeInfo<T> TypeInfo { get; } = Make();

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        type == typeof(T) ? JsonMetadataServices.CreateValueInfo<T>(options, new JsonModelConverter<T>()) : null;

    private static JsonTypeInfo<T> Make()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new JsonModelResolver<T>(),
            MaxDepth = JsonModel.ReaderOptions.MaxDepth,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }
}
