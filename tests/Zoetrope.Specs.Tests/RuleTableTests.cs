using System.Text;
using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>The documented table of forms.</summary>
public class RuleTableTests
{
    private const string Begin = "<!-- forms -->\n";
    private const string End = "<!-- /forms -->";

    [Fact]
    public void The_documentation_has_every_form()
    {
        var path = Path.Combine(TestFiles.Root, "docs", "rules.md");
        var text = File.ReadAllText(path);
        var (start, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var table = Table();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, text[..start] + table + text[end..]);
        else
            Assert.Equal(table, text[start..end]);
    }

    [Fact]
    public void Every_form_has_a_name_of_its_own() =>
        Assert.Equal(RuleForms.All.Count, RuleForms.All.Select(form => form.Name).Distinct(StringComparer.Ordinal).Count());

    private static string Table()
    {
        var table = new StringBuilder("| form | at | example | rule |\n|---|---|---|---|\n");
        foreach (var form in RuleForms.All)
        {
            var example = form.Examples[0];
            table.Append($"| {form.Name}{(form.IsSoft ? " (soft)" : "")} | `{example.Member}` | {Cell(example.Sentence)} | `{example.Formula.Replace("|", "\\|", StringComparison.Ordinal)}` |\n");
        }
        return table.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);
}
