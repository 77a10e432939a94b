using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs.Workflows;

/// <summary>An execution of a workflow, as the responses to a trigger and a get, lists and webhooks have it.</summary>
internal struct EachlabsExecution
{
    public string? Id;
    public string? Status;
    public string? Version;
    public string? Message;
    public DateTimeOffset? CreatedAt;

    /// <summary>Whether its end was read, so that no id follows.</summary>
    public bool IsWhole;

    private RawJson? _output;
    private RawJson? _named;
    private string? _error;
    private string? _cause;
    private decimal? _cost;
    private DateTimeOffset? _started;
    private DateTimeOffset? _ended;

    public static EachlabsExecution Read(RawJson json)
    {
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        var execution = default(EachlabsExecution);
        if (reader.TokenType == JsonTokenType.StartObject)
            execution.ReadMembers(ref reader);
        return execution;
    }

    public void ReadMembers(ref Utf8JsonReader reader)
    {
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("execution_id"u8))
                Id = ProtocolJson.TextOr(Id, ref reader);
            else if (name.SequenceEqual("status"u8))
                Status = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("output"u8))
                _output = RawJson.Read(ref reader);
            else if (name.SequenceEqual("workflow_output"u8) || name.SequenceEqual("output_json"u8))
                _named = RawJson.Read(ref reader);
            else if (name.SequenceEqual("error"u8))
                _error = Explained(ref reader);
            else if (name.SequenceEqual("error_cause"u8))
                _cause = Explained(ref reader);
            else if (name.SequenceEqual("message"u8))
                Message = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("version_id"u8))
                Version = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("total_cost"u8) || name.SequenceEqual("cost"u8))
                _cost = ProtocolJson.Number(ref reader) ?? _cost;
            else if (name.SequenceEqual("created_at"u8))
                CreatedAt = ProtocolJson.Moment(ref reader);
            else if (name.SequenceEqual("started_at"u8))
                _started = ProtocolJson.Moment(ref reader);
            else if (name.SequenceEqual("completed_at"u8) || name.SequenceEqual("ended_at"u8))
                _ended = ProtocolJson.Moment(ref reader);
            else
                reader.Skip();
        }
    }

    /// <summary>The status; null where the JSON has none. Error bodies may have one, too, which is a number or not about an execution.</summary>
    /// <param name="json">The execution.</param>
    /// <param name="requestId">The id of the exchange.</param>
    /// <param name="redact">Removes the key from the error.</param>
    public readonly JobStatus? ToStatus(RawJson json, string? requestId, Func<ServiceError, ServiceError> redact)
    {
        if (string.IsNullOrEmpty(Status) || char.IsAsciiDigit(Status[0]))
            return null;
        var state = EachlabsOutcome.StateOf(Status);
        if (state is JobState.Failed or JobState.Canceled && string.IsNullOrEmpty(Id))
            return null;
        var hasEnded = state is JobState.Completed or JobState.Failed or JobState.Canceled;
        return new JobStatus
        {
            State = state,
            ProviderStatus = Status,
            Metrics = new JobMetrics(_ended - _started, hasEnded ? _cost : null),
            Error = state == JobState.Failed ? redact(ErrorOf(json, requestId)) : null,
            Output = state == JobState.Completed ? Output : null,
            Raw = json,
        };
    }

    // A workflow names its outputs, or has one without a name, which is a text where only a list has it.
    private readonly RawJson? Output => _output is { Kind: not JsonValueKind.Null } output ? output : _named ?? _output;

    private readonly ServiceError ErrorOf(RawJson json, string? requestId) => new()
    {
        Message = _cause ?? Message ?? _error ?? "no explanation was given",
        Type = _cause is null && Message is null ? null : _error,
        RequestId = requestId,
        Body = json,
    };

    private static string? Explained(ref Utf8JsonReader reader)
    {
        var text = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? EachlabsErrorBody.Read(RawJson.Read(ref reader)).Text
            : ProtocolJson.Text(ref reader);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
