using System.CommandLine;
using System.Globalization;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope jobs list</c>, <c>show ID</c> and <c>doubts</c>.</summary>
internal static class JobsListCommand
{
    private static readonly Option<string?> Batch = new("--batch") { Description = "Only the jobs of a batch.", HelpName = "NAME" };

    private static readonly Option<LedgerState[]> States = new("--state")
    {
        Description = $"Only the jobs with a state; can be repeated. One of {string.Join(", ", Enum.GetValues<LedgerState>().Select(JobText.StateOf))}.",
        HelpName = "STATE",
        CustomParser = result =>
        {
            var states = new List<LedgerState>();
            foreach (var token in result.Tokens)
            {
                var known = Enum.GetValues<LedgerState>();
                var at = Array.FindIndex(known, state => JobText.StateOf(state) == token.Value);
                if (at < 0)
                    result.AddError($"--state: must be one of {string.Join(", ", known.Select(JobText.StateOf))}, but is '{token.Value}'");
                else
                    states.Add(known[at]);
            }
            return [.. states];
        },
    };

    private static readonly Argument<string> Id = JobId.Create();

    /// <summary>Makes <c>list</c>.</summary>
    public static Command Create()
    {
        Options.SetValues(States, [.. Enum.GetValues<LedgerState>().Select(JobText.StateOf)]);
        return JobsCommand.Of(
            "list",
            "Lists jobs: id, state, label, batch, model, cost, and why a job waits or failed.",
            [Batch, States, JobsCommand.Json],
            async (session, parsed, ledger) =>
            {
                var query = new LedgerQuery { Batch = parsed.GetValue(Batch), States = parsed.GetValue(States) ?? [] };
                await ListAsync(ledger, query, parsed.GetValue(JobsCommand.Json), session.Interruption.Asked);
                return ExitCode.Done;
            });
    }

    /// <summary>Makes <c>show</c>.</summary>
    public static Command CreateShow() => JobsCommand.Of(
        "show",
        "Prints a job as JSON, with its input, its result and its history.",
        [Id, JobsCommand.Json],
        async (session, parsed, ledger) =>
        {
            var job = await JobId.FindAsync(ledger, parsed.GetRequiredValue(Id), session.Interruption.Asked);
            var history = new List<LedgerEvent>();
            await foreach (var entry in ledger.EventsAsync(job.Id, cancellationToken: session.Interruption.Asked))
                history.Add(entry);
            if (parsed.GetValue(JobsCommand.Json))
                JsonOutput.WriteLine(writer => JobText.Write(writer, job, history));
            else
                JsonOutput.Write(writer => JobText.Write(writer, job, history));
            return ExitCode.Done;
        });

    /// <summary>Makes <c>doubts</c>.</summary>
    public static Command CreateDoubts() => JobsCommand.Of(
        "doubts",
        "Lists the jobs of which it is not known whether the provider accepted them, and how to resolve each.",
        [JobsCommand.Json],
        async (session, parsed, ledger) =>
        {
            var isJson = parsed.GetValue(JobsCommand.Json);
            var doubts = await ListAsync(ledger, new LedgerQuery { States = [LedgerState.InDoubt] }, isJson, session.Interruption.Asked);
            if (doubts.Count == 0)
                session.Reporter.WriteLine("No job is in doubt.");
            else
                Explain(session.Reporter, doubts);
            return ExitCode.Done;
        });

    private static async Task<List<LedgerJob>> ListAsync(JobLedger ledger, LedgerQuery query, bool isJson, CancellationToken cancellationToken)
    {
        var jobs = new List<LedgerJob>();
        await foreach (var job in ledger.ListAsync(query with { Limit = 1000, WithoutContent = true }, cancellationToken))
        {
            if (isJson)
                JsonOutput.WriteLine(writer => JobText.Write(writer, job));
            jobs.Add(job);
        }
        if (!isJson)
            JobText.Print([.. jobs.Select(JobText.Row)]);
        return jobs;
    }

    private static void Explain(IReporter reporter, List<LedgerJob> doubts)
    {
        foreach (var provider in doubts.GroupBy(job => job.Provider))
        {
            var times = provider.Select(job => job.SentAt!.Value.UtcDateTime).Order().Select(time => time.ToString("u", CultureInfo.InvariantCulture)).ToList();
            reporter.WriteLine($"{provider.Key}: look in its list of requests for the inputs of {provider.Count()} jobs, sent from {times[0]} to {times[^1]}.");
        }
        reporter.WriteLine("A job that is there was accepted: `zoetrope jobs resolve ID --accepted REQUEST` waits for it, and does not pay again.");
        reporter.WriteLine("A job that is surely not there was not: `zoetrope jobs resolve ID --not-accepted` sends it again.");
    }
}
