namespace Zoetrope.Jobs.Storage;

/// <content>What those read that only look at a ledger.</content>
public abstract partial class LedgerStore
{
    /// <summary>
    /// Counts all jobs by batch, model and state, and reads what was spent. It reads every row: ask for it only where there is something new.
    /// </summary>
    public abstract Task<LedgerOverview> OverviewAsync(CancellationToken cancellationToken = default);
}
