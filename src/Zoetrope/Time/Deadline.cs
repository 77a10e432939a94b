namespace Zoetrope.Time;

/// <summary>A time limit within a caller's cancellation, and distinguishable from it.</summary>
internal sealed class Deadline : IDisposable
{
    // The maximum duration of a timer.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenRegistration _registration;

    public Deadline(TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _timeout = timeout >= Longest ? Timeout.InfiniteTimeSpan : timeout;
        _source = new CancellationTokenSource(_timeout, time);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is over, and the caller did not cancel.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Restarts the deadline with the whole time.</summary>
    public void Restart()
    {
        if (_timeout != Timeout.InfiniteTimeSpan)
            _source.CancelAfter(_timeout);
    }

    /// <summary>Restarts the deadline with another time.</summary>
    public void Restart(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan && timeout < TimeSpan.Zero)
            timeout = TimeSpan.Zero;
        _source.CancelAfter(timeout >= Longest ? Timeout.InfiniteTimeSpan : timeout);
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
