namespace Zoetrope.Jobs;

/// <summary>The options of a wait for a job.</summary>
public sealed class WaitOptions
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    /// <summary>The options of a wait that was given none. They are never changed.</summary>
    internal static WaitOptions Default { get; } = new();

    /// <summary>
    /// The maximum time to wait for the end of the job; 30 minutes by default. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits indefinitely.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Timeout
    {
        get;
        set => field = value >= TimeSpan.Zero || value == System.Threading.Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A timeout must not be negative.");
    } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Whether the job is canceled when the time runs out or the wait is canceled; false by default: the job is left running and can be resumed.
    /// </summary>
    public bool CancelJobOnAbort { get; set; }

    /// <summary>The time between two polls, at most a day; null uses the provider's schedule, which starts with short intervals that grow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or is more than a day.</exception>
    public TimeSpan? PollInterval
    {
        get;
        set => field = value is null || (value > TimeSpan.Zero && value <= LongestInterval)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A poll interval must be more than zero and at most a day.");
    }

    /// <summary>Whether log lines are requested, where the provider has them; false by default.</summary>
    public bool IncludeLogs { get; set; }

    /// <summary>
    /// Receives statuses that the provider sends by itself, such as <c>FalClient.StatusFeed</c>; null, the default, polls. When the stream reports the end of
    /// the job, breaks off, is silent or cannot be opened, the job is polled: only a poll ends it. Failures of the stream are reported to
    /// <see cref="OnPollFailure"/>.
    /// </summary>
    public StatusFeed? StatusFeed { get; set; }

    /// <summary>
    /// Called with the first status and with each status that differs from the previous one. An exception thrown here ends the wait with a
    /// <see cref="JobUpdateException"/>; the job continues.
    /// </summary>
    public Action<JobStatus>? OnUpdate { get; set; }

    /// <summary>
    /// Receives the statuses that <see cref="OnUpdate"/> is called with, after it: one at a time, in order, and none after the wait has ended. An exception
    /// thrown by it is treated alike. A <see cref="Progress{T}"/> passes each status on to the synchronization context in which it was created, or to the
    /// thread pool, in its own time.
    /// </summary>
    public IProgress<JobStatus>? Progress { get; set; }

    /// <summary>
    /// Called each time a request about the job has failed and will be repeated: no connection, an error, or an unusable response. When a status is
    /// received after that, it is reported to <see cref="OnUpdate"/> and <see cref="Progress"/> even if it equals the previous one. An exception thrown
    /// here ends the wait with a <see cref="JobUpdateException"/>; the job continues.
    /// </summary>
    public Action<PollFailure>? OnPollFailure { get; set; }
}
