using System.Buffers;
using System.Text.Json;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI.Tools;

/// <summary>The JSON Schemas of the arguments and of the result of a model as a tool.</summary>
internal static class ModelSchema
{
    /// <summary>The schema of the results of all tools.</summary>
    public static JsonElement Result { get; } = Parse("""
        {
          "type": "object",
          "properties": {
            "job": { "type": "string", "description": "The handle of the job." },
            "files": {
              "type": "array",
              "items": { "type": "object", "properties": { "url": { "type": "string" }, "media_type": { "type": "string" } } }
            },
            "result": { "description": "The whole result of the model." },
            "warnings": { "type": "array", "items": { "type": "string" } },
            "error": { "type": "string", "description": "Why nothing was made, and nothing was paid." }
          }
        }
        """u8);

    /// <summary>The schema of the arguments.</summary>
    public static JsonElement Of(ModelInfo model, IReadOnlyList<ParameterInfo> parameters)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            foreach (var parameter in parameters)
            {
                writer.WritePropertyName(parameter.Name);
                ParameterSchema.Write(writer, model.Endpoint.Validate, parameter);
            }
            writer.WriteEndObject();
            writer.WriteStartArray("required");
            foreach (var parameter in parameters)
            {
                if (parameter.Required)
                    writer.WriteStringValue(parameter.Name);
            }
            writer.WriteEndArray();
            writer.WriteBoolean("additionalProperties", false);
            writer.WriteEndObject();
        }
        return Parse(bytes.WrittenSpan);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }
}
