using System.CommandLine;
using System.Text;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Vendoring;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs list [FOLDER]</c>: lists the vendored documents.</summary>
internal static class SpecsListCommand
{
    private static readonly string[] _columns = ["PATH", "PROVIDER", "KIND", "NAME", "DATE", "STATE", "ORIGIN"];

    private static readonly Argument<string> Folder = VendoringOptions.Folder();

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the documents as JSON.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("list", "Lists the vendored documents: path, provider, kind, C# name, date, origin, and whether a file is as specs.lock.json "
            + "has it. Without a terminal, columns are separated by tabs, and there is no line of headings.")
        {
            Folder, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => Task.FromResult(Run(session, parsed))));
        return command;
    }

    private static int Run(Session session, ParseResult parsed)
    {
        var path = VendoringOptions.RequireFolder(parsed, Folder);
        var folder = new VendoredFolder(path, session.Interruption.Asked);
        var locked = LockFile.ReadLock(path, session.Interruption.Asked, out var damage);
        if (damage is { HasErrors: true })
        {
            damage.Print(Console.Error);
            return ExitCode.ProblemsFound;
        }
        var rows = ListedDocument.Of(folder, locked);
        if (parsed.GetValue(Json))
            Write(rows);
        else
            Console.Out.Write(Console.IsOutputRedirected ? Lines(rows.Select(Cells)) : Table([_columns, .. rows.Select(Cells)]));
        return ExitCode.Done;
    }

    private static string[] Cells(ListedDocument row) =>
        [row.Path, row.Provider ?? "", row.Kind, row.Name ?? "", row.Locked?.Date ?? "", row.State, row.Locked?.Origin ?? ""];

    private static string Lines(IEnumerable<string[]> rows) => string.Concat(rows.Select(row => string.Join('\t', row.Select(Printable.Of)) + "\n"));

    private static string Table(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, _columns.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(string.Join("  ", row.Select((cell, column) => Printable.Of(cell).PadRight(widths[column]))).TrimEnd()).Append('\n');
        return text.ToString();
    }

    private static void Write(IReadOnlyList<ListedDocument> rows) => JsonOutput.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("path", row.Path);
            writer.WriteString("provider", row.Provider);
            writer.WriteString("kind", row.Kind);
            writer.WriteString("document", row.Document);
            writer.WriteString("name", row.Name);
            writer.WriteString("origin", row.Locked?.Origin);
            writer.WriteString("date", row.Locked?.Date);
            writer.WriteString("sha256", row.Locked?.Sha256);
            writer.WriteString("state", row.State);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
