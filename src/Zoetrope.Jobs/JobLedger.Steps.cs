using Zoetrope.Jobs.Workers;

namespace Zoetrope.Jobs;

/// <content>Single steps, for engines that decide themselves when a step is taken.</content>
public sealed partial class JobLedger
{
    /// <summary>
    /// Submits a job that is recorded and not sent yet. Calling it again, after a crash or a timeout of the engine that called it, sends nothing a second time:
    /// it returns the job as it is. Where another process is about to send it, what comes of that is waited for.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">A token to cancel the operation before it begins; a submit that is in flight ends by itself.</param>
    /// <returns>The job: accepted, in doubt, failed, or still to be sent where a limit, a cap or a refusal for now left it, with the reason.</returns>
    /// <exception cref="LedgerException">There is no such job, or the ledger cannot be written.</exception>
    public async Task<LedgerJob> SendAsync(string id, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var job = await RequireAsync(id, cancellationToken).ConfigureAwait(false);
            if (job.State != LedgerState.Intended)
                return job;
            if (await TryStepAsync(job, cancellationToken).ConfigureAwait(false))
                return await RequireAsync(id, CancellationToken.None).ConfigureAwait(false);
            // As it is now it would seem to have been refused. One that was killed has it no longer than its lease.
            await Task.Delay(LookAgain, cancellationToken).ConfigureAwait(false);
            await _store.ReleaseAsync(null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes the next step of a job that was sent: asks for its status and stores its end, stores its files, or finds out whether one in doubt was accepted.
    /// Call it until <see cref="LedgerJob.IsFinished"/>, with pauses between. It may be called again at any time.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The job after the step.</returns>
    /// <exception cref="LedgerException">There is no such job, or the ledger cannot be written.</exception>
    public async Task<LedgerJob> AdvanceAsync(string id, CancellationToken cancellationToken = default)
    {
        // Jobs of processes that were killed are freed first, or a step would find them taken.
        await _store.ReleaseAsync(null, cancellationToken).ConfigureAwait(false);
        var job = await RequireAsync(id, cancellationToken).ConfigureAwait(false);
        if (job.IsFinished || job.State == LedgerState.Intended)
            return job;
        await TryStepAsync(job, cancellationToken).ConfigureAwait(false);
        return await RequireAsync(id, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Takes a step of a job; false where another process has it.</summary>
    private async Task<bool> TryStepAsync(LedgerJob job, CancellationToken ct)
    {
        using var lease = new WorkerLease(_options.Lease, _options.ReceiptTimeout);
        await _store.RenewAsync(lease.Owner, _options.Lease, isNew: true, ct).ConfigureAwait(false);
        try
        {
            await using var heartbeat = new Heartbeat(_store, lease, _options.Lease);
            if (await _store.ClaimOneAsync(job.Id, lease.Owner, ct).ConfigureAwait(false) is not { } claimed)
                return false;
            await _steps.RunAsync(claimed, lease, ct).ConfigureAwait(false);
            return true;
        }
        finally
        {
            await _store.ReleaseAsync(lease.Owner, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<LedgerJob> RequireAsync(string id, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return await _store.FindAsync(id, ct).ConfigureAwait(false) ?? throw new LedgerException($"The ledger has no job '{id}'.");
    }
}
