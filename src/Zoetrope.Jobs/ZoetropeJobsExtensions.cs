using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Jobs.Hosting;

namespace Zoetrope.Jobs;

/// <summary>Adds a ledger of jobs to a host.</summary>
public static class ZoetropeJobsExtensions
{
    /// <summary>
    /// Adds a <see cref="JobLedger"/>, and a service that works on its jobs while the host runs. Any number of hosts can do so with one ledger: each claims
    /// what no other has, and the jobs of one that is killed go on elsewhere. Choose the store with <c>UseSqlite</c> or <c>UsePostgres</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Makes the options, with the clients that submit and watch the jobs.</param>
    public static ZoetropeJobsBuilder AddZoetropeJobs(this IServiceCollection services, Func<IServiceProvider, LedgerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.AddSingleton(provider => new JobLedger(
            provider.GetService<Storage.LedgerStore>()
                ?? throw new InvalidOperationException("The ledger has no store: call UseSqlite or UsePostgres after AddZoetropeJobs."),
            provider.GetRequiredService<LedgerOptions>()));
        services.AddHostedService(provider => new LedgerService(provider.GetRequiredService<JobLedger>()));
        return new ZoetropeJobsBuilder(services);
    }
}
