using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests.Jobs;

/// <summary>Declarations whose documents are pages: everything that is wrong is at its line of its page.</summary>
public class PageDeclarationTests
{
    private static readonly Spec _declaration = File("minimax.jobs.json");

    private static readonly Spec _create = File("create-video.md");

    private static readonly Spec _query = File("query-task.md");

    private static readonly Spec _delete = File("delete-task.md");

    [Fact]
    public void Pages_make_one_client_of_jobs_and_one_of_operations()
    {
        var generated = new Project([_declaration, _create, _query, _delete], references: false).Run();

        Assert.Empty(generated.Diagnostics.Where(found => found.Severity != DiagnosticSeverity.Hidden));
        Assert.Empty(generated.Errors());
        Assert.Contains("Demo.Models.MiniMaxClient.g.cs", generated.Sources.Keys);
        Assert.Single(generated.Sources.Keys, name => name.EndsWith("ApiClient.g.cs", StringComparison.Ordinal));
        Assert.Equal(
            ["VideoGenerationV2Create", "VideoGenerationV2Delete", "VideoGenerationV2Query"],
            generated.Sources.Keys.Where(name => name.StartsWith("Demo.Models.MiniMaxApi.V", StringComparison.Ordinal))
                .Select(name => name.Split('.')[3]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_order_of_files_makes_no_difference()
    {
        var one = new Project([_declaration, _create, _query, _delete], references: false).Run();
        var other = new Project([_delete, _query, _create, _declaration], references: false).Run();

        Assert.Equal(one.Sources.OrderBy(source => source.Key, StringComparer.Ordinal), other.Sources.OrderBy(source => source.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_is_all_of_its_pages()
    {
        var declaration = _declaration.Replace("[\"create-video.md\", \"query-task.md\", \"delete-task.md\"]", "\"pages/\"");
        var generated = new Project([declaration, .. new[] { _create, _query, _delete }.Select(Below)], references: false).Run();

        Assert.Empty(generated.Diagnostics.Where(found => found.Id.StartsWith("ZT03", StringComparison.Ordinal)));
        Assert.Contains("Demo.Models.MiniMaxClient.g.cs", generated.Sources.Keys);

        static Spec Below(Spec page) => page with { Path = page.Path.Replace("minimax/", "minimax/pages/", StringComparison.Ordinal) };
    }

    [Theory]
    [InlineData("\"query-task.md\"", "\"other-task.md\"", "ZT0303", "\"other-task.md\"")]
    [InlineData("\"/task/content\"", "\"/task/file\"", "ZT0305", "\"/task/file\"")]
    [InlineData("\"videoGenerationV2Delete\"", "\"remove\"", "ZT0304", "\"remove\"")]
    public void What_is_wrong_in_the_declaration_is_at_its_line(string text, string replacement, string id, string at)
    {
        var changed = _declaration.Replace(text, replacement);
        var found = Assert.Single(
            new Project([changed, _create, _query, _delete], references: false).Run().Diagnostics, found => found.Id == id);

        Assert.Equal((changed.Path, changed.PlaceOf(at).Line), PlaceOf(found));
    }

    [Fact]
    public void A_word_without_a_meaning_is_at_its_line_of_its_page()
    {
        var found = Assert.Single(
            new Project([_declaration.Replace("    \"running\": \"running\",\n", ""), _create, _query, _delete], references: false).Run().Diagnostics);

        Assert.Equal(("ZT0308", (_query.Path, _query.PlaceOf("- running\n").Line)), (found.Id, PlaceOf(found)));
    }

    [Fact]
    public void A_page_that_contradicts_another_is_reported_at_its_line()
    {
        var other = _delete.Replace("# Cancel or delete a task", "# Another title") with { Path = "specs/minimax/remove-task.md" };
        var diagnostics = new Project([_create, _query, _delete, other], references: false).Run().Diagnostics;

        var found = Assert.Single(diagnostics);
        Assert.Equal(("ZT0035", (other.Path, other.PlaceOf("    delete:\n").Line)), (found.Id, PlaceOf(found)));
    }

    [Fact]
    public void What_binding_finds_is_at_the_page_that_says_it()
    {
        const string Member = "        duration:\n          type: integer\n";
        var query = _query.Replace(Member, Member + "        extra: {}\n");
        var diagnostics = new Project([_declaration, _create, query, _delete], references: false).Run().Diagnostics;

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, found => Assert.Equal(("ZT0111", (query.Path, query.PlaceOf("extra: {}").Line)), (found.Id, PlaceOf(found))));
    }

    private static (string Path, int Line) PlaceOf(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return (span.Path, span.StartLinePosition.Line + 1);
    }

    private static Spec File(string name) =>
        new("specs/minimax/" + name, System.IO.File.ReadAllText(Path.Combine(TestFiles.Root, "tests", "Zoetrope.Jobs.Tests", "specs", "minimax", name)));
}
