namespace Zoetrope.Jobs.Storage;

/// <content>What those read that only look at a ledger.</content>
public abstract partial class LedgerStore
{
    /// <summary>
    /// Counts all jobs by batch, model and state, and reads what was spent. It reads every row: ask for it only where there is something new.
    /// </summary>
    public abstract Task<LedgerOverview> OverviewAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts the jobs that are not finished by batch, model and state, with the reason of one of each.</summary>
    /// <param name="batch">The batch; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<IReadOnlyList<JobGroup>> UnfinishedAsync(string? batch, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a job without its input, which is then a JSON <c>null</c>, and without its result, which may both be long; null where there is none.
    /// </summary>
    public abstract Task<LedgerJob?> FindWithoutContentAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reads the end of the history of a job, in its order.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="limit">The maximum number of entries.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<IReadOnlyList<LedgerEvent>> LastEventsAsync(string jobId, int limit, CancellationToken cancellationToken = default);
}
