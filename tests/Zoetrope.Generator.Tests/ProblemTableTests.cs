using System.Text.RegularExpressions;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Generator.Tests;

/// <summary>The table of problems in <c>generator/README.md</c>, to which the help links of all diagnostics lead.</summary>
public partial class ProblemTableTests
{
    private static readonly IReadOnlyList<ProblemKind> _kinds =
    [
        .. new[] { typeof(Problems), typeof(JobsProblems), typeof(GeneratorProblems) }.SelectMany(type => type.GetFields())
            .Select(field => field.GetValue(null)).OfType<ProblemKind>(),
    ];

    private static readonly string _readme = File.ReadAllText(Path.Combine(TestFiles.Root, CompilerDiagnostics.Help));

    [Fact]
    public void Every_id_is_unique() => Assert.Equal(_kinds.Count, _kinds.Select(kind => kind.Id).Distinct().Count());

    [Fact]
    public void The_table_has_each_id_once_with_its_severity_and_title_in_order() => Assert.Equal(
        _kinds
            .OrderBy(kind => kind.Id, StringComparer.Ordinal)
            .Select(kind => (kind.Id.ToLowerInvariant(), kind.Id, kind.Severity.ToString().ToLowerInvariant(), kind.Title)),
        Rows().Select(row => (row["anchor"].Value, row["id"].Value, row["severity"].Value, row["title"].Value)));

    /// <summary>
    /// Builds that treat warnings as errors go on in spite of all that providers do; a new warning belongs in the list of the targets, or is named above the
    /// table.
    /// </summary>
    [Fact]
    public void Every_warning_is_kept_or_named_as_the_projects_own()
    {
        var targets = File.ReadAllText(Path.Combine(TestFiles.Root, "generator/Zoetrope.Generator/build/Zoetrope.Generator.targets"));
        var kept = KeptWarnings().Match(targets).Groups["ids"].Value.Split(';', StringSplitOptions.TrimEntries);
        var own = OwnWarnings().Match(_readme).Groups["ids"].Value.Split(' ', ',').Where(word => word.StartsWith("ZT", StringComparison.Ordinal));

        Assert.Equal(
            _kinds.Where(kind => kind.Severity == ProblemSeverity.Warning).Select(kind => kind.Id).Order(StringComparer.Ordinal),
            kept.Concat(own).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("_ZoetropeWarning Include=\"(?<ids>[^\"]*)\"")]
    private static partial Regex KeptWarnings();

    [GeneratedRegex(@"Of the warnings below only (?<ids>[^.]*?) (is|are) about a file\s+of\s+the\s+project's own")]
    private static partial Regex OwnWarnings();

    [Fact]
    public void Each_row_states_cause_and_cure() => Assert.All(Rows(), row =>
    {
        Assert.Matches(@"^[A-Z`].{15,}\.$", row["cause"].Value);
        Assert.Matches(@"^[A-Z`].{15,}\.$", row["cure"].Value);
        Assert.NotEqual(row["cause"].Value, row["cure"].Value);
    });

    [Fact]
    public void Every_line_that_names_an_id_in_its_first_cell_is_a_whole_row() =>
        Assert.Equal(_readme.Split('\n').Count(line => line.StartsWith("| <a id=", StringComparison.Ordinal)), Rows().Count);

    [Fact]
    public void Release_notes_have_the_same_rows() => Assert.Equal(
        _kinds.OrderBy(kind => kind.Id, StringComparer.Ordinal).Select(kind => $"{kind.Id} | Zoetrope | {kind.Severity} | {kind.Title}"),
        File.ReadAllLines(Path.Combine(TestFiles.Root, "generator", "Zoetrope.Generator", "AnalyzerReleases.Unshipped.md")).Where(
            line => line.StartsWith("ZT", StringComparison.Ordinal) && line[2] is >= '0' and <= '9' && line.Contains('|')));

    [Fact]
    public void Help_links_lead_to_the_anchors_of_the_table()
    {
        Assert.Equal(_kinds.Count, CompilerDiagnostics.All.Length);
        Assert.All(CompilerDiagnostics.All, descriptor =>
        {
            var (file, anchor) = descriptor.HelpLinkUri.Split('#') is [var before, var after] ? (before, after) : ("", "");
            Assert.True(File.Exists(Path.Combine(TestFiles.Root, file)), descriptor.HelpLinkUri);
            Assert.Contains($"<a id=\"{anchor}\"></a>{descriptor.Id} |", _readme);
        });
    }

    private static List<GroupCollection> Rows() => [.. Row().Matches(_readme).Select(match => match.Groups)];

    [GeneratedRegex(@"^\| <a id=""(?<anchor>\w+)""></a>(?<id>ZT\d{4}) \| (?<severity>\w+) \| (?<title>[^|]+) \| (?<cause>[^|]+) \| (?<cure>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
