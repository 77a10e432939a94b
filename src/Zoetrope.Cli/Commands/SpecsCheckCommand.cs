using System.CommandLine;
using Zoetrope.Cli.Vendoring;
using Zoetrope.Generator;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs check PATH...</c>: says what a build would say about documents.</summary>
internal static class SpecsCheckCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Files, folders (with everything below them) and patterns with *, ? and **. They are one project: name the lock file and the catalog too. README files are left out, as in builds.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> WarnAsError = new("--warnaserror")
    {
        Description = "Make errors of warnings.",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("check", "Prints what a build would say about documents, as FILE(LINE,COLUMN): SEVERITY ID: MESSAGE. Ends with 1 if there are errors.")
        {
            Paths, WarnAsError,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => Task.FromResult(Run(session, parsed))));
        return command;
    }

    private static int Run(Session session, ParseResult parsed)
    {
        var files = SpecPaths.Resolve(parsed.GetRequiredValue(Paths));
        var problems = SpecChecks.Run(files.Select(file => new SpecSource(file, SpecText.Read(file))), session.Interruption.Asked);
        var report = new ProblemReport(problems, parsed.GetValue(WarnAsError));
        report.Print(Console.Out);
        session.Reporter.Say(report.Summary(files.Count));
        return report.HasErrors ? ExitCode.ProblemsFound : ExitCode.Done;
    }
}
