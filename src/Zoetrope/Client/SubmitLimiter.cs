namespace Zoetrope;

/// <summary>
/// Keeps a provider's documented limits: so many submits in any minute, so many jobs at once. Who comes first goes first.
/// </summary>
internal sealed class SubmitLimiter(SubmitLimits limits, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Timers do not take any length; after this one looks again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _creates = new();
    private readonly List<SubmitLease> _leases = [];
    private int _submitting;
    private bool _disposed;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Waits until a job may be submitted. The lease must be completed.</summary>
    public async Task<SubmitLease> AcquireAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            while (true)
            {
                Task changed;
                TimeSpan wait;
                lock (_lock)
                {
                    ObjectDisposedException.ThrowIf(_disposed, typeof(MediaClient));
                    if (TryTake(out var lease, out wait))
                        return lease;
                    changed = _changed.Task;
                }
                try
                {
                    await changed.WaitAsync(wait < LongestWait ? wait : LongestWait, time, ct).ConfigureAwait(false);
                }
                catch (TimeoutException)
                {
                    // The wait is over; look again.
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The submit is over. The minute counts from now, because the provider may count it as late as this.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="jobId">The job; null where it is not known.</param>
    /// <param name="underWay">Whether a job is, or may be, under way.</param>
    public void Complete(SubmitLease lease, string? jobId, bool underWay)
    {
        lock (_lock)
        {
            _submitting--;
            _creates.Enqueue(time.GetUtcNow());
            if (underWay)
            {
                lease.JobId = jobId;
                var now = time.GetUtcNow();
                lease.Expires = limits.InFlightExpiry < DateTimeOffset.MaxValue - now ? now + limits.InFlightExpiry : DateTimeOffset.MaxValue;
            }
            else
            {
                _leases.Remove(lease);
            }
            Signal();
        }
    }

    /// <summary>The job has ended.</summary>
    public void Release(string jobId)
    {
        lock (_lock)
        {
            if (_leases.RemoveAll(lease => lease.JobId == jobId) > 0)
                Signal();
        }
    }

    /// <summary>Ends the waits. The semaphore lives on, because those who wait for it get their turns to learn of it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Signal();
        }
    }

    private bool TryTake(out SubmitLease lease, out TimeSpan wait)
    {
        var now = time.GetUtcNow();
        while (_creates.TryPeek(out var oldest) && oldest + Window <= now)
            _creates.Dequeue();
        _leases.RemoveAll(held => held.Expires <= now);

        lease = new SubmitLease();
        wait = Timeout.InfiniteTimeSpan;
        var free = true;
        if (limits.CreatesPerMinute is { } creates && _creates.Count + _submitting >= creates)
        {
            free = false;
            if (_creates.TryPeek(out var oldest))
                wait = oldest + Window - now;
        }
        if (limits.InFlight is { } inFlight && _leases.Count >= inFlight)
        {
            free = false;
            foreach (var held in _leases)
            {
                if (held.Expires is { } expires && (wait == Timeout.InfiniteTimeSpan || expires - now < wait))
                    wait = expires - now;
            }
        }
        if (!free)
            return false;
        _submitting++;
        _leases.Add(lease);
        return true;
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A job that counts as under way.</summary>
internal sealed class SubmitLease
{
    /// <summary>The job; null while it is being submitted, or when it is not known.</summary>
    public string? JobId { get; set; }

    /// <summary>When it no longer counts; null while it is being submitted.</summary>
    public DateTimeOffset? Expires { get; set; }
}
