using System.Net;
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
    /// <exception cref="OperationCanceledException">The caller canceled before anything was sent.</exception>
    internal async Task<EachlabsBulkReceipt> SubmitBulkAsync(
        string endpointId, IReadOnlyList<RawJson> inputs, SubmitOptions? options, CancellationToken cancellationToken)
    {
        EachlabsBulkReceipt? besideError = null;
        var request = Request(EachlabsWorkflowId.Parse(endpointId).BulkPath, writer => WriteInputs(writer, inputs), options, FindInError);
        TransportResponse response;
        try
        {
            response = await _transport.SubmitAsync(request, endpointId, cancellationToken).ConfigureAwait(false);
        }
        catch (SubmitException exception) when (exception.Handle is not null && besideError is not null)
        {
            return besideError with { Failure = exception };
        }
        catch (SubmitException exception)
            when (exception.InnerException is TransportException reason && IsSuccess(reason.StatusCode) && Read(reason.Body) is { SaysSomething: true } part)
        {
            return part with { Failure = exception };
        }
        catch (SubmitCanceledException exception)
        {
            // What was received of the response names executions that run, and are billed. The others are in doubt.
            return Read(IsSuccess(exception.StatusCode) ? exception.Received : default) with { Cancellation = exception };
        }
        // Text of any charset, where it is whole.
        var json = response.Json;
        var receipt = EachlabsBulkReceipt.Read(json is { } whole ? whole.Utf8 : response.Body.Span, endpointId, inputs.Count, _transport.Redact);
        if (json is not null && receipt.SaysSomething)
            return receipt;
        var problem = receipt.SaysSomething ? "The response to the trigger is not complete" : "The response to the trigger has no execution ids";
        var failure = new SubmitException(ProviderName, endpointId, wasNotAccepted: false, attempts: 1, response.Malformed(problem));
        return receipt.SaysSomething ? receipt with { Failure = failure } : throw failure;

        EachlabsBulkReceipt Read(ReadOnlyMemory<byte> body) => EachlabsBulkReceipt.Read(body.Span, endpointId, inputs.Count, _transport.Redact);

        // An error of some inputs, beside the executions of the others.
        JobHandle? FindInError(ReadOnlyMemory<byte> body)
        {
            besideError = Read(body);
            return besideError.Parts.Select(static part => part.Receipt?.Handle).FirstOrDefault(static handle => handle is not null);
        }
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

    private static bool IsSuccess(HttpStatusCode? status) => (int?)status is >= 200 and < 300;

    private static void WriteInputs(JsonWriter writer, IReadOnlyList<RawJson> inputs)
    {
        writer.WriteStartArray("inputs");
        foreach (var input in inputs)
            input.Write(writer);
        writer.WriteEndArray();
    }
}
