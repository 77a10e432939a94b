using Zoetrope.Http;
using Zoetrope.Validation;

namespace Zoetrope.Jobs;

/// <summary>
/// Limits of a provider that the client keeps by waiting, so that jobs are not refused. Null switches a limit off. A submit waits for its turn no longer than
/// <see cref="QueueTimeout"/>, and then throws a <see cref="SubmitLimitException"/>.
/// </summary>
public sealed class SubmitLimits
{
    /// <summary>How many jobs may be submitted in any 60 seconds; at least 1.</summary>
    public int? CreatesPerMinute
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(CreatesPerMinute));
    }

    /// <summary>
    /// How many jobs of this client may be under way at once; at least 1. A job counts until any client of this process sees it end or has it cancelled, and no
    /// longer than <see cref="InFlightExpiry"/> after it was submitted or last seen under way.
    /// </summary>
    public int? InFlight
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(InFlight));
    }

    /// <summary>
    /// After how long a job that nobody in this process asks about no longer counts as under way; a minute by default. A submit whose outcome is not known
    /// counts as long, too.
    /// </summary>
    public TimeSpan InFlightExpiry
    {
        get;
        set => field = OptionChecks.Positive(value, nameof(InFlightExpiry));
    } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a submit waits for its turn. Null by default: as long as <see cref="MediaClientOptions.SubmitTimeout"/>, or, where the call waits for the
    /// result as well, as <see cref="WaitOptions.Timeout"/> if that is longer. <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
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
