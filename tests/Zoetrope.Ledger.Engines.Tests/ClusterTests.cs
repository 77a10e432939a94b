using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Orleans;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Ledger.Silo;

namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>A ledger on the silos of an Orleans cluster, all in this process.</summary>
public sealed class ClusterTests : EngineTest
{
    [Fact]
    public async Task A_batch_is_run_to_its_end_by_all_silos()
    {
        await using var cluster = await DeployAsync();
        await PlacedAsync(cluster, 3);

        await IntendAsync(60);
        await SettledAsync(60);

        Assert.Equal(0, await VerifyAsync(60));
        // Each partition stays with its one silo.
        await PlacedAsync(cluster, 3);
    }

    [Fact]
    public async Task A_silo_that_joins_gets_its_share_and_one_that_stops_leaves_its_jobs_to_the_others()
    {
        await using var cluster = await DeployAsync();
        await PlacedAsync(cluster, 3);
        await IntendAsync(200);
        await WorkingAsync(20);

        await cluster.StartAdditionalSiloAsync();
        await PlacedAsync(cluster, 4);
        await cluster.StopSiloAsync(cluster.Silos[0]);
        await PlacedAsync(cluster, 3);
        await SettledAsync(200);

        // Nobody was killed, so each submit ended.
        Assert.Equal(0, await VerifyAsync(200));
    }

    [Fact]
    public async Task The_jobs_of_a_silo_that_is_killed_go_on()
    {
        await using var cluster = await DeployAsync();
        await PlacedAsync(cluster, 3);
        await IntendAsync(120);
        await WorkingAsync(20);

        await cluster.KillSiloAsync(cluster.Silos[1]);
        await PlacedAsync(cluster, 2);
        await SettledAsync(120);

        // At most what one silo sends at once.
        Assert.InRange(await VerifyAsync(120), 0, Options.Parallel);
    }

    [Fact]
    public async Task A_partition_that_is_active_twice_is_harmless()
    {
        await using var cluster = await DeployAsync();
        await PlacedAsync(cluster, 3);
        foreach (var partition in Enumerable.Range(0, LedgerPartitions.Count))
            Partitions(cluster).ForEach(partitions => partitions.Add(partition));

        await IntendAsync(100);
        await SettledAsync(100);

        Assert.Equal(0, await VerifyAsync(100));
    }

    [Fact]
    public async Task Where_the_cluster_has_reminders_each_partition_has_one()
    {
        await using var cluster = await DeployAsync(silo => silo.UseInMemoryReminderService());
        var table = cluster.Silos[0].ServiceProvider.GetRequiredService<IReminderTable>();

        await UntilAsync(
            async () => (await table.ReadRows(0, 0)).Reminders.Count == LedgerPartitions.Count, () => "each partition has a reminder");

        Assert.All((await table.ReadRows(0, 0)).Reminders, reminder => Assert.Equal(TimeSpan.FromMinutes(1), reminder.Period));
    }

    [Fact]
    public void A_silo_has_one_ledger()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddZoetropeJobs(_ => Options).UseSqlite(Database);

        var exception = Assert.Throws<InvalidOperationException>(
            () => builder.UseOrleans(silo => silo.UseLocalhostClustering().AddZoetropeJobs(_ => Options)));

        Assert.StartsWith("The host has a ledger already", exception.Message, StringComparison.Ordinal);
    }

    private static List<LedgerPartitions> Partitions(InProcessTestCluster cluster) =>
        [.. cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<LedgerPartitions>())];

    /// <summary>Waits until each partition is worked on by one silo, and each silo works on some.</summary>
    private static Task PlacedAsync(InProcessTestCluster cluster, int silos) => UntilAsync(
        () =>
        {
            var partitions = Partitions(cluster);
            var numbers = Enumerable.Range(0, LedgerPartitions.Count);
            return Task.FromResult(
                partitions.Count == silos && numbers.All(number => partitions.Count(own => own.Contains(number)) == 1)
                && partitions.All(own => numbers.Count(own.Contains) >= 4));
        },
        () => $"the partitions are on {silos} silos, not "
            + string.Join(" ", Partitions(cluster).Select(own => $"[{string.Join(',', Enumerable.Range(0, LedgerPartitions.Count).Where(own.Contains))}]")));

    private Task WorkingAsync(int submits) => UntilAsync(() => Task.FromResult(Simulator.Submits >= submits), () => $"{submits} jobs are submitted");

    private async Task<InProcessTestCluster> DeployAsync(Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseQuickMembership().AddZoetropeJobs(_ => Options).UseSqlite(Database);
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Token);
        return cluster;
    }
}
