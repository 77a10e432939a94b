using System.Text.Json;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Jobs.Storage;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Jobs.Workers;

/// <summary>
/// Finds out whether a job in doubt was accepted: by its idempotency key, with which it is sent again where the provider honors one, by its own id, where the
/// provider can be asked for it, or by the provider's list of jobs, in which a job with the same input proves it. That no job is found proves nothing. What
/// none of these settles waits for a webhook or a person.
/// </summary>
/// <param name="store">The ledger's store.</param>
/// <param name="options">The options.</param>
/// <param name="send">The step that submits.</param>
/// <param name="log">The log.</param>
internal sealed class DoubtStep(LedgerStore store, LedgerOptions options, SendStep send, WorkerLog log)
{
    // A provider forgets a key after a time that few document; a day is the shortest that is usual.
    private static readonly TimeSpan KeyIsKnown = TimeSpan.FromHours(12);

    // A list may be behind what was accepted, and a clock beside another.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForAPerson = TimeSpan.FromHours(1);

    public async Task<StepResult> RunAsync(ClaimedJob claimed, WorkerLease lease, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            return new StepResult(claimed);
        if (await store.FindAsync(claimed.Id, CancellationToken.None).ConfigureAwait(false) is not { State: LedgerState.InDoubt, SentAt: { } sent } job
            || job.Version != claimed.Version)
        {
            return await JobSteps.NextAsync(store, lease.Owner, claimed.Id, null).ConfigureAwait(false);
        }
        // Here, because the doubt of a process that was killed is noted by the store.
        log.InDoubt(job);
        var client = options.ClientOf(job.Provider);
        var age = TimeProvider.System.GetUtcNow() - sent;
        if (job.IdempotencyKey is not null && client.Protocol.HasIdempotencyKeys && age < KeyIsKnown && SendStep.ProblemOf(client, job) is null)
            return await SendAgainAsync(client, claimed, job, lease, stopping).ConfigureAwait(false);
        var own = client.Protocol as IOwnIds;
        var known = own is null ? null : await FindAsync(own, job, stopping).ConfigureAwait(false);
        var (handle, canBeListed) = known is null ? await FindAsync(client, job, sent, stopping).ConfigureAwait(false) : (known, false);
        if (handle is not null)
        {
            var due = JobSteps.FirstPoll(client, options);
            // Null where the job of the list is that of another after all: then this one is looked for again. An own id is that of no other.
            var found = await store.AcceptAsync(job.Id, job.Attempts, handle, lease.Owner, due, isFound: known is null, CancellationToken.None)
                .ConfigureAwait(false);
            if (found is { State: LedgerState.Accepted })
                log.Found(found);
            if (found is not null)
                return await JobSteps.NextAsync(store, lease.Owner, job.Id, found, due).ConfigureAwait(false);
        }
        var change = new LedgerChange(job.Id, job.Version, LedgerEventKind.Paused, LedgerState.InDoubt)
        {
            Reason = job.Reason,
            DueIn = (canBeListed || own is not null) && age < options.ListLookup ? options.ListLookup / 20 : ForAPerson,
            Release = true,
        };
        var changed = await store.ChangeAsync(change, CancellationToken.None).ConfigureAwait(false);
        return await JobSteps.NextAsync(store, lease.Owner, job.Id, changed).ConfigureAwait(false);
    }

    private async Task<StepResult> SendAgainAsync(MediaClient client, ClaimedJob claimed, LedgerJob job, WorkerLease lease, CancellationToken stopping)
    {
        var limits = options.Limits.TryGetValue(job.Provider, out var known) ? known : null;
        var decision = await store.MarkSentAgainAsync(job.Id, job.Version, lease.Owner, limits, CancellationToken.None).ConfigureAwait(false);
        if (decision.Job is { } marked)
            return await send.SubmitAsync(client, marked, lease, stopping).ConfigureAwait(false);
        return decision.Reason is null
            ? await JobSteps.NextAsync(store, lease.Owner, job.Id, null).ConfigureAwait(false)
            : new StepResult(claimed, decision.RetryAfter);
    }

    private static async Task<JobHandle?> FindAsync(IOwnIds own, LedgerJob job, CancellationToken ct)
    {
        try
        {
            return await own.FindByOwnIdAsync(job.EndpointId, SendStep.OwnIdOf(job), ct).ConfigureAwait(false);
        }
        catch (ZoetropeException)
        {
            // What is not a response to the question proves nothing; it is asked again.
            return null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<(JobHandle? Handle, bool CanBeListed)> FindAsync(MediaClient client, LedgerJob job, DateTimeOffset sent, CancellationToken ct)
    {
        try
        {
            var recent = new JobListOptions { CreatedAfter = sent - ClocksDiffer, EndpointId = job.EndpointId };
            await foreach (var listed in client.Protocol.ListAsync(recent, ct).ConfigureAwait(false))
            {
                if (listed.CreatedAt is not { } created || created < sent - ClocksDiffer || created > sent + ClocksDiffer + options.ListLookup)
                    continue;
                var handle = listed.HandleOf(job.EndpointId);
                if (InputOf(listed.Status.Raw) is { } input && InputHash.Of(job.Provider, job.EndpointId, input) == job.InputHash
                    && await store.FindByHandleAsync(handle, ct).ConfigureAwait(false) is [])
                {
                    return (handle, true);
                }
            }
            return (null, true);
        }
        catch (NotSupportedException)
        {
            return (null, false);
        }
        catch (Exception exception) when (exception is JsonException or ZoetropeException and not LedgerException)
        {
            // A list that cannot be read proves nothing either; it is read again.
            return (null, true);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return (null, true);
        }
    }

    private static RawJson? InputOf(RawJson listed)
    {
        using var document = JsonDocument.Parse(listed.Utf8Memory, InputHash.Options);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("input", out var input)
            ? RawJson.Parse(input.GetRawText())
            : (RawJson?)null;
    }
}
