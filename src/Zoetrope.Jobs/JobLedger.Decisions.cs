using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Zoetrope.Jobs.Storage;
using Zoetrope.Webhooks;

namespace Zoetrope.Jobs;

/// <content>What persons and webhooks decide.</content>
public sealed partial class JobLedger
{
    /// <summary>Ends a doubt: the provider accepted the job. It is waited for from now on.</summary>
    /// <param name="id">The job.</param>
    /// <param name="handle">The provider's job, as its list of requests names it.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ArgumentException">The handle is of another provider or model, or is that of another job of the ledger.</exception>
    /// <exception cref="LedgerException">The job is not in doubt.</exception>
    public async Task<LedgerJob> ResolveAcceptedAsync(string id, JobHandle handle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var job = await RequireDoubtAsync(id, cancellationToken).ConfigureAwait(false);
        if (handle.Provider != job.Provider || handle.EndpointId != job.EndpointId)
            throw new ArgumentException($"The handle {handle} is not of {job.Provider}:{job.EndpointId}, the model of the job {id}.", nameof(handle));
        if (await _store.AcceptAsync(id, job.Attempts, handle, null, TimeSpan.Zero, isFound: true, cancellationToken).ConfigureAwait(false) is { } accepted)
            return accepted;
        var others = await _store.FindByHandleAsync(handle, cancellationToken).ConfigureAwait(false);
        throw others is [var other, ..] ? new ArgumentException($"The handle {handle} is that of the job {other.Id}.", nameof(handle)) : Changed(id);
    }

    /// <summary>Ends a doubt: the provider did not accept the job. It is sent again from now on; if it was accepted after all, it is paid for twice.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LedgerException">The job is not in doubt.</exception>
    public async Task<LedgerJob> ResolveNotAcceptedAsync(string id, CancellationToken cancellationToken = default)
    {
        var job = await RequireDoubtAsync(id, cancellationToken).ConfigureAwait(false);
        var change = new LedgerChange(id, job.Version, LedgerEventKind.NotAccepted, LedgerState.Intended) { Text = "as a person found", Release = true };
        return await ChangeAsync(change, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Cancels a job: one that was not sent is never sent; of one that was accepted the provider is asked to cancel it, and the ledger stores what it reports.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The job, and what the provider made of the request; null where it was not asked.</returns>
    /// <exception cref="LedgerException">The job is being sent, or in doubt: whether it exists is to be found out first.</exception>
    /// <exception cref="CancelFailedException">The provider responded with an error, or not at all.</exception>
    public async Task<(LedgerJob Job, CancelOutcome? Outcome)> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        var job = await RequireAsync(id, cancellationToken).ConfigureAwait(false);
        switch (job.State)
        {
            case LedgerState.Intended:
                var change = new LedgerChange(id, job.Version, LedgerEventKind.Canceled, LedgerState.Canceled) { Reason = "canceled before it was sent" };
                return (await ChangeAsync(change, cancellationToken).ConfigureAwait(false), null);
            case LedgerState.Accepted:
                var outcome = await _options.ClientOf(job.Provider).Resume(job.Handle!).CancelAsync(cancellationToken).ConfigureAwait(false);
                await _store.WakeAsync(id, cancellationToken).ConfigureAwait(false);
                return (await RequireAsync(id, cancellationToken).ConfigureAwait(false), outcome);
            case LedgerState.Sent or LedgerState.InDoubt:
                throw new LedgerException($"Whether {job.Provider} accepted the job {id} is not known yet, so it cannot be canceled: resolve the doubt first.");
            default:
                return (job, null);
        }
    }

    /// <summary>
    /// Takes a job back that was surely not accepted: it is canceled, and never sent. Another provider may then do it, and it is paid for once.
    /// Unlike <see cref="CancelAsync"/>, it leaves a job that was sent as it is.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>
    /// The job, also where it was taken back before, so that what follows can be repeated after a crash; null where it was accepted, is being sent or in doubt,
    /// or has ended.
    /// </returns>
    /// <exception cref="LedgerException">There is no such job, or the ledger cannot be written.</exception>
    public async Task<LedgerJob?> WithdrawAsync(string id, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var job = await RequireAsync(id, cancellationToken).ConfigureAwait(false);
            if (job is { State: LedgerState.Canceled, Handle: null })
                return job;
            if (job.State != LedgerState.Intended)
                return null;
            var change = new LedgerChange(id, job.Version, LedgerEventKind.Canceled, LedgerState.Canceled) { Reason = "taken back before it was sent" };
            // Where a worker has changed it meanwhile, it may be sent.
            if (await _store.ChangeAsync(change, cancellationToken).ConfigureAwait(false) is { } withdrawn)
                return withdrawn;
        }
    }

    /// <summary>Puts a job that failed or was canceled back, to be submitted again. What it has cost stays counted.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LedgerException">The job has not failed.</exception>
    public async Task<LedgerJob> RetryAsync(string id, CancellationToken cancellationToken = default)
    {
        var job = await RequireAsync(id, cancellationToken).ConfigureAwait(false);
        if (job.State is not (LedgerState.Failed or LedgerState.Canceled))
            throw new LedgerException($"The job {id} has the state {job.State}: only one that failed or was canceled can be submitted again.");
        return await ChangeAsync(
            new LedgerChange(id, job.Version, LedgerEventKind.Retried, LedgerState.Intended) { Text = job.Handle?.ToString(), Reset = true, Release = true },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes note of a webhook. It ends the doubt whether the job was accepted, and makes its next poll due now; the poll is what decides how it ended. One
    /// that comes twice, late or for a job that has ended changes nothing.
    /// </summary>
    /// <param name="token">The value of <see cref="TokenParameter"/> in the query of the webhook's URL.</param>
    /// <param name="delivery">The webhook, which the provider's receiver has verified.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The job; null where the ledger has none with the token.</returns>
    public async Task<LedgerJob?> ReceiveAsync(string token, WebhookDelivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return string.IsNullOrEmpty(token) ? null : await NoteAsync(token, delivery.Provider, delivery.JobId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends a job that nothing more is expected of: one that the provider no longer knows becomes failed, and one whose files cannot be stored is delivered as
    /// it is. What it may have cost stays counted.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LedgerException">The job is in a state that ends by itself, or in doubt.</exception>
    public async Task<LedgerJob> AbandonAsync(string id, CancellationToken cancellationToken = default)
    {
        var job = await RequireAsync(id, cancellationToken).ConfigureAwait(false);
        var (kind, state) = job.State switch
        {
            LedgerState.Accepted => (LedgerEventKind.Failed, LedgerState.Failed),
            LedgerState.Ended => (LedgerEventKind.Delivered, LedgerState.Delivered),
            _ => throw new LedgerException($"The job {id} has the state {job.State}: only one that was accepted or has ended can be abandoned."),
        };
        var change = new LedgerChange(id, job.Version, kind, state) { Reason = $"abandoned: {job.Reason ?? "as a person decided"}" };
        var abandoned = await ChangeAsync(change, cancellationToken).ConfigureAwait(false);
        if (_options.Outputs is { } outputs)
            await outputs.AbandonAsync(abandoned, cancellationToken).ConfigureAwait(false);
        return abandoned;
    }

    private async Task<LedgerJob?> NoteAsync(string token, string provider, string jobId, CancellationToken ct)
    {
        if (token.Split('-') is not [var id, var number, var secret] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            || await _store.FindAsync(id, ct).ConfigureAwait(false) is not { } job || job.Provider != provider
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(job.Token)))
        {
            return null;
        }
        // It proves that the attempt was accepted, whatever the ledger or a person holds.
        var handle = new JobHandle(provider, job.EndpointId, jobId) { IdempotencyKey = job.IdempotencyKey };
        job = await _store.AcceptAsync(job.Id, attempt, handle, null, TimeSpan.Zero, cancellationToken: ct).ConfigureAwait(false);
        if (job is { State: LedgerState.Accepted })
            await _store.WakeAsync(job.Id, ct).ConfigureAwait(false);
        return job;
    }

    private async Task<LedgerJob> RequireDoubtAsync(string id, CancellationToken ct)
    {
        var job = await RequireAsync(id, ct).ConfigureAwait(false);
        return job.State == LedgerState.InDoubt
            ? job
            : throw new LedgerException($"The job {id} has the state {job.State}: there is no doubt to resolve.");
    }

    private async Task<LedgerJob> ChangeAsync(LedgerChange change, CancellationToken ct) =>
        await _store.ChangeAsync(change, ct).ConfigureAwait(false) ?? throw Changed(change.Id);

    private static LedgerException Changed(string id) => new($"The job {id} has changed meanwhile, so this was not done: read it again.");
}
