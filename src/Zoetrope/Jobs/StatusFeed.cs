namespace Zoetrope.Jobs;

/// <summary>Opens the statuses that a provider sends by itself.</summary>
/// <param name="handle">The job.</param>
/// <param name="logs">Whether log lines are requested; a status has those so far.</param>
/// <param name="cancellationToken">A token that ends the statuses.</param>
/// <returns>The statuses, or null where there are none for this job, which is then polled.</returns>
public delegate IAsyncEnumerable<JobStatus>? StatusSource(JobHandle handle, bool logs, CancellationToken cancellationToken);

/// <summary>
/// The statuses that a provider sends by itself while a job runs, for <see cref="WaitOptions.StatusFeed"/>. They are news, not the truth: what ends a job is
/// the provider's response to a poll.
/// </summary>
public sealed class StatusFeed
{
    /// <summary>Initializes a new instance of the <see cref="StatusFeed"/> class.</summary>
    /// <param name="source">Opens the statuses of a job.</param>
    public StatusFeed(StatusSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Follow = (handle, logs, listener, stop) => new FollowedFeed(source, handle, logs, listener, stop);
    }

    // A delegate, so that a native app that makes no feed does not contain what follows one.
    internal Func<JobHandle, bool, IStatusListener, CancellationToken, FeedReader> Follow { get; }
}
