using System.Collections.Concurrent;
using System.Threading.Channels;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>
/// Works on the jobs of a ledger: it claims free ones, and takes their steps when these are due. All that it knows of a job can be lost at any moment; the next
/// worker goes on with what is stored.
/// </summary>
/// <param name="store">The ledger's store.</param>
/// <param name="options">The options.</param>
/// <param name="steps">The steps of its jobs.</param>
/// <param name="partitions">The partitions whose jobs it works on; null for all.</param>
internal sealed class JobWorker(LedgerStore store, LedgerOptions options, JobSteps steps, LedgerPartitions? partitions = null)
{
    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    // The time between two turns of the loop: steps that end or become due meanwhile are taken together, because waking a thread for each costs more than most
    // polls.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);

    private readonly string[] _providers = [.. options.Clients.Select(client => client.Provider)];
    private readonly Channel<(WorkerEntry Entry, StepResult Result)> _ended = Channel.CreateUnbounded<(WorkerEntry, StepResult)>();
    private readonly WorkerLanes _lanes = new(options, partitions);
    private readonly ConcurrentQueue<Exception> _faults = new();

    /// <summary>Works until it is stopped, or until nothing is left that happens by itself.</summary>
    /// <param name="untilIdle">Whether it ends when nothing is left.</param>
    /// <param name="stopping">Canceled to begin nothing any more. Submits that are in flight end first, and their receipts are stored.</param>
    /// <param name="leaving">Canceled where the caller cannot wait for a store that does not take the receipts; later than the other, or together.</param>
    public async Task RunAsync(bool untilIdle, CancellationToken stopping, CancellationToken leaving)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await LiveAsync(untilIdle, stopping, leaving).ConfigureAwait(false))
                    return;
            }
            catch (LedgerException exception) when (exception.IsTransient && !stopping.IsCancellationRequested)
            {
                // Another process keeps the store, or it restarts: this one begins anew when it is back.
                steps.Log.StoreLost(exception);
                await Task.Delay(StorePause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Works until the worker is stopped, or its lease is lost, and leaves nothing that is its own.</summary>
    /// <returns>Whether nothing is left to do.</returns>
    private async Task<bool> LiveAsync(bool untilIdle, CancellationToken stopping, CancellationToken leaving)
    {
        using var lease = new WorkerLease(options.Lease, options.ReceiptTimeout);
        await store.RenewAsync(lease.Owner, options.Lease, isNew: true, CancellationToken.None).ConfigureAwait(false);
        steps.Log.StoreIsBack();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, lease.Lost);
        using var left = leaving.UnsafeRegister(static lease => ((WorkerLease)lease!).Stop(), lease);
        // It beats until the last submit has ended: a job that is being sent must not be called in doubt meanwhile.
        var heartbeat = new Heartbeat(store, lease, options.Lease, _lanes.Wake);
        try
        {
            return await LoopAsync(lease, untilIdle, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            if (!_faults.IsEmpty)
                lease.Stop();
            await _lanes.EndAsync(_ended.Reader).ConfigureAwait(false);
            await heartbeat.DisposeAsync().ConfigureAwait(false);
            if (heartbeat.Fault is { } fault)
                _faults.Enqueue(fault);
            if (_faults.IsEmpty)
                await store.ReleaseAsync(lease.Owner, CancellationToken.None).ConfigureAwait(false);
            else
                await FailAsync(lease).ConfigureAwait(false);
        }
    }

    /// <summary>Throws what steps have thrown: all of it, because each may have the only copy of a receipt.</summary>
    private async Task FailAsync(WorkerLease lease)
    {
        try
        {
            await store.ReleaseAsync(lease.Owner, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LedgerException exception)
        {
            _faults.Enqueue(exception);
        }
        Faults.Throw([.. _faults]);
    }

    private async Task<bool> LoopAsync(WorkerLease lease, bool untilIdle, CancellationToken stopping)
    {
        var nextClaim = 0L;
        var nextLook = 0L;
        while (!stopping.IsCancellationRequested)
        {
            while (_ended.Reader.TryRead(out var ended))
                _lanes.Ended(ended.Entry, ended.Result);
            if (!_faults.IsEmpty)
                return false;
            if (_lanes.Leaving() is { Count: > 0 } leaving)
                await store.GiveBackAsync(lease.Owner, leaving, CancellationToken.None).ConfigureAwait(false);
            if (Environment.TickCount64 >= nextClaim)
            {
                var isMore = await ClaimAsync(lease, stopping).ConfigureAwait(false);
                nextClaim = Environment.TickCount64 + (isMore ? 0 : (long)ClaimPause.TotalMilliseconds);
            }
            var next = _lanes.Start(entry => StartAsync(entry, lease, stopping));
            if (untilIdle && _lanes.IsEmpty && Environment.TickCount64 >= nextLook)
            {
                if (!await store.IsActiveAsync(options.Batch, _providers, CancellationToken.None).ConfigureAwait(false))
                    return true;
                nextLook = Environment.TickCount64 + (long)IdlePause.TotalMilliseconds;
            }
            var pause = Math.Min(nextClaim, next) - Environment.TickCount64;
            if (pause > 0)
                await WaitAsync(TimeSpan.FromMilliseconds(pause), stopping).ConfigureAwait(false);
        }
        return false;
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken stopping)
    {
        await Task.Delay(Turn, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pause <= Turn)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        either.CancelAfter(pause - Turn);
        try
        {
            await _ended.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The next step or claim is due, or the worker stops.
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> ClaimAsync(WorkerLease lease, CancellationToken stopping)
    {
        var isMore = false;
        foreach (var state in WorkerLanes.States)
        {
            foreach (var provider in _providers)
            {
                var room = _lanes.RoomFor(state, provider);
                if (room <= 0 || stopping.IsCancellationRequested)
                    continue;
                var request = new ClaimRequest(lease.Owner, state, room) { Providers = [provider], Batch = options.Batch, Partitions = partitions };
                var claimed = await store.ClaimAsync(request, CancellationToken.None).ConfigureAwait(false);
                foreach (var job in claimed)
                    _lanes.Add(new WorkerEntry(job), SpreadOf(job));
                isMore |= claimed.Count == room && state == LedgerState.Accepted;
            }
        }
        return isMore;
    }

    // Waits that are taken over begin one after the other, not all at once.
    private TimeSpan SpreadOf(ClaimedJob job) =>
        job.State == LedgerState.Accepted ? JobSteps.FirstPoll(options.ClientOf(job.Provider), options) * Random.Shared.NextDouble() : default;

    private async Task StartAsync(WorkerEntry entry, WorkerLease lease, CancellationToken stopping)
    {
        StepResult result;
        try
        {
            result = await steps.RunAsync(entry.Job, lease, stopping, entry.Failures).ConfigureAwait(false);
        }
        catch (LedgerException exception) when (exception.IsTransient)
        {
            // The store cannot be reached: the job is what it was, and what came of the step is found out again.
            result = new StepResult(entry.Job, Failed: true);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            result = new StepResult(entry.Job);
        }
        catch (Exception exception)
        {
            // No step throws anything else; if one does, the worker must not go on as if it had ended.
            _faults.Enqueue(exception);
            result = StepResult.Done;
        }
        _ended.Writer.TryWrite((entry, result));
    }
}
