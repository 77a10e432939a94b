using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zoetrope.Jobs.Hosting;

namespace Zoetrope.Jobs;

/// <summary>Adds a ledger of jobs to a host.</summary>
public static class ZoetropeJobsExtensions
{
    /// <summary>
    /// Adds a <see cref="JobLedger"/>, and a service that works on its jobs while the host runs. Any number of hosts can do so with one ledger: each claims
    /// what no other has, and the jobs of one that is killed go on elsewhere. Choose the store with <c>UseSqlite</c> or <c>UsePostgres</c>.
    /// </summary>
    /// <inheritdoc cref="AddZoetropeLedger"/>
    public static ZoetropeJobsBuilder AddZoetropeJobs(this IServiceCollection services, Func<IServiceProvider, LedgerOptions> options)
    {
        var builder = AddZoetropeLedger(services, options);
        services.AddHostedService(provider => new LedgerService(provider.GetRequiredService<JobLedger>()));
        return builder;
    }

    /// <summary>
    /// Adds a <see cref="JobLedger"/> without working on its jobs: for hosts that only record and read them, and for those in which something else calls
    /// <c>ServeAsync</c>. It is open before any service of the host starts. Choose the store with <c>UseSqlite</c> or <c>UsePostgres</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Creates the options, with the clients that submit and watch the jobs.</param>
    /// <exception cref="InvalidOperationException">The host has a ledger already.</exception>
    public static ZoetropeJobsBuilder AddZoetropeLedger(this IServiceCollection services, Func<IServiceProvider, LedgerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        if (services.Any(service => service.ServiceType == typeof(JobLedger) && !service.IsKeyedService))
            throw new InvalidOperationException("The host has a ledger already: add one, with one way of working on its jobs.");
        services.AddSingleton(options);
        services.AddSingleton(provider => new JobLedger(
            provider.GetService<Storage.LedgerStore>()
                ?? throw new InvalidOperationException("The ledger has no store: call UseSqlite or UsePostgres after AddZoetropeJobs."),
            provider.GetRequiredService<LedgerOptions>(),
            provider.GetService<ILoggerFactory>()?.CreateLogger("Zoetrope.Jobs")));
        services.AddHostedService(provider => new LedgerOpener(provider.GetRequiredService<JobLedger>()));
        return new ZoetropeJobsBuilder(services);
    }
}
