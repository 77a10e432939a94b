using System.CommandLine;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope jobs cancel ID</c> and <c>retry ID</c>.</summary>
internal static class JobsChangeCommands
{
    private static readonly Argument<string[]> Ids = JobId.CreateSeveral();
    private static readonly Option<Uri?> BaseUrl = Options.BaseUrl();

    /// <summary>Makes <c>cancel</c>.</summary>
    public static Command CreateCancel()
    {
        var command = new Command("cancel", "Cancels jobs: one that was not sent is never sent; of one that was accepted, the provider is asked to cancel it.")
        {
            Ids, JobsCommand.Ledger, BaseUrl, JobsCommand.Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => CancelAsync(session, parsed)));
        return command;
    }

    /// <summary>Makes <c>retry</c>.</summary>
    public static Command CreateRetry() => JobsCommand.Of(
        "retry",
        "Puts jobs that failed or were canceled back, to be submitted, and paid for, again by the next process that works on the ledger.",
        [Ids, JobsCommand.Json],
        async (session, parsed, ledger) =>
        {
            // All are looked at before one is changed.
            var jobs = await FindAsync(ledger, parsed.GetRequiredValue(Ids), session.Interruption.Asked);
            foreach (var job in jobs)
            {
                if (job.State is not (LedgerState.Failed or LedgerState.Canceled))
                    throw new UsageException($"ID: the job {job.Id} has not failed; its state is {JobText.StateOf(job.State)}");
            }
            foreach (var job in jobs)
            {
                var retried = await ledger.RetryAsync(job.Id);
                session.Reporter.WriteLine(
                    $"{retried.Id} will be submitted again by the next process that works on the ledger, such as the same `zoetrope batch`.");
                Print(parsed, retried);
            }
            return ExitCode.Done;
        });

    private static async Task<int> CancelAsync(Session session, ParseResult parsed)
    {
        var path = LedgerFile.PathOf(parsed.GetValue(JobsCommand.Ledger), "");
        List<LedgerJob> jobs;
        await using (var read = await LedgerFile.OpenExistingAsync(path, new LedgerOptions { Clients = [] }, session.Interruption.Asked))
            jobs = await FindAsync(read, parsed.GetRequiredValue(Ids), session.Interruption.Asked);
        foreach (var job in jobs)
        {
            if (job.State is LedgerState.Sent or LedgerState.InDoubt)
            {
                throw new UsageException(
                    [$"ID: whether {job.Provider} accepted the job {job.Id} is not known, so it cannot be canceled"],
                    ["Resolve it first: `zoetrope jobs doubts`."]);
            }
        }
        var providers = jobs.Where(job => job.State == LedgerState.Accepted).Select(job => Provider.Find(job.Provider)
            ?? throw new UsageException($"ID: this build does not know the provider '{job.Provider}' of the job {job.Id}")).Distinct();
        if (providers.ToList() is { Count: > 0 } asked)
            session.Connection = await ConnectionPlan.ForExistingJobs(asked, parsed.GetValue(BaseUrl)).OpenAsync(session.Reporter);
        await using var ledger = await LedgerFile.OpenExistingAsync(
            path, new LedgerOptions { Clients = session.Connection?.Clients ?? [] }, session.Interruption.Asked);
        var code = ExitCode.Done;
        foreach (var job in jobs)
        {
            var (canceled, outcome) = await ledger.CancelAsync(job.Id, session.Interruption.Asked);
            session.Reporter.WriteLine(outcome is { } known
                ? $"{canceled.Id}: {CancelText.Of(known)}"
                : canceled.State == LedgerState.Canceled ? $"{canceled.Id} is canceled." : $"{canceled.Id} had already ended.");
            if (canceled.State != LedgerState.Canceled && outcome != CancelOutcome.Requested)
                code = ExitCode.Refused;
            Print(parsed, canceled);
        }
        return code;
    }

    private static async Task<List<LedgerJob>> FindAsync(JobLedger ledger, string[] ids, CancellationToken cancellationToken)
    {
        var jobs = new List<LedgerJob>();
        foreach (var id in ids)
        {
            var job = await JobId.FindAsync(ledger, id, cancellationToken);
            if (jobs.TrueForAll(other => other.Id != job.Id))
                jobs.Add(job);
        }
        return jobs;
    }

    private static void Print(ParseResult parsed, LedgerJob job)
    {
        if (parsed.GetValue(JobsCommand.Json))
            JsonOutput.WriteLine(writer => JobText.Write(writer, job));
    }
}
