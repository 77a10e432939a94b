using Zoetrope.Jobs;

namespace Zoetrope.Clients;

/// <summary>The statuses that a provider sends by itself, until the stream ends or fails.</summary>
/// <param name="statuses">The stream; null where there is none.</param>
/// <param name="stop">Ends the stream.</param>
internal sealed class StreamedStatuses(IAsyncEnumerable<JobStatus>? statuses, CancellationToken stop) : IDisposable
{
    private readonly IAsyncEnumerator<JobStatus>? _statuses = statuses?.GetAsyncEnumerator(stop);
    private bool _isDisposed;

    /// <summary>Whether nothing more is received.</summary>
    public bool IsOver { get; private set; } = statuses is null;

    /// <summary>Why the stream failed; null where it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The next status; null at the end.</summary>
    public async ValueTask<JobStatus?> NextAsync()
    {
        try
        {
            return await _statuses!.MoveNextAsync().ConfigureAwait(false) ? _statuses.Current : null;
        }
        catch (Exception exception)
        {
            Failure = exception;
            return null;
        }
    }

    /// <summary>Closes the stream.</summary>
    public void End()
    {
        IsOver = true;
        Dispose();
    }

    public void Dispose()
    {
        if (_isDisposed || _statuses is null)
            return;
        _isDisposed = true;
        // Nothing is being received, so closing does not wait.
        var closing = _statuses.DisposeAsync();
        if (!closing.IsCompletedSuccessfully)
            _ = closing.AsTask();
    }
}
