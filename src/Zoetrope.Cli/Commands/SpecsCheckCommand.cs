using System.CommandLine;
using Zoetrope.Cli.Vendoring;
using Zoetrope.Generator.Tooling;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs check PATH...</c>: reports what a build would report about documents.</summary>
internal static class SpecsCheckCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Files, folders (with everything below them) and patterns with *, ? and **. Together they are one project, so include the lock "
            + "file and the catalog. README files are excluded, as in builds. "
            + "A lock file is also compared with its folder.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> WarnAsError = new("--warnaserror")
    {
        Description = "Treat warnings as errors.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("check", "Prints what a build would report about documents, as FILE(LINE,COLUMN): SEVERITY ID: MESSAGE. Exits with 1 "
            + "if there are errors, or if a lock file is out of date; with 2 if there are no documents.")
        {
            Paths, WarnAsError,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => Task.FromResult(Run(session, parsed))));
        return command;
    }

    private static int Run(Session session, ParseResult parsed)
    {
        var files = SpecPaths.Resolve(parsed.GetRequiredValue(Paths));
        if (files.All(file => Path.GetFileName(file) == LockFile.Name))
            throw new UsageException("PATH: no document was found");
        var problems = SpecChecks.Run(files.Select(file => new SpecSource(file, SpecText.Read(file))), session.Interruption.Asked);
        var report = new ProblemReport(problems, parsed.GetValue(WarnAsError));
        report.Print(Console.Out);
        var locks = files.Where(file => Path.GetFileName(file) == LockFile.Name).ToList();
        var outdated = 0;
        foreach (var path in locks)
        {
            var folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
            var lockFile = LockFile.Read(
                new VendoredFolder(folder, session.Interruption.Asked), VendoringOptions.UnknownOrigin, VendoringOptions.Today(), session.Interruption.Asked);
            // Documents with errors are already reported, and have no names.
            if (!lockFile.IsOutdated)
                continue;
            outdated++;
            lockFile.ReportOutdated(session.Reporter, folder);
        }
        session.Reporter.WriteLine(report.Summary(files.Count - locks.Count));
        return report.HasErrors || outdated > 0 ? ExitCode.ProblemsFound : ExitCode.Done;
    }
}
