using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>Asks for the status of a job, and stores its end. A poll of a job that goes on writes nothing.</summary>
/// <param name="store">The ledger's store.</param>
/// <param name="options">The options.</param>
internal sealed class PollStep(LedgerStore store, LedgerOptions options)
{
    private static readonly TimeSpan ForTheEnd = TimeSpan.FromMinutes(2);

    public async Task<StepResult> RunAsync(ClaimedJob claimed, WorkerLease lease, CancellationToken stopping)
    {
        var client = options.ClientOf(claimed.Provider);
        var job = client.Resume(claimed.Handle!);
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
                    Result = result.Raw,
                    Billed = result.Metrics.Billed,
                }).ConfigureAwait(false);
        }
        catch (JobFailedException exception)
        {
            return await EndAsync(
                lease, new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Failed, LedgerState.Failed)
                {
                    Reason = exception.Message,
                    Billed = exception.LastStatus?.Metrics.Billed,
                }).ConfigureAwait(false);
        }
        catch (JobCanceledException exception)
        {
            return await EndAsync(
                lease, new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Canceled, LedgerState.Canceled)
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
                    Result = exception.Raw,
                }).ConfigureAwait(false);
        }
        catch (JobWaitCanceledException) when (stopping.IsCancellationRequested)
        {
            return new StepResult(claimed);
        }
        catch (JobException)
        {
            // The job goes on, whatever a poll says: it is polled again, later and later.
            return new StepResult(claimed, JobSteps.FirstPoll(client, options), Failed: true);
        }
    }

    private async Task<StepResult> EndAsync(WorkerLease lease, LedgerChange change) =>
        await JobSteps.NextAsync(store, lease.Owner, change.Id, await store.ChangeAsync(change).ConfigureAwait(false)).ConfigureAwait(false);
}
