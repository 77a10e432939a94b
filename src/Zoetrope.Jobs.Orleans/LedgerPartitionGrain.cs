using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Zoetrope.Jobs.Orleans;

/// <summary>A partition of a ledger, by its number.</summary>
internal interface ILedgerPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>Makes sure that some silo works on the partition, and that it is the one that should.</summary>
    [ResponseTimeout("00:00:10")]
    Task PingAsync();
}

/// <summary>While it is active, the worker of its silo works on its partition. It has no state: the ledger has.</summary>
/// <param name="partitions">The partitions of the silo.</param>
/// <param name="silos">The silos of the cluster.</param>
/// <param name="manifests">What each of them has.</param>
/// <param name="services">The services of the silo.</param>
[PartitionPlacement]
internal sealed class LedgerPartitionGrain(
    LedgerPartitions partitions, ISiloStatusOracle silos, IClusterManifestProvider manifests, IServiceProvider services)
    : Grain, ILedgerPartitionGrain, IRemindable
{
    private static readonly TimeSpan Backstop = TimeSpan.FromMinutes(1);

    private bool _hasReminder;

    private int Partition => (int)this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        partitions.Add(Partition);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        partitions.Remove(Partition);
        return Task.CompletedTask;
    }

    public async Task PingAsync()
    {
        // An earlier activation on this silo may have ended after this one began.
        partitions.Add(Partition);
        // Another silo may have joined. Where this one would be chosen again there is no reason to move: a grain that moves to its own silo ends there first.
        if (PartitionPlacementDirector.Chosen(Able(), Partition) is { } chosen && !chosen.Equals(silos.SiloAddress))
            MigrateOnIdle();
        // A cluster need not have reminders: the pings of its silos do the same, and sooner.
        if (!_hasReminder && services.GetService<IReminderTable>() is not null)
        {
            var least = services.GetRequiredService<IOptions<ReminderOptions>>().Value.MinimumReminderPeriod;
            var period = least > Backstop ? least : Backstop;
            await this.RegisterOrUpdateReminder("work", period, period);
            _hasReminder = true;
        }
    }

    // The silos that have this grain: others of the cluster may not have a ledger.
    private IEnumerable<SiloAddress> Able() => manifests.Current.Silos
        .Where(silo => silo.Value.Grains.ContainsKey(this.GetGrainId().Type) && silos.GetApproximateSiloStatus(silo.Key) == SiloStatus.Active)
        .Select(silo => silo.Key);

    // That it is active is enough.
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
