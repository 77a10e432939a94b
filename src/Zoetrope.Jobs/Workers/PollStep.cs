using System.Net;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Jobs.Storage;
using Zoetrope.Json;

namespace Zoetrope.Jobs.Workers;

/// <summary>Asks for the status of a job, and stores its end. A poll of a job that goes on writes nothing.</summary>
/// <param name="store">The ledger's store.</param>
/// <param name="options">The options.</param>
/// <param name="log">The log.</param>
internal sealed class PollStep(LedgerStore store, LedgerOptions options, WorkerLog log)
{
    private const int ShownAfter = 5;

    private static readonly TimeSpan ForTheEnd = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ForAPerson = TimeSpan.FromMinutes(5);

    public async Task<StepResult> RunAsync(ClaimedJob claimed, WorkerLease lease, int failures, CancellationToken stopping)
    {
        var client = options.ClientOf(claimed.Provider);
        // A copy, because a protocol keeps what it derives from a handle, and tens of thousands of them wait.
        var job = client.Resume(claimed.Handle! with { });
        try
        {
            var status = await job.GetStatusAsync(cancellationToken: stopping).ConfigureAwait(false);
            if (!status.IsTerminal)
                return new StepResult(claimed, JobSteps.FirstPoll(client, options));
            // It fetches the result, and confirms an end other than completion.
            var result = await job.WaitAsync(new WaitOptions { Timeout = ForTheEnd }, stopping).ConfigureAwait(false);
            return await EndAsync(
                lease, new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Ended, LedgerState.Ended)
                {
                    Result = Storable(result.Raw),
                    Billed = result.Metrics.Billed,
                }).ConfigureAwait(false);
        }
        catch (JobException exception) when (exception is JobFailedException or JobCanceledException)
        {
            var (kind, state) = exception is JobFailedException
                ? (LedgerEventKind.Failed, LedgerState.Failed)
                : (LedgerEventKind.Canceled, LedgerState.Canceled);
            return await EndAsync(
                lease, new LedgerChange(claimed.Id, claimed.Version, kind, state)
                {
                    Reason = exception.Message,
                    Billed = exception.LastStatus?.Metrics.Billed,
                }).ConfigureAwait(false);
        }
        catch (JobResultException exception)
        {
            // Paid for, and not JSON in a form that can be stored: what was received is kept with the reason.
            return await EndAsync(
                lease, new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Failed, LedgerState.Failed)
                {
                    Reason = exception.Message,
                    Result = Storable(exception.Raw),
                }).ConfigureAwait(false);
        }
        catch (JobWaitCanceledException) when (stopping.IsCancellationRequested)
        {
            return new StepResult(claimed);
        }
        catch (JobException exception)
        {
            // The job goes on, whatever a poll says: it is polled again, later and later.
            return failures < ShownAfter
                ? new StepResult(claimed, JobSteps.FirstPoll(client, options), Failed: true)
                : await ShowAsync(claimed, lease, failures, exception, JobSteps.FirstPoll(client, options)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stores why a job cannot be polled. One that the provider does not know, or does not show with this key, is given back for a while: a person must look.
    /// </summary>
    private async Task<StepResult> ShowAsync(ClaimedJob claimed, WorkerLease lease, int failures, JobException exception, TimeSpan dueIn)
    {
        var isUnknown = exception.InnerException is ServiceException
        {
            StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
        };
        if (!isUnknown && failures > ShownAfter)
            return new StepResult(claimed, dueIn, Failed: true);
        log.PollsFail(claimed);
        var change = new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Paused, LedgerState.Accepted)
        {
            Reason = exception.Message,
            DueIn = isUnknown ? ForAPerson : dueIn,
            Release = isUnknown,
        };
        var changed = await store.ChangeAsync(change).ConfigureAwait(false);
        return await JobSteps.NextAsync(store, lease.Owner, claimed.Id, changed, dueIn, failed: true).ConfigureAwait(false);
    }

    // JSON that is nested deeper than it can be read again is kept as a text.
    private static RawJson Storable(RawJson result)
    {
        try
        {
            return RawJson.Parse(result.Utf8);
        }
        catch (JsonException)
        {
            return result.ToString();
        }
    }

    private async Task<StepResult> EndAsync(WorkerLease lease, LedgerChange change) =>
        await JobSteps.NextAsync(store, lease.Owner, change.Id, await store.ChangeAsync(change).ConfigureAwait(false)).ConfigureAwait(false);
}
