namespace Zoetrope.Jobs;

/// <summary>How many jobs of a batch, or of a ledger, are in each state.</summary>
/// <param name="Counts">The numbers, by state; a state that no job has may be missing.</param>
/// <param name="Paused">The number of jobs that are to be submitted and wait for something other than their turn.</param>
/// <param name="Spent">What ended jobs have cost, in US dollars; see <see cref="LedgerJob.Spent"/>.</param>
/// <param name="Reserved">What jobs that go on may cost at most, in US dollars.</param>
public sealed record LedgerSummary(IReadOnlyDictionary<LedgerState, long> Counts, long Paused, decimal Spent, decimal Reserved)
{
    /// <summary>The number of jobs in a state.</summary>
    public long this[LedgerState state] => Counts.GetValueOrDefault(state);

    /// <summary>The number of jobs.</summary>
    public long Total => Counts.Values.Sum();

    /// <summary>The number of jobs that nothing more happens to by itself.</summary>
    public long Finished => this[LedgerState.Delivered] + this[LedgerState.Failed] + this[LedgerState.Canceled];

    /// <summary>The number of jobs that wait for their turn to be submitted.</summary>
    public long Queued => this[LedgerState.Intended] - Paused;

    /// <summary>The number of jobs that are being sent, go on at the provider, or are being stored.</summary>
    public long Running => this[LedgerState.Sent] + this[LedgerState.Accepted] + this[LedgerState.Ended];

    /// <summary>The number of jobs that will finish by themselves.</summary>
    public long Remaining => Queued + Running;
}
