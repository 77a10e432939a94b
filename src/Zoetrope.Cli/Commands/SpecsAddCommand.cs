using System.CommandLine;
using System.Text;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Vendoring;
using Zoetrope.Generator;
using Zoetrope.Specs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs add FILE</c>: vendors a document.</summary>
internal static class SpecsAddCommand
{
    private static readonly Argument<string> Source = new("FILE")
    {
        Description = "A model page, or an OpenAPI document in JSON or YAML, which becomes JSON; - reads it from stdin.",
        HelpName = "FILE|-",
    };

    private static readonly Option<string> To = new("--to")
    {
        Description = "The folder of the documents, in which specs.lock.json is.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "specs",
    };

    private static readonly Option<string?> Origin = VendoringOptions.Origin("Where the document came from, such as its URL.");

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("add", "Adds a document to the folder of its provider, both told by its content, or replaces the one of the same endpoint, and updates specs.lock.json.")
        {
            Source, To, Origin,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var cancellationToken = session.Interruption.Asked;
        var (source, folder) = (parsed.GetRequiredValue(Source), parsed.GetRequiredValue(To));
        if (!Directory.Exists(folder))
            throw new UsageException($"--to: there is no folder '{folder}'");
        var content = await InputFile.ReadAsync(source, "FILE", cancellationToken);
        var path = source == "-" ? "stdin" : source;
        var text = SpecText.Decode(content);
        var json = DocumentImport.Convert(path, text, out var refused);
        if (refused is not null)
            return Refuse(session, path, [refused]);
        if (json is not null)
            (path, text, content) = (path + " (as JSON)", json, Encoding.UTF8.GetBytes(json));

        var problems = SpecChecks.Run([new(path, text)], cancellationToken);
        var document = SpecReader.Read(text, cancellationToken: cancellationToken).Document;
        if (await DocumentImport.LintAsync(text, cancellationToken) is { } complaint)
            session.Reporter.Say(Printable.Of($"{path}: warning: NSwag, the second reader: {complaint}"));
        if (document?.Endpoint is not { } endpoint || problems.Any(problem => problem.Kind.Severity == ProblemSeverity.Error))
            return Refuse(session, path, problems);

        var target = VendoredNames.PathOf(folder, document.Kind, endpoint, cancellationToken);
        var added = new NewDocument(target, content, parsed.GetValue(Origin));
        var lockFile = LockFile.Read(folder, VendoringOptions.UnknownOrigin, VendoringOptions.Today(), cancellationToken, added);
        if (lockFile.Report.HasErrors)
        {
            lockFile.Report.Print(Console.Out);
            session.Reporter.Say("Nothing was added.");
            return ExitCode.ProblemsFound;
        }
        new ProblemReport(problems, warnAsError: false).Print(Console.Out);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        LockFile.WriteWhole(target, content);
        lockFile.Write();
        session.Reporter.Say($"{target} was written: {endpoint.Provider} {endpoint.Id}");
        return ExitCode.Done;
    }

    private static int Refuse(Session session, string path, IReadOnlyList<LocatedProblem> problems)
    {
        new ProblemReport(problems, warnAsError: false).Print(Console.Out);
        session.Reporter.Say($"{path} was not added: it describes no model endpoint that can be generated.");
        return ExitCode.ProblemsFound;
    }
}
