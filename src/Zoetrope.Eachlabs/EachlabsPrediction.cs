using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs;

/// <summary>A prediction in Eachlabs' response to a create and to a get. Three vocabularies of states are in use, side by side.</summary>
internal struct EachlabsPrediction
{
    public string? Id;

    /// <summary>The second id, if there are two.</summary>
    public string? OtherId;

    /// <summary>The name that webhooks have for the id.</summary>
    public string? ExecutionId;
    public string? Status;

    private bool _isPrediction;
    private RawJson? _output;
    private TimeSpan? _predictTime;
    private decimal? _cost;
    private List<JobLog>? _logs;

    public static EachlabsPrediction Read(RawJson json)
    {
        var prediction = default(EachlabsPrediction);
        if (json.Kind != JsonValueKind.Object)
            return prediction;
        // Nested values are skipped or copied, never entered.
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        string? predictionId = null, id = null;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            prediction._isPrediction |= IsOfPrediction(name);
            if (name.SequenceEqual("predictionID"u8) || name.SequenceEqual("prediction_id"u8))
                predictionId = ProtocolJson.TextOr(predictionId, ref reader);
            else if (name.SequenceEqual("id"u8))
                id = ProtocolJson.TextOr(id, ref reader);
            else if (name.SequenceEqual("exec_id"u8))
                prediction.ExecutionId = ProtocolJson.TextOr(prediction.ExecutionId, ref reader);
            else if (name.SequenceEqual("status"u8))
                prediction.Status = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("output"u8))
                prediction._output = RawJson.Read(ref reader);
            else if (name.SequenceEqual("metrics"u8) && reader.TokenType == JsonTokenType.StartObject)
                prediction.ReadMetrics(ref reader);
            else if (name.SequenceEqual("logs"u8))
                prediction._logs = ReadLogs(ref reader);
            else
                reader.Skip();
        }
        prediction.Id = predictionId ?? id;
        prediction.OtherId = id;
        return prediction;
    }

    /// <summary>The status of the job; null when the JSON has none. Error bodies have a status too, which is not the job's.</summary>
    /// <param name="json">The prediction.</param>
    /// <param name="requestId">The id of the exchange.</param>
    /// <param name="redact">Takes the key out of the error.</param>
    public readonly JobStatus? ToStatus(RawJson json, string? requestId, Func<ServiceError, ServiceError> redact)
    {
        if (string.IsNullOrEmpty(Status) || char.IsAsciiDigit(Status[0]))
            return null;
        var state = EachlabsOutcome.StateOf(Status);
        if (state is JobState.Failed or JobState.Canceled && !_isPrediction)
            return null;
        return new JobStatus
        {
            State = state,
            ProviderStatus = Status,
            Logs = _logs ?? (IReadOnlyList<JobLog>)[],
            // The cost is 0 until the job has ended, which is not its final cost.
            Metrics = new JobMetrics(_predictTime, state is JobState.Queued or JobState.Running ? null : _cost),
            Error = state == JobState.Failed ? redact(ErrorOf(json, requestId)) : null,
            Output = state == JobState.Completed ? _output : null,
            Raw = json,
        };
    }

    private static bool IsOfPrediction(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("id"u8)
        || name.SequenceEqual("predictionID"u8)
        || name.SequenceEqual("prediction_id"u8)
        || name.SequenceEqual("output"u8)
        || name.SequenceEqual("input"u8)
        || name.SequenceEqual("metrics"u8)
        || name.SequenceEqual("logs"u8)
        || name.SequenceEqual("urls"u8);

    // Documents name four locations of the reason: the output (an envelope), message and details, error, and the logs.
    private readonly ServiceError ErrorOf(RawJson json, string? requestId)
    {
        var envelope = _output is { } output && output.Kind != JsonValueKind.Null ? EachlabsErrorBody.Read(output).ToError(json, requestId) : null;
        return envelope
            ?? EachlabsErrorBody.Read(json).ToError(json, requestId)
            ?? new ServiceError
            {
                Message = _logs is { Count: > 0 } ? _logs[^1].Message : "no explanation was given",
                RequestId = requestId,
                Body = json,
            };
    }

    private void ReadMetrics(ref Utf8JsonReader reader)
    {
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("predict_time"u8))
                _predictTime = ProtocolJson.Seconds(ref reader);
            else if (name.SequenceEqual("cost"u8))
                _cost = ProtocolJson.Number(ref reader);
            else
                reader.Skip();
        }
    }

    private static List<JobLog>? ReadLogs(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return ProtocolJson.Text(ref reader) is { Length: > 0 } text ? [new JobLog(text)] : null;
        var logs = new List<JobLog>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                logs.Add(new JobLog(MessageOf(ref reader)));
            else if (ProtocolJson.Text(ref reader) is { } line)
                logs.Add(new JobLog(line));
        }
        return logs;
    }

    private static string MessageOf(ref Utf8JsonReader reader)
    {
        var message = "";
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("message"u8))
                message = ProtocolJson.Text(ref reader) ?? message;
            else
                reader.Skip();
        }
        return message;
    }
}
