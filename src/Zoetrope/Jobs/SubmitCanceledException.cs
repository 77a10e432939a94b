using System.Net;

namespace Zoetrope.Jobs;

/// <summary>The caller cancelled while a submit was on its way. Whether a job exists, and is billed, is not known.</summary>
public sealed class SubmitCanceledException(string provider, string endpointId, CancellationToken token)
    : OperationCanceledException(
        $"The submit to {provider} for {endpointId} was cancelled while it was on its way: the job may exist all the same. "
        + "Look at the provider's list of requests before submitting once more.",
        token)
{
    /// <summary>The provider.</summary>
    public string Provider { get; } = provider;

    /// <summary>The id of the model.</summary>
    public string EndpointId { get; } = endpointId;
}
