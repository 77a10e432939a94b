using Microsoft.Extensions.Logging;

namespace Zoetrope.Jobs.Orleans;

/// <summary>
/// Works on the jobs of the partitions that are active in this silo, with one worker for all of them, and pings all partitions of the ledger, so that each is
/// active in some silo.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="partitions">The partitions of this silo.</param>
/// <param name="grains">The grains of the cluster.</param>
/// <param name="silos">The silos of the cluster.</param>
/// <param name="logger">The logger.</param>
internal sealed partial class LedgerSilo(
    JobLedger ledger, LedgerPartitions partitions, IGrainFactory grains, ISiloStatusOracle silos, ILogger<LedgerSilo> logger)
    : ILifecycleParticipant<ISiloLifecycle>, ISiloStatusListener, IDisposable
{
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForPing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WorkAgainIn = TimeSpan.FromSeconds(5);

    private readonly Loop _work = new();
    private readonly Loop _pings = new();
    private TaskCompletionSource _hasChanged = new();

    public void Participate(ISiloLifecycle lifecycle)
    {
        // What starts first stops last: the worker, after the grains of the silo.
        lifecycle.Subscribe<LedgerSilo>(ServiceLifecycleStage.ApplicationServices, _ => _work.StartAsync(WorkAsync), _work.StopAsync);
        lifecycle.Subscribe<LedgerSilo>(ServiceLifecycleStage.Active, _ => _pings.StartAsync(PingAsync), _pings.StopAsync);
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status) => Volatile.Read(ref _hasChanged).TrySetResult();

    public void Dispose()
    {
        _pings.Dispose();
        _work.Dispose();
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ledger.ServeAsync(partitions, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The silo has other work than this, and goes on without the ledger until it can be reached.
                LogStopped(exception, WorkAgainIn);
                await Task.Delay(WorkAgainIn, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task PingAsync(CancellationToken stopping)
    {
        silos.SubscribeToSiloStatusEvents(this);
        while (!stopping.IsCancellationRequested)
        {
            var hasChanged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _hasChanged, hasChanged);
            await PingAllAsync().ConfigureAwait(false);
            // The partitions of a silo that was killed go on as soon as that is noticed.
            await Task.WhenAny(hasChanged.Task, Task.Delay(BetweenPings, stopping)).ConfigureAwait(false);
        }
        silos.UnSubscribeFromSiloStatusEvents(this);
    }

    private async Task PingAllAsync()
    {
        // One that hangs must not keep the others from being pinged again.
        var pings = Enumerable.Range(0, LedgerPartitions.Count)
            .Select(partition => grains.GetGrain<ILedgerPartitionGrain>(partition).PingAsync().WaitAsync(ForPing)).ToList();
        try
        {
            await Task.WhenAll(pings).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Such as when a silo has just been killed. They are pinged again.
            LogNotReached(exception, pings.Count(ping => !ping.IsCompletedSuccessfully), LedgerPartitions.Count);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The worker of the ledger ended. It starts again in {Pause}; its jobs go on elsewhere meanwhile.")]
    private partial void LogStopped(Exception exception, TimeSpan pause);

    [LoggerMessage(2, LogLevel.Warning, "{Count} of {All} partitions of the ledger could not be reached. They are tried again.")]
    private partial void LogNotReached(Exception exception, int count, int all);

    /// <summary>What runs from the start of the silo until it stops.</summary>
    private sealed class Loop : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _running = Task.CompletedTask;

        public Task StartAsync(Func<CancellationToken, Task> run)
        {
            _running = Task.Run(() => run(_stop.Token), CancellationToken.None);
            return Task.CompletedTask;
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        public void Dispose()
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }
}
