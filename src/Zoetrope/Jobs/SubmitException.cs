using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>A submit failed. <see cref="WasNotAccepted"/> says whether a job may exist, and be billed, nevertheless.</summary>
public class SubmitException : ZoetropeException
{
    /// <summary>Initializes a new instance of the <see cref="SubmitException"/> class.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="wasNotAccepted">Whether no job can exist.</param>
    /// <param name="attempts">The number of times the submit was sent.</param>
    /// <param name="reason">The failure of the last attempt.</param>
    /// <param name="handle">The job, if a response named it.</param>
    /// <param name="idempotencyKey">The key of the submit, where the provider honors one.</param>
    public SubmitException(
        string provider, string endpointId, bool wasNotAccepted, int attempts, ZoetropeException reason, JobHandle? handle = null,
        string? idempotencyKey = null)
        : base($"{WhatIsKnown(provider, endpointId, wasNotAccepted, handle, idempotencyKey)} {reason.Message}", reason)
    {
        IdempotencyKey = idempotencyKey;
        Provider = provider;
        EndpointId = endpointId;
        WasNotAccepted = wasNotAccepted;
        Attempts = attempts;
        Handle = handle;
    }

    // For a submit that was never sent.
    private protected SubmitException(string message, string provider, string endpointId)
        : base(message)
    {
        Provider = provider;
        EndpointId = endpointId;
        WasNotAccepted = true;
    }

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>The id of the model.</summary>
    public string EndpointId { get; }

    /// <summary>True only if no job can exist: submitting again cannot pay twice.</summary>
    public bool WasNotAccepted { get; }

    /// <summary>
    /// The number of times the submit was sent: more than once only if all earlier attempts were definitely rejected, or if it has an idempotency key; 0 if it
    /// was never sent.
    /// </summary>
    public int Attempts { get; }

    /// <summary>
    /// The job, if the response named it before it broke off or turned out to be unusable: it was accepted, and can be resumed. Null if nothing named it.
    /// </summary>
    public JobHandle? Handle { get; }

    /// <summary>
    /// The key of the submit, where the provider honors one: submitting the same input again with it (<see cref="SubmitOptions.IdempotencyKey"/>) cannot pay
    /// twice. Null where it does not.
    /// </summary>
    public string? IdempotencyKey { get; }

    /// <summary>The provider's id of the exchange, for its support and its list of requests; null when none was received.</summary>
    public string? RequestId => Service?.Error.RequestId ?? (InnerException as TransportException)?.RequestId;

    /// <summary>The error that the provider reported, if it responded with one.</summary>
    public ServiceException? Service => InnerException as ServiceException;

    private static string WhatIsKnown(string provider, string endpointId, bool wasNotAccepted, JobHandle? handle, string? idempotencyKey)
    {
        if (handle is not null)
            return $"{provider} accepted the job for {endpointId}, but its response is not usable. The job can be resumed: {handle.ToString()}.";
        if (wasNotAccepted)
            return $"{provider} did not accept the job for {endpointId}.";
        return idempotencyKey is not null
            ? $"It is not known whether {provider} accepted the job for {endpointId}. All attempts had the idempotency key {idempotencyKey}, "
                + "so submitting again with that key cannot pay twice."
            : $"It is not known whether {provider} accepted the job for {endpointId}, so it was not sent again: "
                + "check the provider's list of requests before submitting again.";
    }
}
