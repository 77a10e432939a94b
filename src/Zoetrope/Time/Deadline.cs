namespace Zoetrope.Time;

/// <summary>
/// A time limit within a caller's cancellation, and distinguishable from it. Each poll and each exchange has one, so those whose token nobody can hold any more
/// are used again, with their timers: most end long before their time, so that a timer is set only where it would otherwise be late, and looks at the clock
/// where it is early.
/// </summary>
internal sealed class Deadline : IDisposable
{
    // The maximum duration of a timer.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private static readonly SparePool<Deadline> Unused = new();

    // It is also what is locked while the times below are read or changed.
    private readonly CancellationTokenSource _source;

    // Other clocks have a timer in the source.
    private readonly bool _isOfSystem;
    private Timer? _timer;
    private TimeSpan _timeout;
    private CancellationToken _caller;
    private CancellationToken _stop;
    private CancellationTokenRegistration _registration;
    private CancellationTokenRegistration _stopRegistration;

    // When it is over, and when the timer fires, in milliseconds of the system's clock.
    private long _due = long.MaxValue;
    private long _fires = long.MaxValue;
    private bool _isTimeOver;
    private bool _isRunning;

    public Deadline(TimeSpan timeout, TimeProvider time, CancellationToken caller, CancellationToken stop = default)
    {
        _isOfSystem = time == TimeProvider.System;
        _source = _isOfSystem ? new CancellationTokenSource() : new CancellationTokenSource(Timed(timeout), time);
        Start(timeout, caller, stop);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is over, and neither the caller canceled, nor what it belongs to was stopped.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested && !IsStopped;

    /// <summary>Whether what it belongs to was stopped.</summary>
    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Begins a deadline, which is disposed or ended.</summary>
    /// <param name="timeout">The time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">The caller's token.</param>
    public static Deadline Begin(TimeSpan timeout, TimeProvider time, CancellationToken caller) => Begin(null, timeout, time, caller, default);

    /// <summary>Begins a deadline, which is disposed or ended.</summary>
    /// <param name="spare">One that was reset; null takes one that was ended.</param>
    /// <param name="timeout">The time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">The caller's token.</param>
    /// <param name="stop">Stops what it belongs to, such as a client that is disposed.</param>
    public static Deadline Begin(Deadline? spare, TimeSpan timeout, TimeProvider time, CancellationToken caller, CancellationToken stop)
    {
        if (time != TimeProvider.System)
        {
            spare?.Dispose();
            return new Deadline(timeout, time, caller, stop);
        }
        if ((spare ?? Unused.Take()) is not { } deadline)
            return new Deadline(timeout, time, caller, stop);
        deadline.Start(timeout, caller, stop);
        return deadline;
    }

    /// <summary>Restarts the deadline with the whole time.</summary>
    public void Restart()
    {
        if (_timeout != Timeout.InfiniteTimeSpan)
            Restart(_timeout);
    }

    /// <summary>Restarts the deadline with another time.</summary>
    public void Restart(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan && timeout < TimeSpan.Zero)
            timeout = TimeSpan.Zero;
        timeout = Timed(timeout);
        lock (_source)
        {
            // What is left running after the end of an exchange must not set the time of another.
            if (!_isRunning)
                return;
            if (!_isOfSystem)
            {
                _source.CancelAfter(timeout);
                return;
            }
            _due = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)Math.Ceiling(timeout.TotalMilliseconds);
            if (_due < _fires)
                SetTimer();
        }
    }

    /// <summary>Ends the deadline in place of <see cref="Dispose"/>.</summary>
    /// <param name="isFree">Whether nobody holds the token any more. Otherwise a later deadline could cancel what somebody left running.</param>
    public void End(bool isFree)
    {
        if (!TryReset(isFree) || !Unused.Keep(this))
            Dispose();
    }

    /// <summary>Ends the deadline so that it can begin again; false where it cannot, and is to be disposed.</summary>
    /// <param name="isFree">Whether nobody holds the token any more.</param>
    public bool TryReset(bool isFree)
    {
        _registration.Dispose();
        _stopRegistration.Dispose();
        (_registration, _stopRegistration) = (default, default);
        lock (_source)
        {
            (_due, _isRunning) = (long.MaxValue, false);
            // It also forgets what others have registered and left.
            if (!isFree || !_isOfSystem || _isTimeOver || !_source.TryReset())
                return false;
        }
        (_caller, _stop) = (default, default);
        return true;
    }

    public void Dispose()
    {
        TryReset(isFree: false);
        _timer?.Dispose();
        // One without a timer has nothing to dispose, and the timer of this may be about to cancel it.
        if (!_isOfSystem)
            _source.Dispose();
    }

    private static TimeSpan Timed(TimeSpan timeout) => timeout >= Longest ? Timeout.InfiniteTimeSpan : timeout;

    private void Start(TimeSpan timeout, CancellationToken caller, CancellationToken stop)
    {
        _timeout = Timed(timeout);
        (_caller, _stop) = (caller, stop);
        _isRunning = true;
        if (_isOfSystem && timeout == TimeSpan.Zero)
            _source.Cancel();
        else if (_isOfSystem)
            Restart();
        _registration = CancelWith(caller);
        _stopRegistration = CancelWith(stop);
    }

    private CancellationTokenRegistration CancelWith(CancellationToken token) =>
        token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);

    private void SetTimer()
    {
        _fires = _due;
        var left = Math.Max(0, _due - Environment.TickCount64);
        if (_timer is not null)
        {
            _timer.Change(left, Timeout.Infinite);
            return;
        }
        // Nothing of the caller's context belongs to the timer, which outlives the call.
        var isFlowing = !ExecutionContext.IsFlowSuppressed();
        var flow = isFlowing ? ExecutionContext.SuppressFlow() : default;
        _timer = new Timer(static deadline => ((Deadline)deadline!).Fire(), this, left, Timeout.Infinite);
        if (isFlowing)
            flow.Undo();
    }

    private void Fire()
    {
        lock (_source)
        {
            _fires = long.MaxValue;
            if (_due == long.MaxValue)
                return;
            if (_due > Environment.TickCount64)
            {
                SetTimer();
                return;
            }
            _isTimeOver = true;
        }
        _source.Cancel();
    }
}
