namespace Zoetrope.Jobs.Storage;

/// <summary>Which free jobs a worker takes.</summary>
/// <param name="Owner">The worker.</param>
/// <param name="State">The state of the jobs.</param>
/// <param name="Limit">The maximum number.</param>
public sealed record ClaimRequest(string Owner, LedgerState State, int Limit)
{
    /// <summary>The providers that the worker has clients of.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary>The only batch; null for all.</summary>
    public string? Batch { get; init; }

    /// <summary>The only partitions; null for all.</summary>
    public LedgerPartitions? Partitions { get; init; }
}

/// <summary>A job that a worker has: what it needs to wait for it.</summary>
/// <param name="Id">The job.</param>
/// <param name="Version">Its version.</param>
/// <param name="State">Its state.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Handle">The provider's job; null until it was accepted.</param>
public readonly record struct ClaimedJob(string Id, long Version, LedgerState State, string Provider, JobHandle? Handle);
