using Zoetrope.Http;
using Zoetrope.Validation;

namespace Zoetrope.Jobs;

/// <summary>
/// Limits of a provider that the client enforces by waiting, so that jobs are not refused. Null disables a limit. A submit waits for its turn no longer than
/// <see cref="QueueTimeout"/>, and then throws a <see cref="SubmitLimitException"/>.
/// </summary>
public sealed class SubmitLimits
{
    /// <summary>The maximum number of jobs that all clients with the same key submit in any 60 seconds; at least 1.</summary>
    public int? CreatesPerMinute
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(CreatesPerMinute));
    }

    /// <summary>
    /// The maximum number of jobs of all clients with the same key in flight at once; at least 1. A job counts until any client of this process
    /// sees it end or cancels it, and no longer than <see cref="InFlightExpiry"/> after it was submitted or last seen in flight.
    /// </summary>
    public int? InFlight
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(InFlight));
    }

    /// <summary>
    /// The time after which a job that this process no longer requests the status of stops counting as in flight; one minute by default. A submit whose outcome
    /// is unknown counts for this long, too.
    /// </summary>
    public TimeSpan InFlightExpiry
    {
        get;
        set => field = OptionChecks.Positive(value, nameof(InFlightExpiry));
    } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The time that a submit waits for its turn. Null by default: the value of <see cref="MediaClientOptions.SubmitTimeout"/>, or, where the call also waits
    /// for the result, of <see cref="WaitOptions.Timeout"/> if that is longer. <see cref="Timeout.InfiniteTimeSpan"/> waits indefinitely.
    /// </summary>
    public TimeSpan? QueueTimeout
    {
        get;
        set => field = value is { } time ? OptionChecks.PositiveOrInfinite(time, nameof(QueueTimeout)) : null;
    }

    internal TimeSpan QueueTimeoutOf(TimeSpan submitTimeout, WaitOptions? wait)
    {
        if (QueueTimeout is { } own)
            return own;
        if (wait is null || submitTimeout == Timeout.InfiniteTimeSpan)
            return submitTimeout;
        return wait.Timeout == Timeout.InfiniteTimeSpan || wait.Timeout > submitTimeout ? wait.Timeout : submitTimeout;
    }
}
