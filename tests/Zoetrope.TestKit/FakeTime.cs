namespace Zoetrope.TestKit;

/// <summary>A clock that does not move until it is moved by a test. Timers fire on the thread that moves it.</summary>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Delays up to this length are over at once, and move the clock; for code that waits between real exchanges. Deadlines are not.</summary>
    public TimeSpan FireAtOnce { get; init; } = TimeSpan.MinValue;

    /// <summary>How long the timers were that have fired.</summary>
    public List<TimeSpan> Fired { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public int Timers
    {
        get
        {
            lock (_lock)
                return _timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and fires what comes due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (FireNext(end))
        {
        }
        lock (_lock)
            _now = end;
    }

    /// <summary>Runs something that waits only for this clock, and moves the clock as often as it must.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> start) => Task.Run(async () =>
    {
        var task = start();
        while (!task.IsCompleted)
        {
            if (!FireNext(DateTimeOffset.MaxValue))
                await Task.Yield();
        }
        return await task;
    });

    public Task RunAsync(Func<Task> start) => RunAsync(async () =>
    {
        await start();
        return true;
    });

    private bool FireNext(DateTimeOffset end)
    {
        FakeTimer? next = null;
        lock (_lock)
        {
            foreach (var timer in _timers)
            {
                if (timer.Due <= end && (next is null || timer.Due < next.Due))
                    next = timer;
            }
            if (next is null)
                return false;
            _timers.Remove(next);
            if (next.Due > _now)
                _now = next.Due;
            Fired.Add(next.Length);
        }
        next.Fire();
        return true;
    }

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public TimeSpan Length { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Length = dueTime;
                Due = time._now + dueTime;
                if (dueTime > time.FireAtOnce || state is CancellationTokenSource)
                {
                    time._timers.Add(this);
                    return true;
                }
                time._now = Due;
                time.Fired.Add(dueTime);
            }
            ThreadPool.QueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);
            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
