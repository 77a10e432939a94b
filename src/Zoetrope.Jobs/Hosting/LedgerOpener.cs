using Microsoft.Extensions.Hosting;

namespace Zoetrope.Jobs.Hosting;

/// <summary>Opens a ledger before any other service of the host starts, so that all of them can use it.</summary>
/// <param name="ledger">The ledger.</param>
internal sealed class LedgerOpener(JobLedger ledger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => ledger.OpenAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
