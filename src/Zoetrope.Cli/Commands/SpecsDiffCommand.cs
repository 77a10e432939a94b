using System.CommandLine;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Vendoring;
using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Tooling;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs diff OLD NEW</c>: reports what changes of the generated code.</summary>
internal static class SpecsDiffCommand
{
    private static readonly Argument<string> Old = new("OLD")
    {
        Description = "The old documents: a file, a folder, a git revision, or REVISION:PATH.",
    };

    private static readonly Argument<string> New = new("NEW")
    {
        Description = "The new ones, in the same way. By default the folder specs.",
        DefaultValueFactory = _ => "specs",
    };

    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "The folder of a git revision without a path.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "specs",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Prints the changes as JSON.",
    };

    private static readonly Option<bool> Markdown = new("--markdown")
    {
        Description = "Prints the changes as Markdown, for a pull request.",
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Exit with 1 if a change is breaking.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("diff", "Reports how the public C#, and what is validated, changes with the documents: each change with its position, "
            + "whether it is breaking, compatible or only documentation, and the version step. Code is meant that writes requests and reads results.")
        {
            Old, New, Folder, Json, Markdown, Check,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var cancellationToken = session.Interruption.Asked;
        if (parsed.GetValue(Json) && parsed.GetValue(Markdown))
            throw new UsageException("--json and --markdown cannot be combined");
        var folder = parsed.GetRequiredValue(Folder);
        var former = await SpecVersion.ReadAsync(parsed.GetRequiredValue(Old), folder, "OLD", cancellationToken);
        var latter = await SpecVersion.ReadAsync(parsed.GetRequiredValue(New), folder, "NEW", cancellationToken);
        var diff = SpecDiff.Between(former.Sources, latter.Sources, cancellationToken);
        var report = new DiffReport(diff, former, latter);
        var problems = new ProblemReport(diff.Errors, warnAsError: false);
        problems.Print(Console.Error);
        if (parsed.GetValue(Json))
            JsonOutput.Write(report.Write);
        else if (parsed.GetValue(Markdown))
            Console.Out.Write(report.Markdown());
        else
        {
            foreach (var line in report.Lines())
                Console.Out.Write(line + "\n");
            session.Reporter.WriteLine(report.Summary);
        }
        if (problems.HasErrors)
        {
            session.Reporter.WriteLine("The new documents have errors: what depends on them is reported as removed.");
            return ExitCode.ProblemsFound;
        }
        return parsed.GetValue(Check) && diff.Changes.Any(change => change.Impact == ChangeImpact.Breaking) ? ExitCode.ProblemsFound : ExitCode.Done;
    }
}
