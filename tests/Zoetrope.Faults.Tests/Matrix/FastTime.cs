using System.Diagnostics;

namespace Zoetrope.Faults.Tests;

/// <summary>A clock that runs faster than the world, so that deadlines and pauses of minutes are over in moments while real sockets are read.</summary>
/// <param name="factor">How much faster.</param>
internal sealed class FastTime(double factor) : TimeProvider
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _origin = DateTimeOffset.UtcNow;
    private long _jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start) * factor;

    /// <summary>Sets the time of day, as the user of a machine does. Timestamps and timers go on as before.</summary>
    public void Jump(TimeSpan time) => Interlocked.Add(ref _jumped, time.Ticks);

    public override DateTimeOffset GetUtcNow() => _origin + Elapsed + TimeSpan.FromTicks(Volatile.Read(ref _jumped));

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Shrink(dueTime), Shrink(period)), this);

    private TimeSpan Shrink(TimeSpan time) => time <= TimeSpan.Zero ? time : time / factor;

    private sealed class Timer(ITimer inner, FastTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(time.Shrink(dueTime), time.Shrink(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
