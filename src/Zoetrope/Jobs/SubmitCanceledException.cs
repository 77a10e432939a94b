namespace Zoetrope.Jobs;

/// <summary>The caller cancelled while a submit was in flight. It is not known whether a job exists and is billed.</summary>
public sealed class SubmitCanceledException(string provider, string endpointId, CancellationToken token)
    : OperationCanceledException(
        $"The submit to {provider} for {endpointId} was cancelled while it was in flight: the job may exist nevertheless. "
        + "Check the provider's list of requests before submitting again.",
        token)
{
    /// <summary>The provider.</summary>
    public string Provider { get; } = provider;

    /// <summary>The id of the model.</summary>
    public string EndpointId { get; } = endpointId;
}
