using System.CommandLine;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope jobs resolve ID</c>: a person says whether a job was accepted.</summary>
internal static class JobsResolveCommand
{
    private const string Risk = "If the provider accepted it after all, it will be paid for twice.";

    private static readonly Argument<string> Id = JobId.Create();

    private static readonly Option<string?> Accepted = new("--accepted")
    {
        Description = "It was accepted: the handle of the provider's job, or its id there. It is waited for from now on.",
        HelpName = "HANDLE",
    };

    private static readonly Option<bool> NotAccepted = new("--not-accepted")
    {
        Description = $"It was not accepted, and is to be sent again. {Risk} Asks on a terminal; elsewhere it needs --yes.",
    };

    private static readonly Option<bool> Yes = Confirmation.Yes("With --not-accepted: do not ask.");

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = JobsCommand.Of(
            "resolve", "Ends the doubt whether the provider accepted a job.", [Id, Accepted, NotAccepted, Yes, JobsCommand.Json], RunAsync);
        command.Validators.Add(result =>
        {
            if (result.GetValue(NotAccepted) == result.GetResult(Accepted) is { Implicit: false })
                result.AddError("resolve: needs either --accepted HANDLE or --not-accepted");
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, JobLedger ledger)
    {
        var job = await JobId.FindAsync(ledger, parsed.GetRequiredValue(Id), session.Interruption.Asked);
        if (job.State != LedgerState.InDoubt)
            throw new UsageException($"ID: the job {job.Id} is not in doubt; its state is {JobText.StateOf(job.State)}");
        LedgerJob resolved;
        if (parsed.GetValue(Accepted) is { } text)
        {
            try
            {
                resolved = await ledger.ResolveAcceptedAsync(job.Id, HandleOf(job, text));
            }
            catch (ArgumentException exception)
            {
                throw new UsageException($"--accepted: {exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal)}");
            }
            session.Reporter.WriteLine(
                $"{resolved.Id} was accepted, and the next process that works on the ledger waits for it, such as the same `zoetrope batch`.");
        }
        else
        {
            if (!parsed.GetValue(Yes))
            {
                Confirmation.Require(
                    session,
                    $"{job.Label ?? job.Id} ({job.Provider}:{job.EndpointId}) will be sent again. {Risk}",
                    $"--not-accepted: {Risk} Add --yes if {job.Provider} surely did not accept it");
            }
            resolved = await ledger.ResolveNotAcceptedAsync(job.Id);
            session.Reporter.WriteLine(
                $"{resolved.Id} will be sent again by the next process that works on the ledger, such as the same `zoetrope batch`. {Risk}");
        }
        if (parsed.GetValue(JobsCommand.Json))
            JsonOutput.WriteLine(writer => JobText.Write(writer, resolved));
        return ExitCode.Done;
    }

    // Lists of requests show the provider's id, not our handle.
    private static JobHandle HandleOf(LedgerJob job, string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
            return HandleArgument.Read(text).Handle;
        return string.IsNullOrWhiteSpace(text)
            ? throw new UsageException("--accepted: must be the handle of the provider's job, or its id there")
            : new JobHandle(job.Provider, job.EndpointId, text) { IdempotencyKey = job.IdempotencyKey };
    }
}
