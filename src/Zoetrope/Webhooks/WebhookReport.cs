using Zoetrope.Jobs;

namespace Zoetrope.Webhooks;

/// <summary>What the body of a delivery says.</summary>
/// <param name="JobId">The provider's id of the job.</param>
/// <param name="Status">The status of the job.</param>
public sealed record WebhookReport(string JobId, JobStatus Status)
{
    /// <summary>The id of the model, where the body names it.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Why the body lacks the result of a completed job, in the provider's words; null where it says nothing of it.</summary>
    public string? OutputProblem { get; init; }
}
