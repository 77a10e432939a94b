using Zoetrope.Cli.Ledgers;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Cli.Batches;

/// <summary>Runs a batch until nothing is left that happens by itself, or a signal asks to stop.</summary>
/// <param name="session">The run of the command.</param>
/// <param name="ledger">The ledger, which works on this batch only.</param>
/// <param name="batch">The batch.</param>
internal sealed class BatchRun(Session session, JobLedger ledger, string batch)
{
    /// <summary>Records the jobs of a plan; those that the batch has stay what they are.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="maxCost">The most that the batch may cost in US dollars; null leaves the cap that it has.</param>
    /// <param name="again">Whether jobs that the batch has are made once more.</param>
    public async Task RecordAsync(BatchPlan plan, decimal? maxCost, bool again)
    {
        // Before the jobs: another process that works on the batch sends what it finds.
        if (maxCost is not null)
            await ledger.SetCapAsync(SpendScope.Batch(batch), maxCost);
        var intents = plan.Jobs.Select(job => job.Intent).ToList();
        var jobs = await ledger.IntendAsync(intents);
        var repeated = intents.Where((_, i) => !jobs[i].IsNew).ToList();
        if (repeated.Count == 0)
            return;
        if (again)
        {
            await ledger.IntendAsync([.. repeated.Select(intent => intent with { Again = true })]);
            session.Reporter.WriteLine($"{repeated.Count} inputs that '{batch}' has already are run once more, as --again asks. Leave it out to resume them.");
            return;
        }
        session.Reporter.WriteLine(
            $"{repeated.Count} of {intents.Count} inputs are jobs of '{batch}' already, and are not sent or paid for again (--again would).");
    }

    /// <summary>Runs the jobs.</summary>
    public async Task<LedgerSummary> RunAsync()
    {
        var follower = new LedgerFollower(ledger, batch, session.Reporter);
        await follower.SkipAsync(CancellationToken.None);
        if ((await ledger.Store.SpendAsync(SpendScope.Batch(batch))).Cap is not null)
            await ReportUnknownAsync();
        using var interrupted = session.Interruption.Asked.Register(() => session.Reporter.WriteLine(
            "Interrupted: submits that are in flight end first, so that no job is lost. Interrupt again to stop at once."));
        return await session.Reporter.TrackAsync(async show =>
        {
            using var ended = new CancellationTokenSource();
            var following = follower.FollowAsync(show, static _ => false, ended.Token);
            try
            {
                // A second signal leaves what is in flight in doubt, which the next run finds out about.
                await WorkAsync().WaitAsync(session.Interruption.Insisted);
            }
            catch (OperationCanceledException) when (session.Interruption.Insisted.IsCancellationRequested)
            {
                session.Reporter.WriteLine("Stopped at once: submits that were in flight are in doubt now.");
            }
            finally
            {
                await ended.CancelAsync();
                // What the run ended with is reported, not what the last look at the ledger did.
                await ((Task)following).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            return await following;
        });
    }

    private async Task ReportUnknownAsync()
    {
        var count = 0;
        var query = new LedgerQuery { Batch = batch, States = [LedgerState.Intended], Limit = 1000, WithoutContent = true };
        await foreach (var job in ledger.ListAsync(query))
            count += job.Ceiling is null ? 1 : 0;
        if (count > 0)
        {
            session.Reporter.WriteLine(
                $"What {count} of the jobs cost at most is not known: under --max-cost they wait, until the same command has --max-job-cost as well.");
        }
    }

    private async Task WorkAsync()
    {
        // What they wait for may be mended, such as the account.
        await ledger.Store.WakePausedAsync();
        try
        {
            await ledger.RunAsync(session.Interruption.Asked);
        }
        catch (OperationCanceledException) when (session.Interruption.Asked.IsCancellationRequested)
        {
            // What was not begun waits for the next run.
        }
    }
}
