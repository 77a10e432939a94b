namespace Zoetrope.Jobs;

/// <summary>How a job is waited for.</summary>
public sealed class WaitOptions
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    /// <summary>
    /// How long to wait for the end of the job; 30 minutes by default. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan Timeout
    {
        get;
        set => field = value >= TimeSpan.Zero || value == System.Threading.Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A timeout is not negative.");
    } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Whether the job is cancelled when the time is over or the wait is cancelled; false by default: the job is left running and can be resumed.
    /// </summary>
    public bool CancelJobOnAbort { get; set; }

    /// <summary>The time between two polls, at most a day; null takes the provider's schedule, which begins short and grows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero, or more than a day.</exception>
    public TimeSpan? PollInterval
    {
        get;
        set => field = value is null || (value > TimeSpan.Zero && value <= LongestInterval)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A poll interval is more than zero and at most a day.");
    }

    /// <summary>Whether log lines are asked for, where the provider has them; false by default.</summary>
    public bool IncludeLogs { get; set; }

    /// <summary>
    /// Called with the first status and with each one that differs from the last. What it throws ends the wait with a <see cref="JobUpdateException"/>; the job
    /// goes on.
    /// </summary>
    public Action<JobStatus>? OnUpdate { get; set; }

    /// <summary>
    /// Called each time that a request about the job has failed and will be repeated: no connection, an error, a response that is not usable. When a status
    /// arrives after that, <see cref="OnUpdate"/> is called with it even if it is the same as before. What it throws ends the wait with a
    /// <see cref="JobUpdateException"/>; the job goes on.
    /// </summary>
    public Action<PollFailure>? OnPollFailure { get; set; }
}
