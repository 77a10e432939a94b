using Zoetrope.Clients;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>The steps of jobs. Each reads what it needs, does one thing at the provider, and stores what came of it, fenced by the version.</summary>
internal sealed class JobSteps
{
    private readonly SendStep _send;
    private readonly PollStep _poll;
    private readonly DeliverStep _deliver;
    private readonly DoubtStep _doubt;

    /// <summary>Initializes a new instance of the <see cref="JobSteps"/> class.</summary>
    /// <param name="store">The ledger's store.</param>
    /// <param name="options">The options.</param>
    /// <param name="prices">What models cost whose documents do not say it.</param>
    /// <param name="log">The log.</param>
    public JobSteps(LedgerStore store, LedgerOptions options, ModelPrices prices, WorkerLog log)
    {
        Log = log;
        _send = new(store, options, prices, log);
        _poll = new(store, options, log);
        _deliver = new(store, options, log);
        _doubt = new(store, options, _send, log);
    }

    /// <summary>The log.</summary>
    public WorkerLog Log { get; }

    /// <summary>Takes the next step of a job.</summary>
    /// <param name="job">The job, which the lease's worker has.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="stopping">Canceled when nothing shall be begun any more; a submit that is in flight ends by itself.</param>
    /// <param name="failures">The number of steps in a row that failed for a reason that may pass.</param>
    public Task<StepResult> RunAsync(ClaimedJob job, WorkerLease lease, CancellationToken stopping, int failures = 0) => job.State switch
    {
        LedgerState.Intended => _send.RunAsync(job, lease, stopping),
        LedgerState.Accepted => _poll.RunAsync(job, lease, failures, stopping),
        LedgerState.Ended => _deliver.RunAsync(job, lease, stopping),
        LedgerState.InDoubt => _doubt.RunAsync(job, lease, stopping),
        _ => Task.FromResult(StepResult.Done),
    };

    /// <summary>The step after a change; where the job had changed before, what it is now.</summary>
    /// <param name="store">The store.</param>
    /// <param name="owner">The worker.</param>
    /// <param name="id">The job.</param>
    /// <param name="changed">The job after the change; null where it was not made.</param>
    /// <param name="dueIn">The time until the next step.</param>
    /// <param name="failed">Whether the step has failed for a reason that may pass.</param>
    public static async Task<StepResult> NextAsync(
        LedgerStore store, string? owner, string id, LedgerJob? changed, TimeSpan dueIn = default, bool failed = false)
    {
        // A receipt, a person or another process has changed it: the worker goes on with what is stored if it still has it.
        changed ??= await store.FindAsync(id).ConfigureAwait(false);
        if (changed is { State: LedgerState.Sent } && changed.Owner == owner)
        {
            // No step leaves a job so, unless what came of the submit could not be stored.
            const string Reason = "what came of the submit could not be stored";
            var doubt = new LedgerChange(id, changed.Version, LedgerEventKind.InDoubt, LedgerState.InDoubt) { Reason = Reason };
            changed = await store.ChangeAsync(doubt).ConfigureAwait(false) ?? await store.FindAsync(id).ConfigureAwait(false);
        }
        return changed is { IsFinished: false, Owner: not null } && changed.Owner == owner
            ? new StepResult(new ClaimedJob(changed.Id, changed.Version, changed.State, changed.Provider, changed.Handle), dueIn, failed)
            : StepResult.Done;
    }

    /// <summary>The time until the first poll of a job.</summary>
    public static TimeSpan FirstPoll(MediaClient client, LedgerOptions options) => options.PollInterval ?? client.Protocol.Polling.Initial;
}
