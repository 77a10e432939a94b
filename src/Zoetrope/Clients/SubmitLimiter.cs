using System.Globalization;
using Zoetrope.Jobs;
using Zoetrope.Time;

namespace Zoetrope.Clients;

/// <summary>
/// Enforces a provider's documented limits: the number of submits in any minute, and of jobs in flight at once. Submits are served in order of arrival, and
/// none waits beyond its deadline. Only jobs that are known to be in flight count: submitted, or seen in flight by any client of this process, within
/// <see cref="SubmitLimits.InFlightExpiry"/>.
/// </summary>
internal sealed class SubmitLimiter : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Timers have a maximum duration; after it the limiter checks again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private const int MostNamed = 10;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private readonly Queue<SubmitLease> _creates = new();
    private readonly List<SubmitLease> _leases = [];
    private readonly SubmitLimits _limits;
    private readonly TimeProvider _time;
    private int _submitting;
    private bool _disposed;
    private TaskCompletionSource _changed = NewSignal();

    public SubmitLimiter(string provider, Uri? baseUrl, SubmitLimits limits, TimeProvider time)
    {
        Provider = provider;
        BaseUrl = baseUrl;
        _limits = limits;
        _time = time;
        JobSightings.Add(this);
    }

    public string Provider { get; }

    public Uri? BaseUrl { get; }

    /// <summary>Waits until a job may be submitted. The lease must be completed.</summary>
    /// <exception cref="SubmitLimitException">The time ran out.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public async Task<SubmitLease> AcquireAsync(string endpointId, TimeSpan timeout, CancellationToken ct)
    {
        using var deadline = new Deadline(timeout, _time, ct);
        try
        {
            await _turn.WaitAsync(deadline.Token).ConfigureAwait(false);
            try
            {
                return await TakeAsync(deadline.Token).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            lock (_lock)
                throw new SubmitLimitException(Provider, endpointId, timeout, Holders(), Reason());
        }
    }

    /// <summary>Completes the lease of a submit. The minute counts from now, because the provider may count the submit as late as this.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="job">The job; null if it is not known.</param>
    /// <param name="underWay">Whether a job is, or may be, in flight.</param>
    public void Complete(SubmitLease lease, JobHandle? job, bool underWay)
    {
        lock (_lock)
        {
            _submitting--;
            lease.SubmittedAt = _time.GetTimestamp();
            lease.SeenAt = lease.SubmittedAt;
            _creates.Enqueue(lease);
            lease.Job = job;
            if (!underWay)
                _leases.Remove(lease);
            Signal();
        }
    }

    /// <summary>Records news about a job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="underWay">Whether the job is running; otherwise it has ended, or is about to be cancelled.</param>
    public void Saw(string jobId, bool underWay)
    {
        lock (_lock)
        {
            var lease = _leases.Find(lease => lease.Job?.JobId == jobId);
            if (lease is null)
                return;
            if (underWay)
                lease.SeenAt = _time.GetTimestamp();
            else
                _leases.Remove(lease);
            Signal();
        }
    }

    /// <summary>Ends the waits. The semaphore is not disposed: the waiting submits have to enter it to see that the limiter is disposed.</summary>
    public void Dispose()
    {
        JobSightings.Remove(this);
        lock (_lock)
        {
            _disposed = true;
            Signal();
        }
    }

    private async Task<SubmitLease> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(MediaClient));
                if (TryTake(out wait) is { } lease)
                    return lease;
                changed = _changed.Task;
            }
            using var delay = new Deadline(wait, _time, ct);
            try
            {
                await changed.EndAsync(delay.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (delay.IsOver)
            {
                // Check again.
            }
        }
    }

    private SubmitLease? TryTake(out TimeSpan wait)
    {
        wait = LongestWait;
        while (_creates.TryPeek(out var oldest) && Left(oldest.SubmittedAt, Window) <= TimeSpan.Zero)
            _creates.Dequeue();
        _leases.RemoveAll(held => held.SeenAt is { } seen && Left(seen, _limits.InFlightExpiry) <= TimeSpan.Zero);

        var isFree = true;
        if (AreTooMany(_creates.Count + _submitting, _limits.CreatesPerMinute))
        {
            isFree = false;
            if (_creates.TryPeek(out var oldest))
                wait = Shorter(wait, Left(oldest.SubmittedAt, Window));
        }
        if (AreTooMany(_leases.Count, _limits.InFlight))
        {
            isFree = false;
            foreach (var held in _leases)
            {
                if (held.SeenAt is { } seen)
                    wait = Shorter(wait, Left(seen, _limits.InFlightExpiry));
            }
        }
        if (!isFree)
        {
            // Timers take whole milliseconds; rounding down would check again too early.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            return null;
        }
        var lease = new SubmitLease();
        _submitting++;
        _leases.Add(lease);
        return lease;
    }

    private List<JobHandle> Holders() => AreTooMany(_leases.Count, _limits.InFlight) ? Known() : [];

    private List<JobHandle> Known()
    {
        var holders = new List<JobHandle>();
        foreach (var lease in _leases)
        {
            if (lease.Job is { } job)
                holders.Add(job);
        }
        return holders;
    }

    private string Reason()
    {
        var creates = _creates.Count + _submitting;
        var reason = AreTooMany(creates, _limits.CreatesPerMinute)
            ? $"{Text(creates)} jobs were submitted within a minute, and {Provider} accepts {Text(_limits.CreatesPerMinute)}. "
            : "";
        if (!AreTooMany(_leases.Count, _limits.InFlight))
            return reason.Length > 0 ? reason : "Other submits are ahead of it in the queue. ";
        var known = Known();
        var text = "";
        for (var i = 0; i < known.Count && i < MostNamed; i++)
            text += $"{(i > 0 ? ", " : "")}{known[i].ToString()}";
        if (known.Count > MostNamed)
            text += $" and {Text(known.Count - MostNamed)} more";
        if (_leases.Count > known.Count)
            text += $"{(text.Length > 0 ? ", and " : "")}{Text(_leases.Count - known.Count)} whose id is not known";
        return $"{reason}{Text(_leases.Count)} jobs are in flight, and {Provider} accepts {Text(_limits.InFlight)} at once: {text}. ";
    }

    // Parts that all are texts are simply joined, which is less code than formatting them.
    private static string Text(int? count) => count.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);

    private TimeSpan Left(long since, TimeSpan time) => time - _time.GetElapsedTime(since);

    private static bool AreTooMany(int count, int? limit) => count >= limit;

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A job that counts as in flight.</summary>
internal sealed class SubmitLease
{
    /// <summary>The job; null while it is being submitted, or when it is not known.</summary>
    public JobHandle? Job { get; set; }

    /// <summary>The clock's timestamp at which the submit was completed.</summary>
    public long SubmittedAt { get; set; }

    /// <summary>The clock's timestamp at which it was last known to be in flight; null while it is being submitted.</summary>
    public long? SeenAt { get; set; }
}
