namespace Zoetrope.Jobs.Storage;

/// <summary>How far all jobs of a ledger are, and what was spent.</summary>
/// <param name="At">When it was read, by the clock of the store.</param>
/// <param name="Groups">The jobs, counted by batch, model and state.</param>
/// <param name="Spending">
/// What was spent and set aside in each scope, and its cap. Of days only this one, by UTC, and those with a cap of their own; the cap of each day is this
/// one's where it has none of its own.
/// </param>
public sealed record LedgerOverview(DateTimeOffset At, IReadOnlyList<JobGroup> Groups, IReadOnlyList<SpendReport> Spending);
