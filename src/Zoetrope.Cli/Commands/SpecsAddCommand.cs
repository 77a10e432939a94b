using System.CommandLine;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Vendoring;
using Zoetrope.Cli.Vendoring.Sources;
using Zoetrope.Generator.Naming;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs add SOURCE...</c>: vendors documents.</summary>
internal static class SpecsAddCommand
{
    private static readonly Argument<string[]> Sources = new("SOURCE")
    {
        Description = "A file, - for stdin, an http or https URL, or the id of a model: of fal, such as fal-ai/flux/dev (its page and its OpenAPI document), "
            + "or of Eachlabs, such as kling-o3-pro-image-to-video (its page). A document is a model page, or the OpenAPI document of a model or of a "
            + "whole API. YAML is converted to JSON, Swagger 2 to OpenAPI 3.",
        HelpName = "FILE|-|URL|ID",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> To = VendoringOptions.Folder("--to", "It is created if it is missing.");

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
        Description = "Prints what was added and what was guessed as JSON on stdout: an object, or an array where there are several documents. Problems then "
            + "go to stderr.",
    };

    private static readonly Option<bool> DryRun = VendoringOptions.DryRun();

    private static readonly Option<Uri?> Server = VendoringOptions.Server();

    private static readonly Option<string?> Origin = VendoringOptions.Origin("Where the document in a file came from, such as its URL.");

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("add", "Adds documents to the folders of their providers, or replaces those of the same endpoints or APIs, and updates "
            + "specs.lock.json. Kind and provider are detected from the content. A document that shows jobs gets a proposal of their protocol beside it. "
            + "What will be generated is printed first; if anything fails, nothing is written.")
        {
            Sources, To, Name, Origin, Arazzo, Server, DryRun, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var cancellationToken = session.Interruption.Asked;
        var sources = parsed.GetRequiredValue(Sources).Select(argument => DocumentSources.Of(argument, parsed.GetValue(Server))).ToList();
        var folder = new VendoredFolder(parsed.GetRequiredValue(To), cancellationToken);
        var arazzo = parsed.GetValue(Arazzo);
        RequireOptions(parsed, sources, folder.Path);
        var workflows = arazzo is null ? null : await ArazzoFile.ReadAsync(arazzo, "--arazzo", cancellationToken);
        var name = parsed.GetValue(Name);
        var options = new AdditionOptions(
            name is null ? null : ClassOf(name), name, parsed.GetValue(Origin), workflows, VendoringOptions.UnknownOrigin, VendoringOptions.Today());

        using var fetcher = new DocumentFetcher();
        var requests = sources.SelectMany(source => source.Requests).ToList();
        var (documents, failures) = await DocumentDownloads.ReadAllAsync(
            requests, (request, stop) => request.ReadAsync(fetcher, stop), session.Reporter.WriteLine, request => request.Name, cancellationToken);
        foreach (var failure in failures)
            session.Reporter.WriteLine(failure.Message);
        if (failures.Count > 0)
            return ReportNothing(session);

        var isJson = parsed.GetValue(Json);
        var output = isJson ? Console.Error : Console.Out;
        if (await ReadAsync(session, documents!, output) is not { } readings)
            return ReportNothing(session);
        var addition = Addition.Of(folder, readings, options, cancellationToken);
        addition.LockFile.Report.Print(output);
        if (addition.LockFile.Report.HasErrors)
            return ReportNothing(session);
        foreach (var reading in readings)
            new ProblemReport(reading.Problems, warnAsError: false).Print(output);
        AdditionText.ReportPlan(session.Reporter, addition);
        var isWritten = !parsed.GetValue(DryRun);
        if (isWritten)
        {
            cancellationToken.ThrowIfCancellationRequested();
            addition.Write();
            AdditionText.ReportWritten(session.Reporter, addition);
        }
        else
        {
            session.Reporter.WriteLine("Nothing was written, because of --dry-run.");
        }
        if (isJson)
            Print(addition, isWritten);
        if (arazzo is not null && !addition.Documents.Any(added => added.Declaration is { Proposal.FollowsWorkflow: true }))
            session.Reporter.WriteLine($"No workflow of {arazzo} was followed: none polls an operation of this document until a word is there.");
        return ExitCode.Done;
    }

    private static void RequireOptions(ParseResult parsed, List<IDocumentSource> sources, string folder)
    {
        if (File.Exists(folder))
            throw new UsageException($"--to: '{folder}' is a file, not a folder");
        if (sources.Count > 1 && parsed.GetValue(Name) is not null)
            throw new UsageException("--name: there are several sources, which would have one name");
        if (sources.Exists(source => source.IsFetched) && parsed.GetValue(Origin) is not null)
            throw new UsageException("--origin: the origin of a document that is fetched is its URL");
        if (parsed.GetRequiredValue(Sources).Count(source => source == FileSource.Stdin) > 1)
            throw new UsageException("SOURCE: stdin can be read only once");
    }

    /// <summary>The class of a name. A name that could lead to another folder is none.</summary>
    private static string ClassOf(string name)
    {
        var isPath = name.Any(c => c is '/' or '\\' or ':' || char.IsControl(c)) || name.Trim('.').Length == 0;
        return (isPath ? null : ApiIdentity.ClassOf(name)) ?? throw new UsageException($"--name: must be a name such as Deepgram, but is '{name}'");
    }

    /// <summary>Reads the documents; null where one of them is refused, which has been reported then.</summary>
    private static async Task<IReadOnlyList<DocumentReading>?> ReadAsync(Session session, IReadOnlyList<SourceDocument> documents, TextWriter output)
    {
        var readings = new List<DocumentReading>();
        foreach (var document in documents)
        {
            var reading = await DocumentReading.ReadAsync(document, session.Interruption.Asked);
            readings.Add(reading);
            if (reading.Complaint is { } complaint)
                session.Reporter.WriteLine(complaint);
        }
        var refused = readings.Where(reading => reading.Refusal is not null).ToList();
        foreach (var reading in refused)
        {
            new ProblemReport(reading.Problems, warnAsError: false).Print(output);
            session.Reporter.WriteLine($"{reading.Source.Name} was not added: {reading.Refusal}");
        }
        return refused.Count == 0 ? readings : null;
    }

    private static int ReportNothing(Session session)
    {
        session.Reporter.WriteLine("Nothing was added.");
        return ExitCode.ProblemsFound;
    }

    private static void Print(Addition addition, bool isWritten) => JsonOutput.Write(writer =>
    {
        if (addition.Documents.Count == 1)
        {
            AdditionText.Write(writer, addition, addition.Documents[0], isWritten);
            return;
        }
        writer.WriteStartArray();
        foreach (var added in addition.Documents)
            AdditionText.Write(writer, addition, added, isWritten);
        writer.WriteEndArray();
    });
}
