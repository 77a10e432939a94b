using System.Net;
using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>A submit failed. <see cref="WasNotAccepted"/> says whether a job may exist, and be billed, all the same.</summary>
public class SubmitException : ZoetropeException
{
    /// <summary>Makes the exception.</summary>
    public SubmitException(string provider, string endpointId, bool surelyNotAccepted, int attempts, ZoetropeException reason, JobHandle? handle = null)
        : base($"{WhatIsKnown(provider, endpointId, surelyNotAccepted, handle)} {reason.Message}", reason)
    {
        Provider = provider;
        EndpointId = endpointId;
        WasNotAccepted = surelyNotAccepted;
        Attempts = attempts;
        Handle = handle;
    }

    // Of a submit that was never sent.
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

    /// <summary>True when no job can exist: submitting once more cannot pay twice.</summary>
    public bool WasNotAccepted { get; }

    /// <summary>How many times it was sent; more than once only when those before surely were not accepted, and 0 when it never was.</summary>
    public int Attempts { get; }

    /// <summary>
    /// The job, when the response named it before it broke off or turned out unusable: it was accepted, and can be resumed. Null when nothing named it.
    /// </summary>
    public JobHandle? Handle { get; }

    /// <summary>The provider's id of the exchange, for its support and its list of requests; null when none came.</summary>
    public string? RequestId => Service?.Error.RequestId ?? (InnerException as TransportException)?.RequestId;

    /// <summary>What the provider said, when it answered with an error.</summary>
    public ServiceException? Service => InnerException as ServiceException;

    private static string WhatIsKnown(string provider, string endpointId, bool surelyNotAccepted, JobHandle? handle)
    {
        if (handle is not null)
            return $"{provider} accepted the job for {endpointId}, but its response is not usable. The job can be resumed: {handle}.";
        return surelyNotAccepted
            ? $"{provider} did not accept the job for {endpointId}."
            : $"Whether {provider} accepted the job for {endpointId} is not known, so it was not sent again: "
                + "look at the provider's list of requests before submitting once more.";
    }
}
