using System.Net;
using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>
/// The caller canceled while a submit was in flight. Unless <see cref="Handle"/> names the job, it is not known whether one exists and is billed.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="endpointId">The id of the model.</param>
/// <param name="token">The caller's token.</param>
/// <param name="handle">The job, if the received part of the response named it.</param>
/// <param name="requestId">The provider's id of the exchange; null when none was received.</param>
/// <param name="idempotencyKey">The key of the submit, where the provider honors one.</param>
public class SubmitCanceledException(
    string provider, string endpointId, CancellationToken token, JobHandle? handle = null, string? requestId = null,
    string? idempotencyKey = null)
    : OperationCanceledException(WhatIsKnown(provider, endpointId, handle, requestId), token)
{
    /// <summary>The provider.</summary>
    public string Provider { get; } = provider;

    /// <summary>The id of the model.</summary>
    public string EndpointId { get; } = endpointId;

    /// <summary>
    /// The job, if the response named it before the caller canceled: it was accepted, and can be resumed. Null if nothing named it.
    /// </summary>
    public JobHandle? Handle { get; } = handle;

    /// <summary>The provider's id of the exchange, for its support and its list of requests; null when none was received.</summary>
    public string? RequestId { get; } = requestId;

    /// <summary>
    /// The key of the submit, where the provider honors one: submitting the same input again with it (<see cref="SubmitOptions.IdempotencyKey"/>) cannot pay
    /// twice. Null where it does not.
    /// </summary>
    public string? IdempotencyKey { get; } = idempotencyKey;

    /// <summary>The part of the response's body that was received, without the key; empty where nothing was.</summary>
    public ReadOnlyMemory<byte> Received { get; internal init; }

    /// <summary>The HTTP status of that response; null where not even its headers were received.</summary>
    public HttpStatusCode? StatusCode => Response?.StatusCode;

    /// <summary>The response of which that is a part; null where nothing was received.</summary>
    internal IReceivedResponse? Response { get; init; }

    private static string WhatIsKnown(string provider, string endpointId, JobHandle? handle, string? requestId)
    {
        var request = requestId is null ? "" : $" (request {requestId})";
        return handle is not null
            ? $"The submit to {provider} for {endpointId} was canceled after the provider had accepted the job{request}. "
                + $"It can be resumed: {handle.ToString()}."
            : $"The submit to {provider} for {endpointId} was canceled while it was in flight{request}: the job may exist nevertheless. "
                + "Check the provider's list of requests before submitting again.";
    }
}
