namespace Zoetrope.Simulator;

/// <summary>
/// A clock for tests, which moves only when the test moves it: pass it to <see cref="SimulatorOptions.TimeProvider"/>, and to the client's options if what the
/// client waits for is to take no time either. Timers fire on the thread that moves it.
/// </summary>
/// <param name="start">The time at which it begins; null for the system's.</param>
public sealed class SimulatorClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start ?? System.GetUtcNow();

    /// <summary>
    /// Whether a delay is over at once and moves the clock by its length, so that a client that polls and a job of five minutes need no real time. Deadlines
    /// (the timers of a <see cref="CancellationTokenSource"/>) expire only when the clock has come to them. Default: false.
    /// </summary>
    public bool SkipsDelays { get; init; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves the clock, and fires the timers that are due on the way, in their order.</summary>
    /// <param name="time">How far.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var end = GetUtcNow() + time;
        while (TakeDue(end) is { } due)
            due.Fire();
        lock (_gate)
            _now = end > _now ? end : _now;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private Timer? TakeDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null)
                return null;
            if (next.Due > _now)
                _now = next.Due;
            if (next.Period > TimeSpan.Zero)
                next.Due += next.Period;
            else
                _timers.Remove(next);
            return next;
        }
    }

    private sealed class Timer(SimulatorClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock._now + dueTime;
                Period = period;
                var isDelay = clock.SkipsDelays && state is not CancellationTokenSource && period <= TimeSpan.Zero;
                if (dueTime > TimeSpan.Zero && !isDelay)
                {
                    clock._timers.Add(this);
                    return true;
                }
                if (period > TimeSpan.Zero)
                {
                    Due += period;
                    clock._timers.Add(this);
                }
            }
            // Whoever makes a timer does not expect to be called before it has it.
            ThreadPool.QueueUserWorkItem(static timer => timer.Expire(), this, preferLocal: false);
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>Fires after a delay that takes no time; deadlines that it passes expire before.</summary>
        private void Expire()
        {
            var left = Due - clock.GetUtcNow();
            if (Period <= TimeSpan.Zero && left > TimeSpan.Zero)
                clock.Advance(left);
            callback(state);
        }
    }
}
