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
    /// <param name="again">Whether jobs that the batch has are made once more.</param>
    public async Task RecordAsync(BatchPlan plan, bool again)
    {
        var intents = plan.Jobs.Select(job => job.Intent).ToList();
        var jobs = await ledger.IntendAsync(intents);
        var repeated = intents.Where((_, i) => !jobs[i].IsNew).ToList();
        if (repeated.Count == 0)
            return;
        if (again)
        {
            await ledger.IntendAsync([.. repeated.Select(intent => intent with { Again = true })]);
            session.Reporter.Say($"{repeated.Count} inputs that '{batch}' has already are run once more, as --again asks. Leave it out to resume them.");
            return;
        }
        session.Reporter.Say(
            $"{repeated.Count} of {intents.Count} inputs are jobs of '{batch}' already, and are not sent or paid for again (--again would).");
    }

    /// <summary>Sets the cap, and runs the jobs.</summary>
    /// <param name="maxCost">The most that the batch may cost in US dollars; null leaves the cap that it has.</param>
    public async Task<LedgerSummary> RunAsync(decimal? maxCost)
    {
        var scope = SpendScope.Batch(batch);
        var cap = maxCost ?? (await ledger.Store.SpendAsync(scope)).Cap;
        var follower = new LedgerFollower(ledger, batch, session.Reporter);
        await follower.SkipAsync(CancellationToken.None);
        if (cap is not null)
            await SayWhatIsNotKnownAsync();
        using var interrupted = session.Interruption.Asked.Register(() => session.Reporter.Say(
            "Interrupted: submits that are in flight end first, so that no job is lost. Interrupt again to stop at once."));
        return await session.Reporter.TrackAsync(async show =>
        {
            using var ended = new CancellationTokenSource();
            LedgerSummary summary;
            var following = follower.FollowAsync(show, static _ => false, ended.Token);
            try
            {
                // A second signal leaves what is in flight in doubt, which the next run finds out about.
                await WorkAsync(scope, cap).WaitAsync(session.Interruption.Insisted);
            }
            catch (OperationCanceledException) when (session.Interruption.Insisted.IsCancellationRequested)
            {
                session.Reporter.Say("Stopped at once: submits that were in flight are in doubt now.");
            }
            finally
            {
                await ended.CancelAsync();
                summary = await following;
            }
            return summary;
        });
    }

    private async Task SayWhatIsNotKnownAsync()
    {
        var count = 0;
        await foreach (var job in ledger.ListAsync(new LedgerQuery { Batch = batch, States = [LedgerState.Intended], Limit = 1000 }))
            count += job.Ceiling is null ? 1 : 0;
        if (count > 0)
        {
            session.Reporter.Say(
                $"What {count} of the jobs cost at most is not known: under --max-cost they wait, until the same command has --max-job-cost as well.");
        }
    }

    private async Task WorkAsync(SpendScope scope, decimal? cap)
    {
        // It also makes those due that wait: what they wait for may be mended.
        await ledger.SetCapAsync(scope, cap);
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
