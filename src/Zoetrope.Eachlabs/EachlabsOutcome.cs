using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs;

/// <summary>What predictions and executions of workflows have in common: the words of their states, and results that come with the status.</summary>
internal static class EachlabsOutcome
{
    /// <summary>The state that a word means; one that is not documented means that the job runs.</summary>
    public static JobState StateOf(string status) => status.ToLowerInvariant() switch
    {
        "created" or "queued" or "pending" => JobState.Queued,
        "success" or "succeeded" or "completed" => JobState.Completed,
        "error" or "failed" => JobState.Failed,
        "cancelled" or "canceled" => JobState.Canceled,
        _ => JobState.Running,
    };

    /// <summary>The output in a job's status, which is requested again if it has none: it may be from elsewhere, or came too early.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="handle">The job.</param>
    /// <param name="completed">The status.</param>
    /// <param name="what">What the job is, for messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<JobOutput> OutputOfAsync(
        JobProtocol protocol, JobHandle handle, JobStatus completed, string what, CancellationToken cancellationToken)
    {
        if (completed.Output is null)
            completed = await protocol.GetStatusAsync(handle, false, cancellationToken).ConfigureAwait(false);
        if (completed.Output is { } output)
            return new JobOutput(output, completed.Metrics);
        var problem = $"The {what} has no output.";
        throw completed.State switch
        {
            JobState.Completed => new JobResultException(handle, completed, completed.Raw, new TransportException(problem, TransportFailure.Malformed)),
            JobState.Failed => new JobFailedException(handle, completed, completed.Error ?? new ServiceError { Message = problem }),
            JobState.Canceled => new JobCanceledException(handle, completed),
            _ => new TransportException($"{problem} Its status is '{completed.ProviderStatus}'.", TransportFailure.Malformed),
        };
    }
}
