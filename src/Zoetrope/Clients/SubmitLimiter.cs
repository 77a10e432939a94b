using System.Globalization;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Time;

namespace Zoetrope.Clients;

/// <summary>
/// Enforces a provider's documented limits: the number of submits in any minute, and of jobs in flight at once. Submits are served in order of arrival, and
/// none waits beyond its deadline. Only jobs that are known to be in flight count: submitted by any client of this process with the same account, and seen in
/// flight by any client at all, within <see cref="SubmitLimits.InFlightExpiry"/>.
/// </summary>
internal sealed class SubmitLimiter : IDisposable
{
    // Timers have a maximum duration; after it the limiter checks again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private const int MostNamed = 10;

    private readonly SubmitAccount _account;
    private readonly SubmitLimits _limits;
    private readonly TimeProvider _time;
    private bool _disposed;

    public SubmitLimiter(string provider, MediaClientOptions options, SubmitLimits limits)
    {
        _account = SubmitAccounts.Of(provider, options);
        _limits = limits;
        _time = options.TimeProvider;
    }

    /// <summary>Whose turn it is to acquire several leases.</summary>
    public SemaphoreSlim BulkTurn => _account.BulkTurn;

    /// <summary>Waits until a job may be submitted. The lease must be completed.</summary>
    /// <exception cref="SubmitLimitException">The time ran out.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public async Task<SubmitLease> AcquireAsync(string endpointId, TimeSpan timeout, CancellationToken ct)
    {
        using var deadline = new Deadline(timeout, _time, ct);
        try
        {
            await _account.Turn.WaitAsync(deadline.Token).ConfigureAwait(false);
            try
            {
                var lease = await TakeAsync(deadline.Token).ConfigureAwait(false);
                SubmitAccounts.Keep(_account);
                return lease;
            }
            finally
            {
                _account.Turn.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            throw Late(endpointId, timeout);
        }
    }

    /// <summary>Creates the exception of a submit whose time ran out while it waited for its turn.</summary>
    public SubmitLimitException Late(string endpointId, TimeSpan timeout)
    {
        lock (_account.Gate)
            return new SubmitLimitException(_account.Provider, endpointId, timeout, Holders(), Reason());
    }

    /// <summary>Gives a lease back with which nothing was sent, so that it does not count in the minute either.</summary>
    public void Return(SubmitLease lease)
    {
        lock (_account.Gate)
        {
            _account.Submitting--;
            _account.Leases.Remove(lease);
            _account.Signal();
        }
    }

    /// <summary>Completes the lease of a submit. The minute counts from now, because the provider may count the submit as late as this.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="job">The job; null if it is not known.</param>
    /// <param name="underWay">Whether a job is, or may be, in flight.</param>
    public void Complete(SubmitLease lease, JobHandle? job, bool underWay)
    {
        lock (_account.Gate)
        {
            _account.Submitting--;
            lease.SubmittedAt = _time.GetTimestamp();
            lease.SeenAt = lease.SubmittedAt;
            _account.Creates.Enqueue(lease);
            lease.Job = job;
            if (!underWay)
                _account.Leases.Remove(lease);
            _account.Signal();
        }
    }

    /// <summary>Ends the waits. The semaphore is not disposed: the waiting submits have to enter it to see that the limiter is disposed.</summary>
    public void Dispose()
    {
        lock (_account.Gate)
        {
            _disposed = true;
            _account.Signal();
        }
    }

    private async Task<SubmitLease> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_account.Gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(MediaClient));
                if (TryTake(out wait) is { } lease)
                    return lease;
                changed = _account.Changed.Task;
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
        _account.Forget();

        var isFree = true;
        if (AreTooMany(_account.Creates.Count + _account.Submitting, _limits.CreatesPerMinute))
        {
            isFree = false;
            if (_account.Creates.TryPeek(out var oldest))
                wait = Durations.Shorter(wait, _account.Left(oldest.SubmittedAt, SubmitAccount.Window));
        }
        if (AreTooMany(_account.Leases.Count, _limits.InFlight))
        {
            isFree = false;
            foreach (var held in _account.Leases)
            {
                if (held.SeenAt is { } seen)
                    wait = Durations.Shorter(wait, _account.Left(seen, held.Expiry));
            }
        }
        if (!isFree)
        {
            // Timers take whole milliseconds; rounding down would check again too early.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            return null;
        }
        var lease = new SubmitLease(_limits.InFlightExpiry);
        _account.Submitting++;
        _account.Leases.Add(lease);
        return lease;
    }

    private List<JobHandle> Holders() => AreTooMany(_account.Leases.Count, _limits.InFlight) ? Known() : [];

    private List<JobHandle> Known()
    {
        var holders = new List<JobHandle>();
        foreach (var lease in _account.Leases)
        {
            if (lease.Job is { } job)
                holders.Add(job);
        }
        return holders;
    }

    private string Reason()
    {
        var creates = _account.Creates.Count + _account.Submitting;
        var reason = AreTooMany(creates, _limits.CreatesPerMinute)
            ? $"{Text(creates)} jobs were submitted within a minute, and {_account.Provider} accepts {Text(_limits.CreatesPerMinute)}. "
            : "";
        if (!AreTooMany(_account.Leases.Count, _limits.InFlight))
            return reason.Length > 0 ? reason : "Other submits are ahead of it in the queue. ";
        var known = Known();
        var text = "";
        for (var i = 0; i < known.Count && i < MostNamed; i++)
            text += $"{(i > 0 ? ", " : "")}{known[i].ToString()}";
        if (known.Count > MostNamed)
            text += $" and {Text(known.Count - MostNamed)} more";
        if (_account.Leases.Count > known.Count)
            text += $"{(text.Length > 0 ? ", and " : "")}{Text(_account.Leases.Count - known.Count)} whose id is not known";
        return $"{reason}{Text(_account.Leases.Count)} jobs are in flight, and {_account.Provider} accepts {Text(_limits.InFlight)} at once: {text}. ";
    }

    // Parts that all are texts are simply joined, which is less code than formatting them.
    private static string Text(int? count) => count.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);

    private static bool AreTooMany(int count, int? limit) => count >= limit;
}

/// <summary>A job that counts as in flight.</summary>
/// <param name="expiry">The time after which it no longer counts, from when it was last known to be in flight.</param>
internal sealed class SubmitLease(TimeSpan expiry)
{
    public TimeSpan Expiry => expiry;

    /// <summary>The job; null while it is being submitted, or when it is not known.</summary>
    public JobHandle? Job { get; set; }

    /// <summary>The clock's timestamp at which the submit was completed.</summary>
    public long SubmittedAt { get; set; }

    /// <summary>The clock's timestamp at which it was last known to be in flight; null while it is being submitted.</summary>
    public long? SeenAt { get; set; }
}
