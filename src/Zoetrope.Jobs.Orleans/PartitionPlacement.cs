using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Zoetrope.Jobs.Orleans;

/// <summary>
/// Each partition has one silo of those that there are, on which all agree without asking one another: when a silo joins or leaves, only the partitions that it
/// takes or leaves move, and each silo has about as many.
/// </summary>
[GenerateSerializer]
[Immutable]
internal sealed class PartitionPlacement : PlacementStrategy;

/// <summary>Places a grain by <see cref="PartitionPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PartitionPlacementAttribute() : PlacementAttribute(new PartitionPlacement());

/// <summary>Chooses the silo that has the highest hash together with the grain.</summary>
internal sealed class PartitionPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        return Task.FromResult(Chosen(context.GetCompatibleSilos(target), target.GrainIdentity.GetIntegerKey()));
    }

    /// <summary>The silo of a partition.</summary>
    public static SiloAddress Chosen(IEnumerable<SiloAddress> silos, long partition) => silos.MaxBy(silo => Mixed(silo, partition))!;

    private static ulong Mixed(SiloAddress silo, long partition)
    {
        // The last steps of SplitMix64, so that neighboring partitions go to different silos.
        var hash = ((ulong)(uint)silo.GetConsistentHashCode() << 32) | (uint)partition;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
