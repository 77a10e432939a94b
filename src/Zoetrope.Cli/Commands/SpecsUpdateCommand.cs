using System.CommandLine;
using System.Globalization;
using Zoetrope.Cli.Vendoring;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs update [FOLDER]</c>: fetches what has changed.</summary>
internal static class SpecsUpdateCommand
{
    private static readonly Argument<string> Folder = VendoringOptions.Folder();

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Write nothing; exit with 1 if a document has changed, or could not be fetched.",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Prints what has changed as JSON on stdout. Problems then go to stderr.",
    };

    private static readonly Option<bool> DryRun = VendoringOptions.DryRun();

    private static readonly Option<Uri?> Server = VendoringOptions.Server();

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("update", "Asks the servers of all documents whose origin is a URL, rewrites the files that have changed, and updates "
            + "specs.lock.json: all of it, or nothing if anything fails. Names stay as they are. Prints what changed, and which documents are not updated.")
        {
            Folder, Check, DryRun, Server, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var cancellationToken = session.Interruption.Asked;
        var folder = new VendoredFolder(VendoringOptions.RequireFolder(parsed, Folder), cancellationToken);
        var output = parsed.GetValue(Json) ? Console.Error : Console.Out;
        var locked = LockFile.ReadLock(folder.Path, cancellationToken, out var damage);
        damage?.Print(output);
        if (locked is null && damage is null)
            throw new UsageException([$"FOLDER: '{folder.Path}' has no {LockFile.Name}"], [$"`zoetrope specs lock {folder.Path}` writes it."]);
        if (locked is null)
            return ReportNothing(session);

        var items = UpdateItem.Of(folder, locked.Files);
        var update = await SpecUpdate.FetchAsync(folder, items, parsed.GetValue(Server), session.Reporter.WriteLine, cancellationToken);
        foreach (var report in update.Problems)
            report.Print(output);
        foreach (var item in items.Where(item => item.Reason is not null))
            session.Reporter.WriteLine($"{item.Path} is not updated: {item.Reason}");
        foreach (var failure in update.Failures)
            session.Reporter.WriteLine($"{failure.Path} cannot be updated: {failure.Message}");
        var isWritten = update.Failures.Count == 0 && !parsed.GetValue(Check) && !parsed.GetValue(DryRun);
        if (update.Failures.Count == 0 && !Apply(session, folder, update, output, isWritten))
            return ReportNothing(session);
        if (parsed.GetValue(Json))
            UpdateJson.Write(update, isWritten);
        if (update.Failures.Count > 0)
            return ReportNothing(session);
        Summarize(session, update, isWritten);
        return parsed.GetValue(Check) && update.Changed.Count > 0 ? ExitCode.ProblemsFound : ExitCode.Done;
    }

    /// <summary>Says what has changed, and writes it; false where the lock file cannot be made.</summary>
    private static bool Apply(Session session, VendoredFolder folder, SpecUpdate update, TextWriter output, bool isWritten)
    {
        if (update.Changed.Count == 0 && (update.Remembered.Count == 0 || !isWritten))
            return true;
        var addition = Addition.Complete(
            folder, [.. update.Changed, .. update.Remembered], VendoringOptions.UnknownOrigin, VendoringOptions.Today(), session.Interruption.Asked);
        if (addition.LockFile.Report.HasErrors)
        {
            addition.LockFile.Report.Print(output);
            return false;
        }
        foreach (var changed in update.Changed)
        {
            session.Reporter.WriteLine($"{changed.Path} has changed: {VendoredNames.Describe(changed.Document)}");
            foreach (var line in DocumentChanges.Between(changed.Former!, changed.Document))
                session.Reporter.WriteLine("  " + line);
        }
        foreach (var line in addition.LockFile.Moved)
            session.Reporter.WriteLine("  " + line);
        if (isWritten)
        {
            session.Interruption.Asked.ThrowIfCancellationRequested();
            addition.Write();
        }
        return true;
    }

    private static void Summarize(Session session, SpecUpdate update, bool isWritten)
    {
        var asked = update.Items.Count(item => item.Url is not null);
        var verb = update.Changed.Count == 0 || isWritten ? "updated" : "changed, and nothing was written";
        session.Reporter.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{update.Changed.Count} of {asked} document{(asked == 1 ? "" : "s")} {verb}; {update.Items.Count - asked} not asked for."));
    }

    private static int ReportNothing(Session session)
    {
        session.Reporter.WriteLine("Nothing was updated.");
        return ExitCode.ProblemsFound;
    }
}
