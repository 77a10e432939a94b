using System.Buffers;
using System.Text.Json;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Json;

namespace Zoetrope.Extensions.AI.Tools;

/// <summary>What a language model gets of a job.</summary>
internal static class ToolResult
{
    private const int LongestData = 256;

    /// <summary>The result of a job. Bytes in it are named, and not repeated: they would fill the context of the language model.</summary>
    public static JsonElement Of(JobResult<RawJson> result) => Make(writer =>
    {
        writer.WriteString("job", result.Handle.ToString());
        writer.WriteStartArray("files");
        foreach (var file in result.Media)
        {
            writer.WriteStartObject();
            writer.WriteString("url", Shortened(file.Url));
            if (file.ContentType is not null)
                writer.WriteString("media_type", file.ContentType);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WritePropertyName("result");
        Copy(writer, result.Raw);
        if (result.Warnings.Count == 0)
            return;
        writer.WriteStartArray("warnings");
        foreach (var warning in result.Warnings)
            writer.WriteStringValue(warning);
        writer.WriteEndArray();
    });

    /// <summary>Why there is no job.</summary>
    public static JsonElement Error(string message) => Make(writer => writer.WriteString("error", message));

    private static JsonElement Make(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        var reader = new Utf8JsonReader(bytes.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Copy(Utf8JsonWriter writer, RawJson json)
    {
        var reader = json.CreateReader();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    writer.WritePropertyName(JsonTexts.Of(ref reader));
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(Shortened(JsonTexts.Of(ref reader)));
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan);
                    break;
            }
        }
    }

    private static string Shortened(string text) =>
        text.Length > LongestData && text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        && text.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma
            ? $"{text[..comma]}, … ({text.Length - comma - 1} characters)"
            : text;
}
