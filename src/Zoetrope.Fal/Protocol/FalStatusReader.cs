using System.Globalization;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Fal.Protocol;

/// <summary>Reads the responses of fal's queue. fal has no status for failed or canceled: such a job is COMPLETED, with an <c>error</c>.</summary>
internal static class FalStatusReader
{
    /// <summary>The status; null when the JSON is not one.</summary>
    /// <param name="json">The response.</param>
    /// <param name="names">The ids of the job in it, also when it is not a status.</param>
    /// <param name="handle">The job of the request; null for a submit.</param>
    /// <param name="readUrls">Whether the URLs in it are read.</param>
    /// <param name="app">The app of a submit, so that its job's usual URLs are not read; null reads all.</param>
    public static JobStatus? Read(RawJson json, out FalJobNames names, JobHandle? handle = null, bool readUrls = false, string? app = null)
    {
        names = default;
        if (json.Kind != JsonValueKind.Object)
            return null;
        string? status = null, error = null, errorType = null;
        int? position = null;
        TimeSpan? inferenceTime = null;
        List<JobLog>? logs = null;
        // Nested values are skipped or copied, never entered.
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("status"u8))
                status = Word(ref reader);
            else if (name.SequenceEqual("queue_position"u8))
                position = ProtocolJson.Integer(ref reader);
            else if (name.SequenceEqual("logs"u8))
                logs = ReadLogs(ref reader);
            else if (name.SequenceEqual("metrics"u8))
                inferenceTime = ReadInferenceTime(ref reader);
            else if (name.SequenceEqual("error"u8))
                error = ReadError(ref reader);
            else if (name.SequenceEqual("error_type"u8))
                errorType = ReadWord(ref reader);
            else if (name.SequenceEqual("request_id"u8))
                names.RequestId = ProtocolJson.TextOr(names.RequestId, ref reader, handle?.JobId);
            else if (name.SequenceEqual("gateway_request_id"u8))
                names.GatewayRequestId = ProtocolJson.TextOr(names.GatewayRequestId, ref reader, handle?.JobId);
            else if (readUrls && name.SequenceEqual("response_url"u8))
                names.ResponseUrl = ReadUrl(names.ResponseUrl, ref reader, app, names.RequestId, "");
            else if (readUrls && name.SequenceEqual("status_url"u8))
                names.StatusUrl = ReadUrl(names.StatusUrl, ref reader, app, names.RequestId, FalJobPaths.StatusEnd);
            else if (readUrls && name.SequenceEqual("cancel_url"u8))
                names.CancelUrl = ReadUrl(names.CancelUrl, ref reader, app, names.RequestId, FalJobPaths.CancelEnd);
            else
                reader.Skip();
        }
        if (string.IsNullOrEmpty(status))
            return null;
        var state = StateOf(status, failed: error is not null || errorType is not null, errorType);
        return new JobStatus
        {
            State = state,
            ProviderStatus = status,
            QueuePosition = position,
            Logs = logs ?? (IReadOnlyList<JobLog>)[],
            Metrics = inferenceTime is null ? JobMetrics.None : new JobMetrics(InferenceTime: inferenceTime),
            Error = state == JobState.Failed
                ? new ServiceError { Message = error ?? errorType ?? status, Type = errorType, RequestId = names.RequestId, Body = json }
                : null,
            Raw = json,
        };
    }

    /// <summary>
    /// Whether JSON can be a status, or have the queue's URLs: large results are tested too, and finding that they have no such names takes far less time than
    /// reading them. The characters of the names have one escape each.
    /// </summary>
    public static bool MayBeOfQueue(ReadOnlySpan<byte> json) =>
        json.IndexOf("\"status"u8) >= 0 || json.IndexOf("\"response_url\""u8) >= 0 || json.IndexOf("\\u00"u8) >= 0;

    /// <summary>The status of a failed job with the content in place of its result: a more detailed error, or a result all the same.</summary>
    public static JobStatus With(JobStatus failed, ServiceError? error, RawJson? output = null) => new()
    {
        State = failed.State,
        ProviderStatus = failed.ProviderStatus,
        Logs = failed.Logs,
        Metrics = failed.Metrics,
        Error = error,
        Output = output,
        Raw = failed.Raw,
    };

    /// <summary>A status with the log lines so far.</summary>
    public static JobStatus With(JobStatus status, IReadOnlyList<JobLog> logs) => new()
    {
        State = status.State,
        ProviderStatus = status.ProviderStatus,
        QueuePosition = status.QueuePosition,
        Logs = logs,
        Metrics = status.Metrics,
        Error = status.Error,
        Raw = status.Raw,
    };

    private static JobState StateOf(string status, bool failed, string? errorType) => status.ToUpperInvariant() switch
    {
        "IN_QUEUE" or "QUEUED" => JobState.Queued,
        "COMPLETED" when errorType is "client_cancelled" => JobState.Canceled,
        "COMPLETED" => failed ? JobState.Failed : JobState.Completed,
        // Not fal's own terms, but unambiguous if a gateway or an older app uses them.
        "FAILED" or "ERROR" => JobState.Failed,
        "CANCELLED" or "CANCELED" => JobState.Canceled,
        _ => JobState.Running,
    };

    // Every poll reads a word, nearly always one of three.
    private static string? Word(ref Utf8JsonReader reader)
    {
        if (reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false, HasValueSequence: false })
        {
            var word = reader.ValueSpan;
            if (word.SequenceEqual("IN_PROGRESS"u8))
                return "IN_PROGRESS";
            if (word.SequenceEqual("IN_QUEUE"u8))
                return "IN_QUEUE";
            if (word.SequenceEqual("COMPLETED"u8))
                return "COMPLETED";
        }
        return ProtocolJson.Text(ref reader);
    }

    private static string? ReadUrl(string? earlier, ref Utf8JsonReader reader, string? app, string? jobId, string end) =>
        earlier is null && app is not null && jobId is not null
        && reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false, HasValueSequence: false }
        && FalJobPaths.IsUsual(reader.ValueSpan, app, jobId, end)
            ? null
            : ProtocolJson.TextOr(earlier, ref reader);

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

    // Some apps express the absence of an error with an empty member (false, 0, "", {} or []).
    internal static string? ReadError(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var raw = RawJson.Read(ref reader);
                return IsEmpty(raw) ? null : raw.ToString();
            case JsonTokenType.False:
                return null;
            case JsonTokenType.Number:
                return ProtocolJson.Number(ref reader) is { } number and not 0 ? number.ToString(CultureInfo.InvariantCulture) : null;
            default:
                return ProtocolJson.Text(ref reader) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
        }
    }

    private static bool IsEmpty(RawJson container)
    {
        var reader = container.CreateReader();
        reader.Read();
        reader.Read();
        return reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
    }

    // The kind of an error is a string; anything else is not one.
    private static string? ReadWord(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return ProtocolJson.Text(ref reader) is { } word && !string.IsNullOrWhiteSpace(word) ? word : null;
        reader.Skip();
        return null;
    }

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
