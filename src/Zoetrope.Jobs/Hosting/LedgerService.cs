using Microsoft.Extensions.Hosting;

namespace Zoetrope.Jobs.Hosting;

/// <summary>Works on the jobs of a ledger while the host runs.</summary>
/// <param name="ledger">The ledger.</param>
internal sealed class LedgerService(JobLedger ledger) : BackgroundService, IHostedLifecycleService
{
    // Before any other service starts, so that all of them can use the ledger.
    public Task StartingAsync(CancellationToken cancellationToken) => ledger.Store.OpenAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => ledger.ServeAsync(stoppingToken);
}
