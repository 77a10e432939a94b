namespace Zoetrope.Jobs;

/// <summary>
/// The parts of a ledger that one worker works on, for those who decide themselves which process waits for which jobs. Each job belongs to one of
/// <see cref="Count"/> partitions for good. They can be changed while the worker works; two workers with the same one are harmless, as they are without any.
/// </summary>
public sealed class LedgerPartitions
{
    /// <summary>The number of partitions of every ledger.</summary>
    public const int Count = 64;

    // One bit of each.
    private ulong _bits;

    /// <summary>Initializes a new instance of the <see cref="LedgerPartitions"/> class.</summary>
    /// <param name="partitions">The partitions from the beginning, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such partition.</exception>
    public LedgerPartitions(params IEnumerable<int> partitions)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        foreach (var partition in partitions)
            Add(partition);
    }

    internal ulong Bits => Volatile.Read(ref _bits);

    /// <summary>The partition of a job, by its id: the same in every version, process and store.</summary>
    public static int Of(string jobId)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        // FNV-1a of the UTF-16 code units. It is stored with each job, so it never changes.
        var hash = 2166136261u;
        foreach (var character in jobId)
            hash = (hash ^ character) * 16777619u;
        return (int)((hash ^ (hash >> 16)) % Count);
    }

    /// <summary>Adds a partition, whose free jobs the worker takes from now on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such partition.</exception>
    public void Add(int partition) => Interlocked.Or(ref _bits, BitOf(partition));

    /// <summary>
    /// Removes a partition. Within a second the worker gives back those of its jobs that wait; a step that is under way ends first, and no submit is cut off.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such partition.</exception>
    public void Remove(int partition) => Interlocked.And(ref _bits, ~BitOf(partition));

    /// <summary>Whether it has a partition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such partition.</exception>
    public bool Contains(int partition) => (Bits & BitOf(partition)) != 0;

    internal static ulong BitOf(string jobId) => BitOf(Of(jobId));

    private static ulong BitOf(int partition)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, Count);
        return 1UL << partition;
    }
}
