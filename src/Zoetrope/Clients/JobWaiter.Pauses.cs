using Zoetrope.Time;

namespace Zoetrope.Clients;

/// <content>The pauses between requests, and the time of the whole wait.</content>
internal sealed partial class JobWaiter
{
    private static readonly TimeSpan None = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLastLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestTogether = TimeSpan.FromMilliseconds(200);

    private TimeSpan FirstInterval => _options.PollInterval ?? Services.Protocol.Polling.Initial;

    // Before the end of a job is requested again.
    private TimeSpan FirstPause => Durations.Shorter(FirstInterval, Services.Protocol.Polling.Initial);

    private TimeSpan Left
    {
        get
        {
            if (_options.Timeout == Timeout.InfiniteTimeSpan)
                return Timeout.InfiniteTimeSpan;
            var left = _options.Timeout - Services.Time.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>A token for a request within the time of the whole wait.</summary>
    private CancellationToken Limited() => (_limit ??= Deadline.Begin(Left, Services.Time, _caller)).Token;

    private Task BeginPause()
    {
        if (_feed is null && _limit is { } limit)
        {
            _limit = null;
            limit.End(isFree: true);
        }
        if (_pause != None)
        {
            // Addresses take more memory than the rest of a handle, and less time than a pause.
            if (_pause >= LongPause)
                _session.Handle.Derived = null;
            return Task.Delay(Fit(_pause), Services.Time, _caller);
        }
        _isOver = Left == TimeSpan.Zero;
        return Task.CompletedTask;
    }

    // A delay that would exceed the wait is shortened so that the status is requested once more: the job may have ended in the meantime.
    private TimeSpan Fit(TimeSpan pause)
    {
        var left = Left;
        pause = Together(Durations.Shorter(pause, LongestPause));
        if (left == Timeout.InfiniteTimeSpan || pause < left)
            return pause;
        if (_hadLastLook || left == TimeSpan.Zero)
        {
            _isOver = true;
            return left;
        }
        _hadLastLook = true;
        return left - Durations.Shorter(left / 10, LongestLastLook);
    }

    // Longer pauses end at multiples of a few milliseconds, those of many waits together: waking a thread for each would cost a fifth of a poll.
    private TimeSpan Together(TimeSpan pause)
    {
        const int Step = 16;
        if (pause < ShortestTogether || Services.Time != TimeProvider.System)
            return pause;
        var end = Environment.TickCount64 + (long)pause.TotalMilliseconds;
        return pause + TimeSpan.FromMilliseconds(-end & (Step - 1));
    }

    /// <summary>
    /// The pause before the next status, for the caller to await before <see cref="NextAsync"/>: nothing of a request is kept while a wait pauses.
    /// </summary>
    public Task PauseAsync()
    {
        // A feed brings statuses during the pause, and the first may be known.
        if (!_hasBegun || _options.StatusFeed is not null)
            return Task.CompletedTask;
        _hasPaused = true;
        return BeginPause();
    }

    /// <summary>A pause with jitter, which is not shorter than what the provider asks for, unless the caller has chosen an interval.</summary>
    private TimeSpan Jittered(TimeSpan pause)
    {
        var jittered = Services.Jitter(pause);
        var least = _options.PollInterval is null ? Services.Protocol.LeastPollInterval : TimeSpan.Zero;
        return jittered > least ? jittered : least;
    }
}
