using System.CommandLine;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope jobs abandon ID</c>: a person says that nothing more is expected of a job.</summary>
internal static class JobsAbandonCommand
{
    private static readonly Argument<string> Id = JobId.Create();

    private static readonly Option<bool> Yes = Confirmation.Yes("Do not ask.");

    /// <summary>Creates the command.</summary>
    public static Command Create() => JobsCommand.Of(
        "abandon",
        "Ends a job that nothing more is expected of: one that the provider no longer knows becomes failed, and one whose files cannot be saved is delivered "
            + "as it is. Asks on a terminal; elsewhere it needs --yes.",
        [Id, Yes, JobsCommand.Json],
        RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, JobLedger ledger)
    {
        var job = await JobId.FindAsync(ledger, parsed.GetRequiredValue(Id), session.Interruption.Asked);
        var risk = job.State switch
        {
            LedgerState.Accepted => "It is not waited for any more: what it makes is lost, although it may be paid for.",
            LedgerState.Ended => "Its files are not saved any more; its result stays in the ledger.",
            _ => throw new UsageException(
                $"ID: the job {job.Id} cannot be abandoned; its state is {JobText.StateOf(job.State)}, and must be accepted or ended"),
        };
        if (!parsed.GetValue(Yes))
        {
            Confirmation.Require(
                session,
                $"{job.Label ?? job.Id} ({job.Provider}:{job.EndpointId}) will be abandoned. {risk}",
                $"ID: {risk} Add --yes if nothing more is expected of the job {job.Id}");
        }
        var abandoned = await ledger.AbandonAsync(job.Id, session.Interruption.Asked);
        session.Reporter.WriteLine($"{abandoned.Id} is abandoned; its state is {JobText.StateOf(abandoned.State)}. What it may have cost stays counted.");
        if (parsed.GetValue(JobsCommand.Json))
            JsonOutput.WriteLine(writer => JobText.Write(writer, abandoned));
        return ExitCode.Done;
    }
}
