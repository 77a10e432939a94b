namespace Zoetrope.Jobs;

/// <summary>
/// The statuses that a provider sends by itself while a job runs, for <see cref="WaitOptions.StatusFeed"/>. They are news, not the truth: what ends a job is
/// the provider's response to a poll.
/// </summary>
public abstract class StatusFeed
{
    /// <summary>Opens the stream of a job.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="logs">Whether log lines are requested; a status has those so far.</param>
    /// <param name="cancellationToken">A token that ends the stream.</param>
    /// <returns>The statuses, or null where there is no stream for this job, which is then polled.</returns>
    protected internal abstract IAsyncEnumerable<JobStatus>? Open(JobHandle handle, bool logs, CancellationToken cancellationToken);
}
