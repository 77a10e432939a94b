using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Jobs.Hosting;

namespace Zoetrope.Jobs.Orleans;

/// <summary>Adds a ledger of jobs to the silos of an Orleans cluster.</summary>
public static class SiloLedgerExtensions
{
    /// <summary>
    /// Adds a <see cref="JobLedger"/> to a silo, which works on the jobs of those partitions that the cluster gives it. Every silo of the cluster that loads
    /// this assembly must call it, with the same ledger. Choose the store with <c>UseSqlite</c> or <c>UsePostgres</c>.
    /// </summary>
    /// <remarks>
    /// It takes the place of <c>AddZoetropeJobs</c> on the host's services. A silo that is killed is noticed by Orleans' membership, whose times decide when
    /// its partitions go on elsewhere; its jobs are free when its lease in the ledger has ended. That a partition may for a moment be active on two silos is
    /// harmless: each job is claimed in the ledger.
    /// </remarks>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Creates the options, with the clients that submit and watch the jobs.</param>
    /// <exception cref="InvalidOperationException">The host has a ledger already.</exception>
    public static ZoetropeJobsBuilder AddZoetropeJobs(this ISiloBuilder silo, Func<IServiceProvider, LedgerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var builder = silo.Services.AddZoetropeLedger(options);
        silo.Services.AddSingleton(_ => new LedgerPartitions());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LedgerSilo>();
        silo.AddPlacementDirector<PartitionPlacement, PartitionPlacementDirector>();
        return builder;
    }
}
