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
        Description = "A model page, or the OpenAPI document of a model or of a whole API. YAML becomes JSON, Swagger 2 becomes OpenAPI 3; - reads it from stdin.",
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
        var command = new Command("add", "Adds a document to the folder of its provider, both told by its content, or replaces the one of the same endpoint or API, and updates specs.lock.json.")
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
        var imported = DocumentImport.Import(path, SpecText.Decode(content));
        if (imported.Problem is { } refused)
            return Refuse(session, path, [refused]);
        (path, var text) = (imported.Path, imported.Text);
        if (imported.IsConverted)
            content = Encoding.UTF8.GetBytes(text);

        var problems = SpecChecks.Run([new(path, text)], cancellationToken);
        var document = SpecReader.Read(text, cancellationToken: cancellationToken).Document;
        if (await DocumentImport.LintAsync(text, cancellationToken) is { } complaint)
            session.Reporter.Say(Printable.Of($"{path}: warning: NSwag, the second reader: {complaint}"));
        if (document is not ({ Endpoint: not null } or { Api: not null }) || problems.Any(problem => problem.Kind.Severity == ProblemSeverity.Error))
            return Refuse(session, path, problems);

        var target = VendoredNames.PathOf(folder, document, cancellationToken);
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
        session.Reporter.Say(Printable.Of($"{target} was written: {VendoredNames.Describe(document)}"));
        return ExitCode.Done;
    }

    private static int Refuse(Session session, string path, IReadOnlyList<LocatedProblem> problems)
    {
        new ProblemReport(problems, warnAsError: false).Print(Console.Out);
        session.Reporter.Say($"{path} was not added: it describes nothing that can be generated.");
        return ExitCode.ProblemsFound;
    }
}
