using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol.Protocol;

namespace Zoetrope.Cli.Mcp.Serving;

/// <summary>What a call returns in place of its result: the task that will have it.</summary>
internal sealed class CreatedTask : Result
{
    /// <summary>How it is written, without reflection.</summary>
    public static JsonTypeInfo<CreatedTask> TypeInfo { get; } = JsonMetadataServices.CreateValueInfo<CreatedTask>(
        new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() }, new Converter());

    /// <summary>The id of the job in the ledger.</summary>
    public required string TaskId { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>How often to ask for it, in milliseconds.</summary>
    public required long PollInterval { get; init; }

    private sealed class Converter : JsonConverter<CreatedTask>
    {
        public override CreatedTask Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, CreatedTask value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("resultType", "task");
            if (value.Meta is { } meta)
            {
                writer.WritePropertyName("_meta");
                meta.WriteTo(writer);
            }
            writer.WriteString("taskId", value.TaskId);
            writer.WriteString("status", "working");
            writer.WriteString("createdAt", value.CreatedAt);
            writer.WriteString("lastUpdatedAt", value.LastUpdatedAt);
            writer.WriteNumber("pollIntervalMs", value.PollInterval);
            writer.WriteEndObject();
        }
    }
}
