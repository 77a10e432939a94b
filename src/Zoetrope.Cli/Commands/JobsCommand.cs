using System.CommandLine;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope jobs</c>: reads and decides what a ledger has.</summary>
internal static class JobsCommand
{
    /// <summary>The options of every one of its commands.</summary>
    public static Option<string?> Ledger { get; } = LedgerFile.Option($"{LedgerFile.DefaultName} in this folder");

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON Lines." };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new("jobs", "Shows the jobs of a ledger, and decides what only a person can.")
    {
        JobsListCommand.Create(),
        JobsListCommand.CreateShow(),
        JobsListCommand.CreateDoubts(),
        JobsResolveCommand.Create(),
        JobsChangeCommands.CreateCancel(),
        JobsChangeCommands.CreateRetry(),
        JobsAbandonCommand.Create(),
        JobsWatchCommand.Create(),
        JobsServeCommand.Create(),
        JobsTransferCommands.CreateExport(),
        JobsTransferCommands.CreateImport(),
    };

    /// <summary>Makes one of its commands, which opens a ledger that exists and calls nobody.</summary>
    public static Command Of(string name, string description, IReadOnlyList<Symbol> symbols, Func<Session, ParseResult, JobLedger, Task<int>> run)
    {
        var command = new Command(name, description) { Ledger };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }
        command.SetAction((parsed, _) => Session.RunAsync(async session =>
        {
            await using var ledger = await LedgerFile.OpenExistingAsync(
                LedgerFile.PathOf(parsed.GetValue(Ledger), ""), new LedgerOptions { Clients = [] }, session.Interruption.Asked);
            return await run(session, parsed, ledger);
        }));
        return command;
    }
}
