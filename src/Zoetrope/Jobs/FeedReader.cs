namespace Zoetrope.Jobs;

/// <summary>What a wait reads of a <see cref="StatusFeed"/>.</summary>
internal abstract class FeedReader
{
    /// <summary>The next status that is not an end; null where the job is to be polled.</summary>
    public abstract ValueTask<JobStatus?> NextAsync();

    /// <summary>Closes the feed.</summary>
    public abstract void Close();
}

/// <summary>The wait that a feed brings statuses to.</summary>
internal interface IStatusListener
{
    /// <summary>Takes note of a status that is not an end.</summary>
    void Hear(JobStatus status);

    /// <summary>Takes note that the feed is over, and why.</summary>
    /// <param name="failure">The reason; null where the feed ended, or there is none.</param>
    void EndFeed(Exception? failure);
}

/// <summary>A feed that is followed until it ends, fails or reports the end of the job.</summary>
/// <param name="statuses">The statuses; null where there are none.</param>
/// <param name="listener">The wait.</param>
/// <param name="stop">Ends the feed.</param>
internal sealed class FollowedFeed(IAsyncEnumerable<JobStatus>? statuses, IStatusListener listener, CancellationToken stop) : FeedReader
{
    private IAsyncEnumerator<JobStatus>? _statuses = statuses?.GetAsyncEnumerator(stop);

    public override async ValueTask<JobStatus?> NextAsync()
    {
        if (_statuses is null)
            return null;
        Exception? failure = null;
        try
        {
            if (await _statuses.MoveNextAsync().ConfigureAwait(false) && !_statuses.Current.IsTerminal)
            {
                listener.Hear(_statuses.Current);
                return _statuses.Current;
            }
        }
        catch (Exception exception)
        {
            // The wait reports it, unless it was the wait that ended the feed.
            failure = stop.IsCancellationRequested ? null : exception;
        }
        Close();
        listener.EndFeed(failure);
        return null;
    }

    public override void Close()
    {
        if (_statuses is null)
            return;
        // Nothing is being received, so closing does not wait.
        var closing = _statuses.DisposeAsync();
        if (!closing.IsCompletedSuccessfully)
            _ = closing.AsTask();
        _statuses = null;
    }
}
