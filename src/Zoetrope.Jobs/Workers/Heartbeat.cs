using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>Extends a worker's lease until it is disposed, ends the leases of workers that were killed, and passes on which jobs were woken.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly LedgerStore _store;
    private readonly WorkerLease _lease;
    private readonly TimeSpan _length;
    private readonly Action<string>? _wake;
    private readonly Task _beats;

    /// <summary>Begins to beat.</summary>
    /// <param name="store">The ledger's store.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="length">The time for which it is extended.</param>
    /// <param name="wake">Called with each job that was woken.</param>
    public Heartbeat(LedgerStore store, WorkerLease lease, TimeSpan length, Action<string>? wake = null)
    {
        (_store, _lease, _length, _wake) = (store, lease, length, wake);
        _beats = Task.Run(BeatAsync);
    }

    /// <summary>Why it ended by itself; null where it did not, or the store could only not be reached.</summary>
    public Exception? Fault { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _beats.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task BeatAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_length / 4, _end.Token).ConfigureAwait(false);
                var requested = TimeProvider.System.GetTimestamp();
                if (!await _store.RenewAsync(_lease.Owner, _length, isNew: false, _end.Token).ConfigureAwait(false))
                    break;
                _lease.Extended(requested);
                await _store.ReleaseAsync(null, _end.Token).ConfigureAwait(false);
                if (_wake is null)
                    continue;
                foreach (var id in await _store.WokenAsync(_lease.Owner, _end.Token).ConfigureAwait(false))
                    _wake(id);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            // Without the store the lease ends, and with it what the worker has in memory.
            Fault = exception is LedgerException { IsTransient: true } ? null : exception;
        }
        _lease.Lose();
    }
}
