using Microsoft.Extensions.Hosting;

namespace Zoetrope.Jobs.Hosting;

/// <summary>Works on the jobs of a ledger while the host runs.</summary>
/// <param name="ledger">The ledger.</param>
internal sealed class LedgerService(JobLedger ledger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => ledger.ServeAsync(stoppingToken);
}
