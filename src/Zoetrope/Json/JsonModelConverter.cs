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
        // The caller's encoder and indentation count; a text that is not Unicode is written as it is, because it cannot be encoded in another way.
        if ((!writer.Options.Indented && writer.Options.Encoder == JavaScriptEncoder.UnsafeRelaxedJsonEscaping) || !JsonStrings.IsValidText(json))
        {
            writer.WriteRawValue(json, skipInputValidation: true);
            return;
        }
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        document.WriteTo(writer);
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
