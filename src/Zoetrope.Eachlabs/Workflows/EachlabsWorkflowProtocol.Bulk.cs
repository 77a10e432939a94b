using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Eachlabs.Workflows;

/// <content>Several executions with one request.</content>
public sealed partial class EachlabsWorkflowProtocol
{
    /// <summary>Triggers a workflow with several inputs.</summary>
    /// <param name="endpointId">The id of the workflow's version.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="SubmitException">Nothing of the response says what became of any of them.</exception>
    internal async Task<EachlabsBulkReceipt> SubmitBulkAsync(
        string endpointId, IReadOnlyList<RawJson> inputs, SubmitOptions? options, CancellationToken cancellationToken)
    {
        var request = Request(EachlabsWorkflowId.Parse(endpointId).BulkPath, writer => WriteInputs(writer, inputs), options);
        TransportResponse response;
        try
        {
            response = await _transport.SubmitAsync(request, endpointId, cancellationToken).ConfigureAwait(false);
        }
        catch (SubmitException exception) when (Received(exception, endpointId, inputs.Count) is { SaysSomething: true } known)
        {
            return known with { Failure = exception };
        }
        var receipt = EachlabsBulkReceipt.Read(response.Body.Span, endpointId, inputs.Count, _transport.Redact);
        if (!receipt.SaysSomething)
        {
            throw new SubmitException(
                ProviderName, endpointId, wasNotAccepted: false, attempts: 1, response.Malformed("The response to the trigger names no executions"));
        }
        return receipt;
    }

    /// <summary>Validates the inputs and the options of a bulk.</summary>
    /// <exception cref="ArgumentException">They are not valid. Nothing was sent.</exception>
    internal void CheckBulk(string endpointId, IReadOnlyList<RawJson> inputs, SubmitOptions? options)
    {
        if (EachlabsWorkflowId.Parse(endpointId).Nickname is not null)
            throw new ArgumentException("Workflows of other organizations take one input at a time. Nothing was sent.", nameof(endpointId));
        EachlabsSubmitOptions.Check(options, _local);
        if (inputs.Count is 0 or > EachlabsWorkflowClient.MaxBulk)
        {
            throw new ArgumentException(
                $"A bulk has 1 to {EachlabsWorkflowClient.MaxBulk} inputs, not {inputs.Count}. Nothing was sent.", nameof(inputs));
        }
        for (var i = 0; i < inputs.Count; i++)
            CheckInput(inputs[i], $"Input {i}");
    }

    // What was received of the response names executions that run, and are billed.
    private EachlabsBulkReceipt? Received(SubmitException exception, string endpointId, int count) =>
        exception.InnerException is TransportException { StatusCode: { } status } reason && (int)status is >= 200 and < 300
            ? EachlabsBulkReceipt.Read(reason.Body.Span, endpointId, count, _transport.Redact)
            : null;

    private static void WriteInputs(Utf8JsonWriter writer, IReadOnlyList<RawJson> inputs)
    {
        writer.WriteStartArray("inputs"u8);
        foreach (var input in inputs)
            input.Write(writer);
        writer.WriteEndArray();
    }
}
