using System.CommandLine;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope jobs export</c> and <c>import FILE</c>.</summary>
internal static class JobsTransferCommands
{
    private static readonly Option<string?> Batch = new("--batch") { Description = "Only the jobs of a batch.", HelpName = "NAME" };

    private static readonly Argument<string> File = new("FILE") { Description = "What `zoetrope jobs export` wrote; - reads stdin." };

    /// <summary>Makes <c>export</c>.</summary>
    public static Command CreateExport() => JobsCommand.Of(
        "export",
        "Writes jobs to stdout as JSON Lines, with all that another ledger needs to go on with them. Keep the file as safe as the ledger.",
        [Batch, JobsCommand.Json],
        async (session, parsed, ledger) =>
        {
            await using var output = StandardStreams.OpenOutput();
            var query = new LedgerQuery { Batch = parsed.GetValue(Batch), Limit = 1000 };
            var count = await ledger.ExportAsync(output, query, session.Interruption.Asked);
            session.Reporter.WriteLine($"{count} jobs were exported. Go on with them in one ledger only: each would send what is still to be sent.");
            return ExitCode.Done;
        });

    /// <summary>Makes <c>import</c>.</summary>
    public static Command CreateImport()
    {
        var command = new Command(
            "import",
            "Adds exported jobs to a ledger, which is created if it does not exist. A job that it has is left as it is; one that was being sent is in doubt.")
        {
            File, JobsCommand.Ledger, JobsCommand.Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => ImportAsync(session, parsed)));
        return command;
    }

    private static async Task<int> ImportAsync(Session session, ParseResult parsed)
    {
        var content = await InputFile.ReadAsync(parsed.GetRequiredValue(File), "FILE", session.Interruption.Asked);
        var path = LedgerFile.PathOf(parsed.GetValue(JobsCommand.Ledger), "");
        await using var ledger = await LedgerFile.OpenAsync(path, new LedgerOptions { Clients = [] }, session.Interruption.Asked);
        long read, added;
        try
        {
            (read, added) = await ledger.ImportAsync(new MemoryStream(content), session.Interruption.Asked);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"FILE: {exception.Message}");
        }
        session.Reporter.WriteLine($"{added} of {read} jobs were added; {read - added} are in the ledger already, and are left as they are.");
        if (parsed.GetValue(JobsCommand.Json))
        {
            JsonOutput.WriteLine(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("read", read);
                writer.WriteNumber("added", added);
                writer.WriteEndObject();
            });
        }
        return ExitCode.Done;
    }
}
