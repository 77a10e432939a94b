using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Vendoring;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs add FILE</c>: vendors a document.</summary>
internal static class SpecsAddCommand
{
    private static readonly Argument<string> Source = new("FILE")
    {
        Description = "A model page, or the OpenAPI document of a model or of a whole API. YAML is converted to JSON, Swagger 2 to OpenAPI 3; - reads "
            + "it from stdin.",
        HelpName = "FILE|-",
    };

    private static readonly Option<string> To = new("--to")
    {
        Description = "The folder of the documents and of specs.lock.json. It is created if it is missing.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "specs",
    };

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "The name of the API or the model, used for its folder or file and for its C# class. By default an API is named after its title "
            + "and its server. An existing API of that name is replaced.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Arazzo = new("--arazzo")
    {
        Description = "An Arazzo description, as JSON or YAML, whose workflows call the operations of the document: the proposal of its job protocol follows "
            + "the one that polls.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Prints what was added and what was guessed as JSON on stdout. Problems then go to stderr.",
    };

    private static readonly Option<string?> Origin = VendoringOptions.Origin("Where the document came from, such as its URL.");

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("add", "Adds a document to the folder of its provider, or replaces the one of the same endpoint or API, and updates "
            + "specs.lock.json. Kind and provider are detected from the content. A document that shows jobs gets a proposal of their protocol beside it.")
        {
            Source, To, Name, Origin, Arazzo, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var cancellationToken = session.Interruption.Asked;
        var (source, folder, name) = (parsed.GetRequiredValue(Source), parsed.GetRequiredValue(To), parsed.GetValue(Name));
        var className = name is null ? null : ApiIdentity.ClassOf(name)
            ?? throw new UsageException($"--name: must be a name such as Deepgram, but is '{name}'");
        if (File.Exists(folder))
            throw new UsageException($"--to: '{folder}' is a file, not a folder");
        var arazzo = parsed.GetValue(Arazzo);
        var workflows = arazzo is null ? null : await ArazzoFile.ReadAsync(arazzo, "--arazzo", cancellationToken);
        var content = await InputFile.ReadAsync(source, "FILE", cancellationToken);
        var path = source == "-" ? "stdin" : source;
        var imported = DocumentImport.Import(path, SpecText.Decode(content));
        if (imported.Problem is { } refused)
            return Refuse(session, path, [refused]);
        var text = imported.Text;
        if (imported.Form is not null)
            content = Encoding.UTF8.GetBytes(text);

        var problems =
            SpecChecks.Run([new(imported.PathOfProblems, text)], cancellationToken).Select(imported.Locate).OrderBy(problem => problem.Start).ToList();
        var document = SpecReader.Read(text, cancellationToken: cancellationToken).Document;
        if (await DocumentImport.LintAsync(text, cancellationToken) is { } complaint)
            session.Reporter.Say(Printable.Of($"{imported.PathOfText}: warning: NSwag, as a second reader: {complaint}"));
        if (document is not ({ Endpoint: not null } or { Api: not null }) || problems.Any(problem => problem.Kind.Severity == ProblemSeverity.Error))
            return Refuse(session, path, problems);

        var place = VendoredNames.Find(folder, document, name, cancellationToken);
        var proposed = ProposedDeclaration.Beside(place.Path, text, document, className, workflows, cancellationToken);
        var added = new NewDocument(place.Path, content, document, place.Former, className, parsed.GetValue(Origin), proposed);
        var isJson = parsed.GetValue(Json);
        var output = isJson ? Console.Error : Console.Out;
        var lockFile = LockFile.Read(folder, VendoringOptions.UnknownOrigin, VendoringOptions.Today(), cancellationToken, added);
        lockFile.Report.Print(output);
        if (lockFile.Report.HasErrors)
        {
            session.Reporter.Say("Nothing was added.");
            return ExitCode.ProblemsFound;
        }
        new ProblemReport(problems, warnAsError: false).Print(output);
        Directory.CreateDirectory(Path.GetDirectoryName(place.Path)!);
        foreach (var (file, bytes) in added.Files)
            LockFile.WriteWhole(file, bytes);
        lockFile.Write();
        if (isJson)
            JsonOutput.Write(writer => Write(writer, added));
        session.Reporter.Say(Printable.Of($"{place.Path} was {(place.Former is null ? "written" : "replaced")}: {VendoredNames.Describe(document)}"));
        foreach (var line in place.Former is { } former ? DocumentChanges.Between(former, document) : [])
            session.Reporter.Say(Printable.Of("  " + line));
        foreach (var line in lockFile.Moved)
            session.Reporter.Say(Printable.Of("  " + line));
        if (lockFile.NameOf(VendoredNames.KeyOf(document)) is { } given)
            session.Reporter.Say($"  In C#: {UseOf(document, given)}");
        SayProposal(session, added);
        if (arazzo is not null && added.Declaration is not { Proposal.FollowsWorkflow: true })
            session.Reporter.Say(Printable.Of($"No workflow of {arazzo} was followed: none polls an operation of this document until a word is there."));
        return ExitCode.Done;
    }

    /// <summary>Says line by line what a person must confirm.</summary>
    private static void SayProposal(Session session, NewDocument added)
    {
        if (added.Declaration is not { } declaration)
        {
            if (added.Document.Api is not null && ProposedDeclaration.Existing(added.Path) is { } existing)
                session.Reporter.Say(Printable.Of($"{existing} was not changed."));
            return;
        }
        session.Reporter.Say(Printable.Of(
            $"{declaration.Path} was written: a proposal of the job protocol, of which no client is generated until it is confirmed."));
        session.Reporter.Say("  Compare each line with the provider's documentation, then set \"confirmed\" to true:");
        foreach (var fact in declaration.Proposal.Facts)
            session.Reporter.Say(Printable.Of($"  {fact.Member}{(fact.Value.Length > 0 ? " = " + fact.Value : "")}: {fact.Reason}"));
    }

    private static void Write(Utf8JsonWriter writer, NewDocument added)
    {
        writer.WriteStartObject();
        writer.WriteString("path", added.Path);
        writer.WriteBoolean("replaced", added.Former is not null);
        writer.WriteString("document", VendoredNames.Describe(added.Document));
        if (added.Declaration is { } declaration)
        {
            writer.WriteStartObject("declaration");
            writer.WriteString("path", declaration.Path);
            writer.WriteBoolean("confirmed", false);
            writer.WriteStartArray("facts");
            foreach (var fact in declaration.Proposal.Facts)
            {
                writer.WriteStartObject();
                writer.WriteString("member", fact.Member);
                writer.WriteString("value", fact.Value);
                writer.WriteString("reason", fact.Reason);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <summary>How the code that is generated from a document is used, in a few words.</summary>
    private static string UseOf(SpecDocument document, string name)
    {
        if (document.Endpoint is not { } endpoint)
            return $"new {name}Client()";
        var parameters = endpoint.Input?.Properties.Count ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{endpoint.Provider}.{name}.RunAsync(new() {{ ... }}), with {parameters} "
            + $"parameter{(parameters == 1 ? "" : "s")}");
    }

    private static int Refuse(Session session, string path, IReadOnlyList<LocatedProblem> problems)
    {
        new ProblemReport(problems, warnAsError: false).Print(Console.Out);
        session.Reporter.Say($"{path} was not added: nothing can be generated from it.");
        return ExitCode.ProblemsFound;
    }
}
