using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>
/// Works on the jobs of a ledger: it claims free ones, and takes their steps when these are due. All that it knows of a job can be lost at any moment; the next
/// worker goes on with what is stored.
/// </summary>
/// <param name="store">The ledger's store.</param>
/// <param name="options">The options.</param>
internal sealed class JobWorker(LedgerStore store, LedgerOptions options)
{
    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Slowest = TimeSpan.FromMinutes(5);

    private readonly JobSteps _steps = new(store, options);
    private readonly string[] _providers = [.. options.Clients.Select(client => client.Provider)];
    private readonly Channel<(WorkerEntry Entry, StepResult Result)> _ended = Channel.CreateUnbounded<(WorkerEntry, StepResult)>();
    private readonly WorkerLanes _lanes = new(options);
    private Exception? _fault;

    /// <summary>Works until it is stopped, or until nothing is left that happens by itself.</summary>
    /// <param name="untilIdle">Whether it ends when nothing is left.</param>
    /// <param name="ct">A token to stop. Submits that are in flight end first, so that their receipts are stored.</param>
    public async Task RunAsync(bool untilIdle, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            using var lease = new WorkerLease(options.Lease);
            await store.RenewAsync(lease.Owner, options.Lease, isNew: true, ct).ConfigureAwait(false);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, lease.Lost);
            var heartbeat = Task.Run(() => BeatAsync(lease, stop.Token), CancellationToken.None);
            var isIdle = false;
            try
            {
                isIdle = await LoopAsync(lease, untilIdle, stop.Token).ConfigureAwait(false);
            }
            finally
            {
                await _lanes.EndAsync(_ended.Reader).ConfigureAwait(false);
                await stop.CancelAsync().ConfigureAwait(false);
                await heartbeat.ConfigureAwait(false);
                await store.ReleaseAsync(lease.Owner, CancellationToken.None).ConfigureAwait(false);
            }
            if (isIdle)
                return;
        }
    }

    private async Task<bool> LoopAsync(WorkerLease lease, bool untilIdle, CancellationToken stopping)
    {
        var nextClaim = 0L;
        var nextLook = 0L;
        while (!stopping.IsCancellationRequested)
        {
            while (_ended.Reader.TryRead(out var ended))
                _lanes.Ended(ended.Entry, ended.Result, Slowest);
            if (_fault is { } fault)
                ExceptionDispatchInfo.Throw(fault);
            if (Environment.TickCount64 >= nextClaim)
            {
                var isMore = await ClaimAsync(lease, stopping).ConfigureAwait(false);
                nextClaim = Environment.TickCount64 + (isMore ? 0 : (long)ClaimPause.TotalMilliseconds);
            }
            var next = _lanes.Start(entry => StartAsync(entry, lease, stopping));
            if (untilIdle && _lanes.IsEmpty && Environment.TickCount64 >= nextLook)
            {
                if (await store.SummarizeAsync(options.Batch, stopping).ConfigureAwait(false) is { Active: 0 })
                    return true;
                nextLook = Environment.TickCount64 + (long)IdlePause.TotalMilliseconds;
            }
            var pause = Math.Max(Math.Min(nextClaim, next) - Environment.TickCount64, 0);
            if (pause > 0)
                await WaitAsync(TimeSpan.FromMilliseconds(pause), stopping).ConfigureAwait(false);
        }
        return false;
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        either.CancelAfter(pause);
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
            var room = _lanes.RoomFor(state);
            if (room <= 0 || stopping.IsCancellationRequested)
                continue;
            var request = new ClaimRequest(lease.Owner, state, room) { Providers = _providers, Batch = options.Batch };
            var claimed = await store.ClaimAsync(request, CancellationToken.None).ConfigureAwait(false);
            foreach (var job in claimed)
            {
                // Waits that are taken over begin one after the other, not all at once.
                var spread = state == LedgerState.Accepted ? JobSteps.FirstPoll(options.ClientOf(job.Provider), options) * Random.Shared.NextDouble() : default;
                _lanes.Add(new WorkerEntry(job), spread);
            }
            isMore |= claimed.Count == room && state == LedgerState.Accepted;
        }
        return isMore;
    }

    private async Task StartAsync(WorkerEntry entry, WorkerLease lease, CancellationToken stopping)
    {
        StepResult result;
        try
        {
            result = await _steps.RunAsync(entry.Job, lease, stopping).ConfigureAwait(false);
        }
        catch (LedgerException)
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
            Interlocked.CompareExchange(ref _fault, exception, null);
            result = StepResult.Done;
        }
        _ended.Writer.TryWrite((entry, result));
    }

    private async Task BeatAsync(WorkerLease lease, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Lease / 4, stopping).ConfigureAwait(false);
                var requested = TimeProvider.System.GetTimestamp();
                if (!await store.RenewAsync(lease.Owner, options.Lease, isNew: false, stopping).ConfigureAwait(false))
                {
                    lease.Lose();
                    return;
                }
                lease.Extended(requested);
                await store.ReleaseAsync(null, stopping).ConfigureAwait(false);
                foreach (var id in await store.WokenAsync(lease.Owner, stopping).ConfigureAwait(false))
                    _lanes.Wake(id);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The worker stops.
        }
        catch (LedgerException)
        {
            // Without the store the lease ends, and with it what this worker has in memory.
            lease.Lose();
        }
    }
}
