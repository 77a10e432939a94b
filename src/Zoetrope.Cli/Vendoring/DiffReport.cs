using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Tooling;

namespace Zoetrope.Cli.Vendoring;

/// <summary>The changes between two versions of documents, as a person or a program reads them.</summary>
/// <param name="diff">The changes.</param>
/// <param name="former">The old version.</param>
/// <param name="latter">The new version.</param>
internal sealed class DiffReport(SpecDiff diff, SpecVersion former, SpecVersion latter)
{
    // A pull request's text has at most 65,536 characters.
    private const int MostInMarkdown = 200;

    private static readonly (ChangeImpact Impact, string Title)[] _impacts =
    [
        (ChangeImpact.Breaking, "Breaking"), (ChangeImpact.Compatible, "Compatible"), (ChangeImpact.Documentation, "Documentation"),
    ];

    /// <summary>The step in a word.</summary>
    public string Step => diff.Step.ToString().ToLowerInvariant();

    /// <summary>How many changes of each kind there are, and the version step.</summary>
    public string Summary => diff.Changes.Count == 0
        ? "Nothing of the generated code changes."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(ChangeImpact.Breaking)} breaking, {Count(ChangeImpact.Compatible)} compatible, {Count(ChangeImpact.Documentation)} of documentation: "
            + $"a {Step} version.");

    /// <summary>A line for each change, with its position.</summary>
    public IEnumerable<string> Lines() => diff.Changes.Select(change => Printable.Of(
        $"{LocationOf(change)}{Word(change.Impact)} ({Word(change.Area)}): {change.Symbol}: {change.Message}"));

    /// <summary>The changes for a pull request.</summary>
    public string Markdown()
    {
        var text = new StringBuilder($"{Summary}\n");
        var left = MostInMarkdown;
        foreach (var (impact, title) in _impacts)
        {
            var changes = diff.Changes.Where(change => change.Impact == impact).ToList();
            if (changes.Count == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"\n### {title} ({changes.Count})\n\n");
            foreach (var change in changes.Take(left))
            {
                var location = change.Path.Length == 0 ? "" : $" ({Code(LineOf(change))})";
                text.Append(CultureInfo.InvariantCulture, $"- {Code(change.Symbol)}: {Escape(change.Message)}{location}\n");
            }
            if (changes.Count > left)
                text.Append(CultureInfo.InvariantCulture, $"- and {changes.Count - left} more\n");
            left = Math.Max(left - changes.Count, 0);
        }
        return text.ToString();
    }

    /// <summary>The changes as JSON.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("old", former.Name);
        writer.WriteString("new", latter.Name);
        writer.WriteString("step", Step);
        writer.WriteStartArray("changes");
        foreach (var change in diff.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("impact", Word(change.Impact));
            writer.WriteString("area", Word(change.Area));
            writer.WriteString("symbol", change.Symbol);
            writer.WriteString("message", change.Message);
            if (change.Path.Length > 0)
            {
                writer.WriteString("path", PathOf(change));
                writer.WriteNumber("line", change.Start.Line);
                writer.WriteNumber("column", change.Start.Column);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private int Count(ChangeImpact impact) => diff.Changes.Count(change => change.Impact == impact);

    private string PathOf(SpecChange change) => (change.IsGone ? former.Prefix : latter.Prefix) + change.Path;

    private string LineOf(SpecChange change) => string.Create(CultureInfo.InvariantCulture, $"{PathOf(change)}:{change.Start.Line}");

    private string LocationOf(SpecChange change) => change.Path.Length == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{PathOf(change)}({change.Start.Line},{change.Start.Column}): ");

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Code(string text) => text.Contains('`', StringComparison.Ordinal) ? Escape(text) : $"`{Printable.Of(text)}`";

    /// <summary>What a document says must neither format nor link anything.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var unit in Printable.Of(text))
        {
            if (unit is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '@' or '~' or '&' or '!')
                escaped.Append('\\');
            escaped.Append(unit);
        }
        return escaped.ToString();
    }
}
