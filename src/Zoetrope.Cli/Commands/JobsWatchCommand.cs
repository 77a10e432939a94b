using System.CommandLine;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope jobs watch</c>: follows what other processes do with the jobs of a ledger.</summary>
internal static class JobsWatchCommand
{
    private static readonly Option<string?> Batch = new("--batch") { Description = "Only the jobs of a batch.", HelpName = "NAME" };

    /// <summary>Creates the command.</summary>
    public static Command Create() => JobsCommand.Of(
        "watch",
        "Follows the jobs that another process works on, until all are over or in doubt, or Ctrl+C. With --json each job that finishes is printed.",
        [Batch, JobsCommand.Json],
        RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, JobLedger ledger)
    {
        var batch = parsed.GetValue(Batch);
        var isJson = parsed.GetValue(JobsCommand.Json);
        var follower = new LedgerFollower(ledger, batch, session.Reporter)
        {
            OnFinished = job =>
            {
                if (isJson)
                    JsonOutput.WriteLine(writer => JobText.Write(writer, job));
            },
        };
        await follower.SkipAsync(session.Interruption.Asked);
        var summary = await session.Reporter.TrackAsync(show => follower.FollowAsync(show, IsOver, session.Interruption.Asked));
        session.Reporter.WriteLine(follower.ProgressOf(summary).Line);
        return session.Interruption.Asked.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static bool IsOver(LedgerSummary summary) => summary.Finished + summary[LedgerState.InDoubt] == summary.Total;
}
