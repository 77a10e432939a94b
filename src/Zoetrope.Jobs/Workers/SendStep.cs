using System.Globalization;
using System.Net;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Jobs.Storage;
using Zoetrope.Uploads;

namespace Zoetrope.Jobs.Workers;

/// <summary>
/// Submits a job. That it is sent is committed before the first byte leaves; its outcome is stored whichever worker has the job by then.
/// </summary>
/// <param name="store">The ledger's store.</param>
/// <param name="options">The options.</param>
/// <param name="prices">What models cost whose documents do not say it.</param>
/// <param name="log">The log.</param>
internal sealed class SendStep(LedgerStore store, LedgerOptions options, ModelPrices prices, WorkerLog log)
{
    private static readonly TimeSpan AtCap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OfAccount = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OfFiles = TimeSpan.FromHours(1);
    private static readonly TimeSpan DoubtAgain = TimeSpan.FromSeconds(2);

    public async Task<StepResult> RunAsync(ClaimedJob claimed, WorkerLease lease, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            return new StepResult(claimed);
        var client = options.ClientOf(claimed.Provider);
        var decision = await store.MarkSentAsync(
            claimed.Id, claimed.Version, lease.Owner, options.Limits.TryGetValue(claimed.Provider, out var limits) ? limits : null, CancellationToken.None)
            .ConfigureAwait(false);
        if (decision.Job is { } job)
            return await SubmitAsync(client, job, lease, stopping).ConfigureAwait(false);
        if (decision.IsCostUnknown)
            return await PriceAsync(client, claimed, lease, decision, stopping).ConfigureAwait(false);
        if (decision.Scope is { } scope)
            return await PauseAsync(claimed, lease, decision.Reason!, AtCap, scope).ConfigureAwait(false);
        if (decision.IsStale)
        {
            log.FilesGone(claimed.Id);
            return await PauseAsync(claimed, lease, decision.Reason!, OfFiles).ConfigureAwait(false);
        }
        return decision.Reason is null
            ? await JobSteps.NextAsync(store, lease.Owner, claimed.Id, null).ConfigureAwait(false)
            : new StepResult(claimed, decision.RetryAfter);
    }

    /// <summary>Sends a job that is marked as sent, or, with its idempotency key, one that is in doubt.</summary>
    public async Task<StepResult> SubmitAsync(MediaClient client, LedgerJob job, WorkerLease lease, CancellationToken stopping)
    {
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stopping, lease.Lost);
        // The process may have been frozen since: then others hold that the job is in doubt, and it must not be sent after all.
        if (!lease.IsSafe || halt.IsCancellationRequested)
            return await NotSentAsync(job, lease, "the worker stopped, or its lease had nearly ended, before it was sent", default).ConfigureAwait(false);
        if (ProblemOf(client, job) is { } problem)
        {
            log.FilesGone(job.Id);
            return await NotSentAsync(job, lease, problem, OfFiles, release: true).ConfigureAwait(false);
        }
        var submit = new SubmitOptions
        {
            IdempotencyKey = job.IdempotencyKey,
            OwnId = OwnIdOf(job),
            Stopping = halt.Token,
            WebhookUrl = WebhookOf(job),
            WebhookSecret = options.WebhookOf(job.Provider)?.Secret,
            OnRetry = _ =>
            {
                if (!lease.IsSafe)
                    throw new OperationCanceledException("The worker's lease has nearly ended.");
            },
        };
        Job<Json.RawJson> submitted;
        try
        {
            submitted = await client.SubmitAsync(job.EndpointId, job.Input, submit, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SubmitException exception) when (exception.Handle is { } handle)
        {
            return await AcceptAsync(client, job, handle, lease).ConfigureAwait(false);
        }
        catch (SubmitException exception) when (!exception.WasNotAccepted)
        {
            return await DoubtAsync(job, lease, exception.Message).ConfigureAwait(false);
        }
        catch (SubmitException exception)
        {
            return await RefusedAsync(job, lease, exception).ConfigureAwait(false);
        }
        catch (SubmitCanceledException exception)
        {
            return exception.Handle is { } handle
                ? await AcceptAsync(client, job, handle, lease).ConfigureAwait(false)
                : await DoubtAsync(job, lease, exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return await NotSentAsync(job, lease, "the worker stopped before it was sent", default).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ArgumentException or ZoetropeException)
        {
            // What is not about the submit itself was found before it: nothing was sent, and it would be found again.
            return await FailAsync(job, lease, exception.Message).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nothing is known of when it was thrown.
            return await DoubtAsync(job, lease, exception.Message).ConfigureAwait(false);
        }
        return await AcceptAsync(client, job, submitted.Handle, lease).ConfigureAwait(false);
    }

    /// <summary>The id by which a provider that takes one finds the job of the last attempt: a job that is put back is another one.</summary>
    public static string OwnIdOf(LedgerJob job) => string.Create(CultureInfo.InvariantCulture, $"{job.Id}-{job.Attempts}");

    /// <summary>Why the files of a job's input are not there for a client; null where nothing is known against them.</summary>
    public static string? ProblemOf(MediaClient client, LedgerJob job) =>
        UploadedFiles.ProblemOf(job, (client.Protocol as IFileUploads)?.Account) ?? UploadedFiles.ProblemOf(job, TimeProvider.System.GetUtcNow());

    private async Task<StepResult> AcceptAsync(MediaClient client, LedgerJob job, JobHandle handle, WorkerLease lease)
    {
        var due = JobSteps.FirstPoll(client, options);
        var accepted = await StoreAsync(
            () => store.AcceptAsync(job.Id, job.Attempts, handle, lease.Owner, due, cancellationToken: CancellationToken.None),
            lease,
            $"was accepted: {handle}").ConfigureAwait(false);
        return await JobSteps.NextAsync(store, lease.Owner, job.Id, accepted, due).ConfigureAwait(false);
    }

    private async Task<StepResult> DoubtAsync(LedgerJob job, WorkerLease lease, string reason)
    {
        // A doubt that a second submit with the same key has not ended is looked at again later.
        var isOld = job.State == LedgerState.InDoubt;
        var dueIn = isOld ? DoubtAgain : default;
        var change = new LedgerChange(job.Id, job.Version, isOld ? LedgerEventKind.Paused : LedgerEventKind.InDoubt, LedgerState.InDoubt)
        {
            Reason = reason,
            DueIn = dueIn,
        };
        var changed = await StoreAsync(() => store.ChangeAsync(change), lease, $"is in doubt: {reason}").ConfigureAwait(false);
        return await JobSteps.NextAsync(store, lease.Owner, job.Id, changed, dueIn, failed: isOld).ConfigureAwait(false);
    }

    private async Task<StepResult> FailAsync(LedgerJob job, WorkerLease lease, string reason)
    {
        if (job.State == LedgerState.InDoubt)
            return await DoubtAsync(job, lease, reason).ConfigureAwait(false);
        var change = new LedgerChange(job.Id, job.Version, LedgerEventKind.Failed, LedgerState.Failed) { Reason = reason };
        var changed = await StoreAsync(() => NotAcceptedAsync(change, job), lease, $"was not accepted: {reason}").ConfigureAwait(false);
        return await JobSteps.NextAsync(store, lease.Owner, job.Id, changed).ConfigureAwait(false);
    }

    private async Task<StepResult> NotSentAsync(LedgerJob job, WorkerLease lease, string reason, TimeSpan dueIn, bool release = false)
    {
        // That a second submit was not accepted says nothing of the first.
        if (job.State == LedgerState.InDoubt)
            return await DoubtAsync(job, lease, reason).ConfigureAwait(false);
        var change = new LedgerChange(job.Id, job.Version, LedgerEventKind.NotAccepted, LedgerState.Intended)
        {
            Reason = reason,
            DueIn = dueIn,
            Release = release,
        };
        var changed = await StoreAsync(() => NotAcceptedAsync(change, job), lease, $"was not accepted: {reason}").ConfigureAwait(false);
        return await JobSteps.NextAsync(store, lease.Owner, job.Id, changed, dueIn, failed: !release).ConfigureAwait(false);
    }

    // That nothing was accepted is as much a fact as a receipt: it also ends the doubt that others have noted meanwhile.
    private async Task<LedgerJob?> NotAcceptedAsync(LedgerChange change, LedgerJob job)
    {
        while (true)
        {
            if (await store.ChangeAsync(change).ConfigureAwait(false) is { } changed)
                return changed;
            if (await store.FindAsync(job.Id).ConfigureAwait(false) is not { State: LedgerState.InDoubt } now || now.Attempts != job.Attempts)
                return null;
            change = change with { Version = now.Version };
        }
    }

    private async Task<StepResult> RefusedAsync(LedgerJob job, WorkerLease lease, SubmitException refusal)
    {
        switch (refusal.Service?.StatusCode)
        {
            // The next job would be refused for the same reason; the jobs wait until a person has mended it.
            case HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden:
                log.Refused(job, refusal.Service.StatusCode);
                var step = await NotSentAsync(job, lease, refusal.Message, OfAccount, release: true).ConfigureAwait(false);
                foreach (var least in (decimal?[])[0, null])
                    await store.PauseAsync(SpendScope.Provider(job.Provider), least, refusal.Message, OfAccount).ConfigureAwait(false);
                return step;
            case null or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError:
                return await NotSentAsync(job, lease, refusal.Message, refusal.Service?.RetryAfter ?? TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            default:
                return await FailAsync(job, lease, refusal.Message).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stores what came of a submit, which nobody else knows: as long as the store cannot take it, this process tries again. Only when it is stopped and the
    /// store does not come back does the caller get it in an exception.
    /// </summary>
    private static async Task<LedgerJob?> StoreAsync(Func<Task<LedgerJob?>> store, WorkerLease lease, string what)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause < TimeSpan.FromSeconds(5) ? pause * 2 : pause)
        {
            try
            {
                return await store().ConfigureAwait(false);
            }
            catch (LedgerException) when (!lease.IsAbandoned)
            {
                await Task.Delay(pause).ConfigureAwait(false);
            }
            catch (LedgerException exception)
            {
                throw new LedgerException($"The job {what}. This could not be stored: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Sets the ceiling of a job under a cap by the price that the provider publishes, or lets it wait where that does not say it.</summary>
    private async Task<StepResult> PriceAsync(
        MediaClient client, ClaimedJob claimed, WorkerLease lease, SendDecision decision, CancellationToken stopping)
    {
        if (await store.FindAsync(claimed.Id, CancellationToken.None).ConfigureAwait(false) is not { } job || job.Version != claimed.Version)
            return await JobSteps.NextAsync(store, lease.Owner, claimed.Id, null).ConfigureAwait(false);
        var (most, reason) = await prices.MostAsync(client, job, stopping).ConfigureAwait(false);
        if (most is null)
            return await PauseAsync(claimed, lease, $"{decision.Reason} ({reason})", AtCap, decision.Scope, isCostUnknown: true).ConfigureAwait(false);
        var change = new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Priced, LedgerState.Intended) { Ceiling = most, Text = reason };
        var priced = await store.ChangeAsync(change, CancellationToken.None).ConfigureAwait(false);
        return await JobSteps.NextAsync(store, lease.Owner, claimed.Id, priced).ConfigureAwait(false);
    }

    private async Task<StepResult> PauseAsync(
        ClaimedJob claimed, WorkerLease lease, string reason, TimeSpan dueIn, SpendScope? scope = null, bool isCostUnknown = false)
    {
        if (scope is { } full)
            log.AtCap(claimed.Id, full, isCostUnknown, reason);
        var change = new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Paused, LedgerState.Intended)
        {
            Reason = reason,
            DueIn = dueIn,
            Release = true,
        };
        var paused = await store.ChangeAsync(change).ConfigureAwait(false);
        // Of others whose cost is not known either, the price may be published.
        if (paused is not null && scope is { } capped && !(isCostUnknown && prices.MayKnow))
            await store.PauseAsync(capped, paused.Ceiling, reason, AtCap).ConfigureAwait(false);
        return await JobSteps.NextAsync(store, lease.Owner, claimed.Id, paused).ConfigureAwait(false);
    }

    private Uri? WebhookOf(LedgerJob job)
    {
        if (options.WebhookOf(job.Provider) is not { Url: var url })
            return null;
        var text = url.AbsoluteUri;
        return new Uri($"{text}{(url.Query.Length > 0 ? '&' : '?')}{JobLedger.TokenParameter}={job.Id}-{job.Attempts}-{job.Token}");
    }
}
