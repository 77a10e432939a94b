using System.CommandLine;
using Zoetrope.Cli.LedgerPages;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Pages;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope jobs serve</c>: shows a ledger as a page on this machine until it is interrupted.</summary>
internal static class JobsServeCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port to listen on, on this machine only. Default: a free one.",
        HelpName = "N",
    };

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "The folder in which a delivered file is looked for that is not where the ledger recorded it, because the folder was moved. "
            + "Default: the folder of the ledger.",
        HelpName = "FOLDER",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "serve",
            "Shows the ledger as a page in a browser of this machine: progress, jobs, doubts and a gallery of the files, live. It only reads. Prints the "
                + "address, which has a secret token; Ctrl+C stops it.")
        {
            JobsCommand.Ledger, Port, Out, JobsCommand.Json,
        };
        Port.Validators.Add(Options.RequirePort);
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var path = Path.GetFullPath(LedgerFile.PathOf(parsed.GetValue(JobsCommand.Ledger), ""));
        var folder = parsed.GetValue(Out);
        if (folder is not null && !Directory.Exists(folder))
            throw new UsageException($"--out: no such folder: '{folder}'");
        await using var ledger = await LedgerFile.OpenToReadAsync(path, session.Interruption.Asked);
        using var page = new LedgerPage(ledger.Store, path, Path.GetFullPath(folder ?? Path.GetDirectoryName(path)!));
        var guard = new RequestGuard("zoetrope jobs serve", isReadOnly: true);
        await using var server = await PageServer.StartAsync(
            guard, page.RespondAsync, parsed.GetValue(Port), maxRequestBytes: 0, session.Interruption.Asked);
        if (parsed.GetValue(JobsCommand.Json))
        {
            JsonOutput.WriteLine(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("type", "page");
                writer.WriteString("url", Address.Of(server.Url));
                writer.WriteString("token", server.Token);
                writer.WriteString("ledger", path);
                writer.WriteEndObject();
            });
        }
        else
            Console.Out.WriteLine(Address.Of(server.Url));
        session.Reporter.WriteLine($"The page of {path}. Only who has this address can open it, on this machine. Ctrl+C stops it.");
        await session.Interruption.UntilAskedAsync();
        return ExitCode.Done;
    }
}
