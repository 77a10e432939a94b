using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Jobs.Storage;

/// <summary>A change of a job, which is applied only to the version that it was decided on.</summary>
/// <param name="Id">The job.</param>
/// <param name="Version">The version that it must have.</param>
/// <param name="Kind">The entry in the history.</param>
/// <param name="State">The state after it.</param>
public sealed record LedgerChange(string Id, long Version, LedgerEventKind Kind, LedgerState State)
{
    /// <summary>The time until the next step is due.</summary>
    public TimeSpan DueIn { get; init; }

    /// <summary>Why the job is in the state; it replaces the earlier reason. Null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>The text of the entry in the history; <see cref="Reason"/> by default.</summary>
    public string? Text { get; init; }

    /// <summary>The result; null leaves what is there.</summary>
    public RawJson? Result { get; init; }

    /// <summary>Where the files are stored; null leaves what is there.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>Since when storing the files has failed each time; null where it has not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>What the provider reports as the cost; null leaves what is there.</summary>
    public CostAmount? Billed { get; init; }

    /// <summary>The ceiling of a job that has none, in US dollars; null leaves what is there, and one that is there stays.</summary>
    public decimal? Ceiling { get; init; }

    /// <summary>Whether the worker that has the job gives it back. A job that is finished has no worker in any case.</summary>
    public bool Release { get; init; }

    /// <summary>Whether the job begins anew: what the earlier attempt left is removed, and its cost kept in <see cref="LedgerJob.EarlierCost"/>.</summary>
    public bool Reset { get; init; }
}
