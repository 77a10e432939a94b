using System.Globalization;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Tests.Jobs;

/// <summary>The table of providers in the documentation, which is made from their declarations; with UPDATE_SNAPSHOTS=1 it is written.</summary>
public class ProviderTableTests
{
    private const string Begin = "<!-- providers -->\n";
    private const string End = "<!-- /providers -->";

    private const string Header = """
        | provider | package | models with types | cancels a job | states the cost | webhooks | repeats a submit with a key |
        |---|---|---|---|---|---|---|

        """;

    // These have protocols of their own.
    private static readonly string _handwritten = $"""
        | [fal](https://fal.ai) | `Zoetrope.Fal` | {ModelsOf("fal")}, any other by page or document | yes | in billed units, at the end | yes, signed | no |
        | [Eachlabs](https://www.eachlabs.ai) | `Zoetrope.Eachlabs` | {ModelsOf("eachlabs")}, any other by page | yes | in USD, at the end | yes, with a secret | no |

        """;

    private static readonly string _page = Path.Combine(Repository.Root, "docs", "providers.md");

    public static TheoryData<string> Declarations =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "specs"), "*.jobs.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void A_declaration_is_right_about_its_document(string path)
    {
        var reading = Read(path);

        Assert.Empty(reading.Problems.Concat(reading.DocumentProblems).Where(problem => problem.Kind.Id != "ZT0309").Select(problem => problem.Message));
        Assert.NotNull(reading.Description);
    }

    [Fact]
    public void The_table_of_the_page_is_that_of_the_declarations()
    {
        var table = Header + _handwritten + string.Concat(Declarations.Select(row => Row(Read(row.Data).Description!)));
        var page = File.ReadAllText(_page);
        var start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(start >= Begin.Length && end >= start, "The page has no markers of the table.");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(_page, page[..start] + table + page[end..]);

        Assert.Equal(table, File.ReadAllText(_page)[start..^(page.Length - end)]);
    }

    /// <summary>How many models the documents of a folder describe.</summary>
    private static int ModelsOf(string provider) => Directory.EnumerateFiles(Path.Combine(Repository.Root, "specs", provider))
        .Select(path => SpecReader.Read(File.ReadAllText(path)).Document?.Endpoint?.Id).Where(id => id is not null).Distinct().Count();

    private static string Row(JobsDescription jobs) =>
        $"| {jobs.DisplayName} | `Zoetrope.{jobs.DisplayName}` "
        + $"| {jobs.Models.Count.ToString(CultureInfo.InvariantCulture)}{(jobs.AnyModel is null ? "" : ", and any other by id")} "
        + $"| {Cancel(jobs)} | {Cost(jobs)} | {Webhook(jobs)} | {(jobs.Idempotency is null ? "no" : "yes")} |\n";

    private static string Cancel(JobsDescription jobs) => jobs switch
    {
        { Cancel: null } => "no",
        { CancelsOnlyQueued: true } => "while it is queued",
        { CancelsOnlyRecord: true } => "no, only the record",
        _ => "yes",
    };

    private static string Webhook(JobsDescription jobs) => jobs switch
    {
        { Webhook: null } => "no",
        { WebhookSignature: null } => "posted, no receiver",
        { WebhookSignature.Scheme: WebhookScheme.None } => "yes, unsigned",
        { WebhookSignature.Scheme: WebhookScheme.SecretHeader } => "yes, with a secret",
        _ => "yes, signed",
    };

    private static string Cost(JobsDescription jobs)
    {
        var costs = new List<string>();
        if (jobs.SubmitCost is { } first)
            costs.Add((first.IsCeiling ? "at most, " : "") + UnitOf(first) + ", at the submit");
        if (jobs.StatusCost is { } last)
            costs.Add(UnitOf(last) + ", at the end");
        return costs.Count == 0 ? "no" : string.Join("; ", costs);
    }

    private static string UnitOf(CostRule cost) => cost.Unit switch
    {
        null => "in the unit that it states",
        "usd" => "in USD",
        var unit => "in " + unit,
    };

    private static JobsReading Read(string path)
    {
        var full = Path.Combine(Repository.Root, path);
        var text = File.ReadAllText(full);
        var files = SpecReader.Read(text).Document!.Declaration!;
        return JobsReader.Read(
            new(Path.GetFileName(full), text), DeclaredDocuments.Merge([.. files.Documents.Select(Named)], EquatableArray<string>.Empty),
            files.Schemas is { } schemas ? Named(schemas) : null);

        NamedDocument Named(string name) => new(name, File.ReadAllText(Path.Combine(Path.GetDirectoryName(full)!, name)));
    }
}
