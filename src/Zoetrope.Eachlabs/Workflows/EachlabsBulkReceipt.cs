using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs.Workflows;

/// <summary>The response to a trigger with several inputs, or what was received of it: an acknowledgement for each input, in their order.</summary>
/// <param name="BulkId">The id that the executions share.</param>
/// <param name="Parts">What is known of each input.</param>
/// <param name="Errors">Why an input was refused.</param>
internal sealed record EachlabsBulkReceipt(string? BulkId, IReadOnlyList<SubmitPart> Parts, IReadOnlyList<ServiceError?> Errors)
{
    /// <summary>Why the response is incomplete; null where it is not.</summary>
    public SubmitException? Failure { get; init; }

    /// <summary>The caller's cancellation, which came before the response was complete; null where none did.</summary>
    public SubmitCanceledException? Cancellation { get; init; }

    /// <summary>Whether it says anything of any execution.</summary>
    public bool SaysSomething => BulkId is not null || Parts.Any(static part => part.Receipt is not null || !part.MayExist);

    /// <summary>Reads a response.</summary>
    /// <param name="utf8">The body, or the beginning of it.</param>
    /// <param name="endpointId">The id of the workflow's version.</param>
    /// <param name="count">The number of inputs.</param>
    /// <param name="redact">Removes the key from errors.</param>
    public static EachlabsBulkReceipt Read(ReadOnlySpan<byte> utf8, string endpointId, int count, Func<ServiceError, ServiceError> redact)
    {
        // A part has not lost the mark that texts may begin with.
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        string? bulkId = null;
        var executions = new List<EachlabsExecution>();
        var reader = new Utf8JsonReader(utf8, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
        try
        {
            // Each token counts, because the rest may be missing: values that would be skipped as a whole are not.
            var (isOfExecutions, isObject) = (false, false);
            string? member = null;
            while (reader.Read())
            {
                var token = reader.TokenType;
                if (token == JsonTokenType.PropertyName)
                    member = reader.GetString();
                if (reader.CurrentDepth == 1 && token is JsonTokenType.PropertyName or JsonTokenType.EndArray)
                {
                    isOfExecutions = false;
                }
                else if (reader.CurrentDepth == 1 && member == "executions")
                {
                    isOfExecutions = token == JsonTokenType.StartArray;
                }
                else if (reader.CurrentDepth == 1 && member == "bulk_id")
                {
                    bulkId = ProtocolJson.TextOr(bulkId, ref reader);
                }
                else if (isOfExecutions && reader.CurrentDepth == 2 && token == JsonTokenType.EndObject)
                {
                    executions[^1] = executions[^1] with { IsWhole = true };
                }
                else if (isOfExecutions && reader.CurrentDepth == 2 && token != JsonTokenType.EndArray)
                {
                    // One in another form counts, too: the next is that of the next input.
                    executions.Add(default);
                    isObject = token == JsonTokenType.StartObject;
                }
                else if (isOfExecutions && isObject && reader.CurrentDepth == 3 && token is JsonTokenType.String or JsonTokenType.Number)
                {
                    executions[^1] = With(executions[^1], member, ref reader);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What precedes the error counts.
        }
        return Of(bulkId, executions, endpointId, count, redact);
    }

    private static EachlabsExecution With(EachlabsExecution execution, string? member, ref Utf8JsonReader reader)
    {
        if (member == "execution_id")
            execution.Id = ProtocolJson.TextOr(execution.Id, ref reader);
        else if (member == "status")
            execution.Status = ProtocolJson.Text(ref reader);
        else if (member is "message" or "error")
            execution.Message = ProtocolJson.Text(ref reader) ?? execution.Message;
        return execution;
    }

    private static EachlabsBulkReceipt Of(
        string? bulkId, List<EachlabsExecution> executions, string endpointId, int count, Func<ServiceError, ServiceError> redact)
    {
        // A response with more of them than inputs names executions all the same, and none is lost.
        var parts = new SubmitPart[Math.Max(count, executions.Count)];
        var errors = new ServiceError?[parts.Length];
        Array.Fill(parts, new SubmitPart(null, MayExist: true));
        for (var i = 0; i < executions.Count; i++)
        {
            var execution = executions[i];
            if (!string.IsNullOrEmpty(execution.Id))
            {
                var status = new JobStatus { State = JobState.Queued, ProviderStatus = execution.Status };
                parts[i] = new(new SubmitReceipt(new JobHandle(EachlabsWorkflowProtocol.ProviderName, endpointId, execution.Id), status), MayExist: true);
            }
            else if (execution is { IsWhole: true, Status: { } word } && word.ToLowerInvariant() is "failed" or "error")
            {
                parts[i] = new(null, MayExist: false);
                errors[i] = redact(new ServiceError { Message = execution.Message ?? "no explanation was given" });
            }
        }
        return new(bulkId, parts, errors);
    }
}
