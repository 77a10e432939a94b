namespace Zoetrope.Simulator;

/// <summary>
/// A clock for tests, which moves only when the test moves it: pass it to <see cref="SimulatorOptions.TimeProvider"/>, and to the client's options if what the
/// client waits for is to take no time either. Timers fire on the thread that moves it, one after the other: by the time at which they are due, and those of
/// the same time in the order in which they were made.
/// </summary>
/// <param name="start">The time at which it begins; null for the system's.</param>
public sealed class SimulatorClock(DateTimeOffset? start = null) : TimeProvider
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start ?? System.GetUtcNow();
    private long _made;
    private long _changes;
    private bool _isSkipping;

    /// <summary>
    /// Whether the clock moves by itself to the end of the earliest delay that is still waited for, so that a client that polls and a job of five minutes need
    /// no real time. Default: false.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Delays (<see cref="Task.Delay(TimeSpan, TimeProvider)"/> and other timers that fire once) move the clock, one at a time, once no timer has been made
    /// or changed for 3 ms of real time, and what goes on after the last delay has come to its next wait: so delays that are begun together end in the order
    /// of their lengths. A delay that was canceled moves nothing.
    /// </para>
    /// <para>
    /// Timeouts do not move the clock: a <see cref="CancellationTokenSource"/> with a delay, <see cref="Task.WaitAsync(TimeSpan, TimeProvider)"/>, and
    /// timers with a period. They fire when a delay moves the clock past them, and a timeout that fires once then has 500 ms of real time to be canceled or
    /// disposed of first, because what it limits may be about to end. Work that takes longer, while something else waits for a delay that is longer than the
    /// timeout, does time out. Where that matters, do not set this, and move the clock with <see cref="Advance"/> when the work is done; or give the timeout
    /// <see cref="TimeProvider.System"/>. A timeout with no delay beside it never fires by itself.
    /// </para>
    /// </remarks>
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
        FireUntil(end);
        lock (_gate)
            _now = end > _now ? end : _now;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new Timer(this, callback, state, Interlocked.Increment(ref _made));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets a timer anew; null stops it.</summary>
    private void Set(Timer timer, TimeSpan? dueTime)
    {
        lock (_gate)
        {
            _changes++;
            _timers.Remove(timer);
            if (dueTime is not { } due)
                return;
            timer.Due = _now + due;
            _timers.Add(timer);
            if (SkipsDelays && timer.IsDelay && !_isSkipping)
            {
                _isSkipping = true;
                _ = Task.Run(SkipAsync);
            }
        }
        // Code that creates a timer does not expect to be called before it has it.
        if (dueTime <= TimeSpan.Zero)
            ThreadPool.QueueUserWorkItem(static clock => clock.FireUntil(clock.GetUtcNow()), this, preferLocal: false);
    }

    private void FireUntil(DateTimeOffset end)
    {
        while (Take(timer => timer.Due <= end) is { } due)
            due.Fire();
    }

    /// <summary>Moves the clock from delay to delay, as long as there are any.</summary>
    private async Task SkipAsync()
    {
        Timer? next = null;
        for (long since = 0; ;)
        {
            await QuietAsync();
            var before = next;
            lock (_gate)
            {
                if (!_timers.Exists(timer => timer.IsDelay))
                {
                    _isSkipping = false;
                    return;
                }
                next = Earliest()!;
            }
            if (next != before)
                since = System.GetTimestamp();
            var isDue = next.IsDelay || next.Period > TimeSpan.Zero || System.GetElapsedTime(since) >= _patience;
            if (isDue && Take(timer => timer == next) is { } due)
                await FireAsync(due);
        }
    }

    // On a thread of its own, because what goes on after a delay may block, and wait for the next one.
    private static async Task FireAsync(Timer timer)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.QueueUserWorkItem(
            static work =>
            {
                work.timer.Fire();
                work.fired.SetResult();
            },
            (timer, fired), preferLocal: false);
        await Task.WhenAny(fired.Task, Task.Delay(_patience));
    }

    /// <summary>Waits until no timer has been made or changed for a moment.</summary>
    private async Task QuietAsync()
    {
        for (long before = -1, quiet = 0; quiet < 3; quiet++)
        {
            await Task.Delay(1);
            var now = Interlocked.Read(ref _changes);
            if (now != before)
                (before, quiet) = (now, 0);
        }
    }

    /// <summary>Takes the earliest timer and moves the clock to it, if it is one of these.</summary>
    private Timer? Take(Predicate<Timer> isOne)
    {
        lock (_gate)
        {
            if (Earliest() is not { } next || !isOne(next))
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

    private Timer? Earliest() => _timers.OrderBy(timer => timer.Due).ThenBy(timer => timer.Number).FirstOrDefault();

    private sealed class Timer(SimulatorClock clock, TimerCallback callback, object? state, long number) : ITimer
    {
        private readonly bool _isTimeout = TimeoutTimers.Has(state);

        /// <summary>The order in which it was made.</summary>
        public long Number => number;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        /// <summary>Whether somebody waits for it.</summary>
        public bool IsDelay => !_isTimeout && Period <= TimeSpan.Zero;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
            clock.Set(this, dueTime == Timeout.InfiniteTimeSpan ? null : dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, null);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
