namespace Zoetrope.Jobs.Storage;

/// <summary>
/// Where a ledger is kept. Each method is one transaction, which is committed when its task ends. A method whose commit may have been lost finds out whether it
/// took effect before it is repeated, so that no change is made twice.
/// </summary>
public abstract partial class LedgerStore : IAsyncDisposable
{
    /// <summary>Creates or migrates the tables.</summary>
    /// <exception cref="LedgerException">The ledger was written by a newer version, or cannot be opened.</exception>
    public abstract Task OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds jobs. One whose <see cref="LedgerJob.UniqueKey"/> exists is not added; the existing one takes over its ceiling if it was not sent yet, unless the
    /// job is imported.
    /// </summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="kind">The first entry of their history.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The jobs as they are in the ledger, in the same order; existing ones in place of those that were not added.</returns>
    public abstract Task<IReadOnlyList<LedgerJob>> AddAsync(
        IReadOnlyList<LedgerJob> jobs, LedgerEventKind kind = LedgerEventKind.Intended, CancellationToken cancellationToken = default);

    /// <summary>Reads a job by its id; null where there is none.</summary>
    public abstract Task<LedgerJob?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reads the jobs that have the handle of a provider's job; more than one only where a person has recorded it twice.</summary>
    public abstract Task<IReadOnlyList<LedgerJob>> FindByHandleAsync(JobHandle handle, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads jobs in the order of their ids, which is that of their creation, or in the opposite one: at most as many as asked for, and fewer where they are
    /// large; none only where there are no more.
    /// </summary>
    public abstract Task<IReadOnlyList<LedgerJob>> ListAsync(LedgerQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads the history.</summary>
    /// <param name="jobId">The job; null for all.</param>
    /// <param name="after">The sequence after which it is read; 0 for the beginning.</param>
    /// <param name="limit">The maximum number of entries.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<IReadOnlyList<LedgerEvent>> EventsAsync(
        string? jobId, long after = 0, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary>The number of the last entry of the history; 0 where it is empty.</summary>
    public abstract Task<long> LastEventAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts the jobs of a batch, or all, by state.</summary>
    public abstract Task<LedgerSummary> SummarizeAsync(string? batch, CancellationToken cancellationToken = default);

    /// <summary>Applies a change if the job still has the version that it was decided on.</summary>
    /// <returns>The job after it; null where the job has changed since, or does not exist.</returns>
    public abstract Task<LedgerJob?> ChangeAsync(LedgerChange change, CancellationToken cancellationToken = default);

    /// <summary>
    /// Marks a job as sent if it still has the version, its owner's lease is valid, and limits and caps leave room for it. When the task ends with the job,
    /// this is committed, and the job may be sent.
    /// </summary>
    public abstract Task<SendDecision> MarkSentAsync(
        string id, long version, string owner, ProviderLimits? limits, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes that a job in doubt is sent again with its idempotency key, if it still has the version, its owner's lease is valid, and the limit of submits a
    /// minute leaves room for it. It stays in doubt, since the time at which it was sent first.
    /// </summary>
    public abstract Task<SendDecision> MarkSentAgainAsync(
        string id, long version, string owner, ProviderLimits? limits, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores the receipt of a submit, whichever worker has the job now: it is a fact. Where the job was sent again since, both exist, and the history says so.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="attempt">The attempt that was accepted.</param>
    /// <param name="handle">The provider's job.</param>
    /// <param name="owner">The worker that waits for the job from now on if no other has it; null for none.</param>
    /// <param name="due">The time until the first poll.</param>
    /// <param name="isFound">Whether the handle was found in a list, and not received: then it is not stored if another job of the ledger has it.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The job; null where there is none, or another has the handle that was found.</returns>
    public abstract Task<LedgerJob?> AcceptAsync(
        string id, int attempt, JobHandle handle, string? owner, TimeSpan due, bool isFound = false, CancellationToken cancellationToken = default);

    /// <summary>Gives free jobs that are due to a worker.</summary>
    public abstract Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives a job to a worker if no other has it; null where another has it, or there is nothing to do.</summary>
    public abstract Task<ClaimedJob?> ClaimOneAsync(string id, string owner, CancellationToken cancellationToken = default);

    /// <summary>Begins or extends a worker's lease.</summary>
    /// <param name="owner">The worker.</param>
    /// <param name="lease">The time from now on, by the clock of the store, for which it holds.</param>
    /// <param name="isNew">Whether it begins.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>Whether the worker has the lease. If not, its jobs were given to others.</returns>
    public abstract Task<bool> RenewAsync(string owner, TimeSpan lease, bool isNew, CancellationToken cancellationToken = default);

    /// <summary>
    /// Frees the jobs of workers whose lease has ended; those that were being sent are in doubt from now on.
    /// </summary>
    /// <param name="owner">A worker whose lease ends now, because it stops; null for none.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The number of jobs that were freed.</returns>
    public abstract Task<int> ReleaseAsync(string? owner, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether anything happens by itself soon: a worker has a job, one is due within five seconds, or one in doubt is looked at again within thirty.
    /// </summary>
    /// <param name="batch">The only batch; null for all.</param>
    /// <param name="providers">The providers.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<bool> IsActiveAsync(string? batch, IReadOnlyList<string> providers, CancellationToken cancellationToken = default);

    /// <summary>Frees single jobs of a worker that goes on; those that it has no longer, or is sending, stay as they are.</summary>
    public abstract Task GiveBackAsync(string owner, IReadOnlyList<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Makes a job due now, whichever worker has it.</summary>
    public abstract Task WakeAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reads, and forgets, which jobs of a worker were made due by <see cref="WakeAsync"/>.</summary>
    public abstract Task<IReadOnlyList<string>> WokenAsync(string owner, CancellationToken cancellationToken = default);

    /// <summary>Makes the free jobs of a scope wait that are due to be submitted and may cost as much as one that a cap left no room for.</summary>
    /// <param name="scope">The scope whose cap leaves no room.</param>
    /// <param name="ceiling">What the job may cost, in US dollars; null where that is not known.</param>
    /// <param name="reason">What they wait for.</param>
    /// <param name="dueIn">The time until they are considered again.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task PauseAsync(
        SpendScope scope, decimal? ceiling, string reason, TimeSpan dueIn, CancellationToken cancellationToken = default);

    /// <summary>Sets or removes a cap. Jobs that wait for one are due again.</summary>
    /// <param name="scope">What is capped.</param>
    /// <param name="amount">The most that may be spent, in US dollars; null for no cap.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task SetCapAsync(SpendScope scope, decimal? amount, CancellationToken cancellationToken = default);

    /// <summary>Makes the free jobs due again that wait to be submitted for a reason, such as a cap: what they wait for may be mended.</summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task WakePausedAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads what was spent and set aside in a scope, and its cap.</summary>
    public abstract Task<SpendReport> SpendAsync(SpendScope scope, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
