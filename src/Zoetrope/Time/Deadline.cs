namespace Zoetrope.Time;

/// <summary>
/// A time limit within a caller's cancellation, and distinguishable from it. Each poll and each exchange has one, so those whose token nobody can hold any more
/// are used again, with their timers.
/// </summary>
internal sealed class Deadline : IDisposable
{
    // The maximum duration of a timer.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private static readonly SparePool<Deadline> Unused = new();

    private readonly CancellationTokenSource _source;
    private readonly bool _isReusable;
    private TimeSpan _timeout;
    private CancellationToken _caller;
    private CancellationTokenRegistration _registration;

    public Deadline(TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        _timeout = Timed(timeout);
        _source = new CancellationTokenSource(_timeout, time);
        _isReusable = time == TimeProvider.System;
        Follow(caller);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is over, and the caller did not cancel.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Begins a deadline, which is disposed or ended.</summary>
    public static Deadline Begin(TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        // One that is over at once must be over when it begins, which a timer is not.
        if (time != TimeProvider.System || timeout == TimeSpan.Zero || Unused.Take() is not { } deadline)
            return new Deadline(timeout, time, caller);
        deadline._timeout = Timed(timeout);
        deadline.Restart();
        deadline.Follow(caller);
        return deadline;
    }

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
        _source.CancelAfter(Timed(timeout));
    }

    /// <summary>Ends the deadline in place of <see cref="Dispose"/>.</summary>
    /// <param name="isFree">Whether nobody holds the token any more. Otherwise a later deadline could cancel what somebody left running.</param>
    public void End(bool isFree)
    {
        _registration.Dispose();
        var canBeUsed = isFree && _isReusable && _source.TryReset();
        (_registration, _caller) = (default, canBeUsed ? default : _caller);
        if (!canBeUsed || !Unused.Keep(this))
            _source.Dispose();
    }

    public void Dispose() => End(isFree: false);

    private static TimeSpan Timed(TimeSpan timeout) => timeout >= Longest ? Timeout.InfiniteTimeSpan : timeout;

    private void Follow(CancellationToken caller)
    {
        _caller = caller;
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }
}
