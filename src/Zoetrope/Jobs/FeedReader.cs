namespace Zoetrope.Jobs;

/// <summary>What a wait reads of a <see cref="StatusFeed"/>.</summary>
internal abstract class FeedReader
{
    /// <summary>The next status that is not an end; null where the job is to be polled.</summary>
    /// <param name="longest">The longest time to wait for it; the job is polled then, and the feed stays open.</param>
    /// <param name="time">The clock.</param>
    public abstract ValueTask<JobStatus?> NextAsync(TimeSpan longest, TimeProvider time);

    /// <summary>Closes the feed.</summary>
    public abstract void Close();
}

/// <summary>The wait that a feed brings statuses to.</summary>
internal interface IStatusListener
{
    /// <summary>Takes note of a status that is not an end.</summary>
    void Hear(JobStatus status);

    /// <summary>Takes note that the feed brought nothing in the time, so that the job is polled at once.</summary>
    void EndPatience();

    /// <summary>Takes note that the feed is over, and why.</summary>
    /// <param name="failure">The reason; null where the feed ended, or there is none.</param>
    void EndFeed(Exception? failure);
}

/// <summary>A feed that is followed until it ends, fails or reports the end of the job.</summary>
internal sealed class FollowedFeed : FeedReader
{
    private readonly IStatusListener _listener;
    private readonly CancellationTokenSource _stop;
    private IAsyncEnumerator<JobStatus>? _statuses;
    private Task<bool>? _next;
    private Exception? _notOpened;

    /// <summary>Initializes a new instance of the <see cref="FollowedFeed"/> class.</summary>
    /// <param name="source">Opens the statuses.</param>
    /// <param name="handle">The job.</param>
    /// <param name="logs">Whether log lines are requested.</param>
    /// <param name="listener">The wait.</param>
    /// <param name="stop">Ends the feed.</param>
    public FollowedFeed(StatusSource source, JobHandle handle, bool logs, IStatusListener listener, CancellationToken stop)
    {
        _listener = listener;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            _statuses = source(handle, logs, _stop.Token)?.GetAsyncEnumerator(_stop.Token);
        }
        catch (Exception exception)
        {
            _notOpened = exception;
        }
    }

    public override async ValueTask<JobStatus?> NextAsync(TimeSpan longest, TimeProvider time)
    {
        if (_notOpened is { } notOpened)
        {
            _notOpened = null;
            _listener.EndFeed(notOpened);
        }
        if (_statuses is null)
            return null;
        Exception? failure = null;
        try
        {
            _next ??= _statuses.MoveNextAsync().AsTask();
            var isThere = await _next.WaitAsync(longest, time, _stop.Token).ConfigureAwait(false);
            _next = null;
            if (isThere && !_statuses.Current.IsTerminal)
            {
                _listener.Hear(_statuses.Current);
                return _statuses.Current;
            }
        }
        catch (TimeoutException) when (_next is { IsCompleted: false })
        {
            _listener.EndPatience();
            return null;
        }
        catch (Exception exception)
        {
            // The wait reports it, unless it was the wait that ended the feed.
            failure = _stop.IsCancellationRequested ? null : exception;
        }
        Close();
        _listener.EndFeed(failure);
        return null;
    }

    public override void Close()
    {
        if (_statuses is null)
            return;
        _stop.Cancel();
        _ = CloseAsync(_statuses, _next);
        _statuses = null;
    }

    // An enumerator is not disposed while it is asked for its next status.
    private async Task CloseAsync(IAsyncEnumerator<JobStatus> statuses, Task<bool>? next)
    {
        if (next is not null)
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await statuses.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
