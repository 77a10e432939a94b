using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Protocol;

namespace Zoetrope.Fal;

/// <summary>Reads fal's queue answers. fal has no word for failed or cancelled: such a job is COMPLETED, with an <c>error</c>.</summary>
internal static class FalStatusReader
{
    /// <summary>The status; null when the JSON is not one.</summary>
    public static JobStatus? Read(RawJson json)
    {
        if (json.Kind != JsonValueKind.Object)
            return null;
        string? status = null, error = null, errorType = null, requestId = null;
        int? position = null;
        TimeSpan? inferenceTime = null;
        List<JobLog>? logs = null;
        var reader = json.CreateReader();
        reader.Read();
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("status"u8))
                status = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("queue_position"u8))
                position = ProtocolJson.Integer(ref reader);
            else if (name.SequenceEqual("logs"u8))
                logs = ReadLogs(ref reader);
            else if (name.SequenceEqual("metrics"u8))
                inferenceTime = ReadInferenceTime(ref reader);
            else if (name.SequenceEqual("error"u8))
                error = ReadError(ref reader);
            else if (name.SequenceEqual("error_type"u8))
                errorType = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("request_id"u8))
                requestId = ProtocolJson.Text(ref reader);
            else
                reader.Skip();
        }
        if (string.IsNullOrEmpty(status))
            return null;
        var state = StateOf(status, failed: !string.IsNullOrEmpty(error) || !string.IsNullOrEmpty(errorType), errorType);
        return new JobStatus
        {
            State = state,
            ProviderStatus = status,
            QueuePosition = position,
            Logs = logs ?? (IReadOnlyList<JobLog>)[],
            Metrics = inferenceTime is null ? JobMetrics.None : new JobMetrics(InferenceTime: inferenceTime),
            Error = state == JobState.Failed
                ? new ServiceError { Message = error ?? errorType ?? status, Type = errorType, RequestId = requestId, Body = json }
                : null,
            Raw = json,
        };
    }

    /// <summary>The status of a failed job with an error that tells more.</summary>
    public static JobStatus WithError(JobStatus failed, ServiceError error) => new()
    {
        State = failed.State,
        ProviderStatus = failed.ProviderStatus,
        Logs = failed.Logs,
        Metrics = failed.Metrics,
        Error = error,
        Raw = failed.Raw,
    };

    private static JobState StateOf(string status, bool failed, string? errorType) => status.ToUpperInvariant() switch
    {
        "IN_QUEUE" or "QUEUED" => JobState.Queued,
        "COMPLETED" when errorType is "client_cancelled" => JobState.Cancelled,
        "COMPLETED" => failed ? JobState.Failed : JobState.Completed,
        // Not fal's own words, but a gateway or an older app that used them could mean nothing else.
        "FAILED" or "ERROR" => JobState.Failed,
        "CANCELLED" or "CANCELED" => JobState.Cancelled,
        _ => JobState.Running,
    };

    // Documented as an object, really a list, null when logs are off, and absent in older apps.
    private static List<JobLog>? ReadLogs(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }
        var logs = new List<JobLog>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                logs.Add(ReadLog(ref reader));
            else if (ProtocolJson.Text(ref reader) is { } text)
                logs.Add(new JobLog(text));
        }
        return logs;
    }

    private static JobLog ReadLog(ref Utf8JsonReader reader)
    {
        string? message = null, level = null;
        DateTimeOffset? timestamp = null;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("message"u8))
                message = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("timestamp"u8))
                timestamp = ProtocolJson.Moment(ref reader);
            else if (name.SequenceEqual("level"u8))
                level = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("labels"u8) && reader.TokenType == JsonTokenType.StartObject)
                level ??= ReadMember(ref reader, "level"u8);
            else
                reader.Skip();
        }
        return new JobLog(message ?? "", timestamp, level);
    }

    private static TimeSpan? ReadInferenceTime(ref Utf8JsonReader reader)
    {
        TimeSpan? time = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("inference_time"u8))
                time = ProtocolJson.Seconds(ref reader);
            else
                reader.Skip();
        }
        return time;
    }

    private static string? ReadError(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? RawJson.Read(ref reader).ToString()
            : ProtocolJson.Text(ref reader);

    private static string? ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        string? value = null;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual(member))
                value = ProtocolJson.Text(ref reader);
            else
                reader.Skip();
        }
        return value;
    }
}
