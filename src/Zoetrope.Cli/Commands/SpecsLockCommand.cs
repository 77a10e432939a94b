using System.CommandLine;
using Zoetrope.Cli.Vendoring;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs lock [FOLDER]</c>: brings the lock file of a folder up to date.</summary>
internal static class SpecsLockCommand
{
    private static readonly Argument<string> Folder = VendoringOptions.Folder();

    private static readonly Option<string?> Origin = VendoringOptions.Origin("Where new documents came from, such as their URL.");

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Write nothing; exit with 1 if the lock file is out of date.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("lock", "Writes specs.lock.json: origin, date and SHA-256 of each document, and the C# names assigned so far, which "
            + "it keeps.")
        {
            Folder, Origin, Check,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => Task.FromResult(Run(session, parsed))));
        return command;
    }

    private static int Run(Session session, ParseResult parsed)
    {
        var folder = VendoringOptions.RequireFolder(parsed, Folder);
        var origin = parsed.GetValue(Origin) ?? VendoringOptions.UnknownOrigin;
        var lockFile = LockFile.Read(
            new VendoredFolder(folder, session.Interruption.Asked), origin, VendoringOptions.Today(), session.Interruption.Asked);
        if (!lockFile.Exists && lockFile is { Report.HasErrors: false, Documents: 0 })
            throw new UsageException($"FOLDER: no document was found in '{folder}'");
        lockFile.Report.Print(Console.Out);
        if (lockFile.Report.HasErrors)
        {
            session.Reporter.WriteLine($"{lockFile.Path} was not changed.");
            return ExitCode.ProblemsFound;
        }
        if (!lockFile.IsOutdated)
        {
            session.Reporter.WriteLine($"{lockFile.Path} is up to date.");
            return ExitCode.Done;
        }
        if (parsed.GetValue(Check))
        {
            lockFile.ReportOutdated(session.Reporter, folder);
            return ExitCode.ProblemsFound;
        }
        lockFile.Write();
        session.Reporter.WriteLine($"{lockFile.Path} was written.");
        return ExitCode.Done;
    }
}
