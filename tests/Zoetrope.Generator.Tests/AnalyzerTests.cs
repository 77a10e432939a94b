using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Zoetrope.Generator.Tooling;

namespace Zoetrope.Generator.Tests;

/// <summary>The companion analyzer: what editors show while a document is typed.</summary>
public class AnalyzerTests
{
    /// <summary>Documents with problems of every step.</summary>
    private static Spec[] Damaged =>
    [
        TestFiles.FalPage
            .Replace("- **`duration`** (`DurationEnum`, _optional_)", "- **`duration`** (`DurationEnum`, _required_)")
            .Replace("  - Default: `false`", "  - Default: `true`"),
        TestFiles.FalOpenApi.Replace("\"maxLength\": 2500", "\"maxLength\": \"2500\""),
        TestFiles.FalOpenApi with { Path = "specs/fal/zopy.json" },
        TestFiles.FalOpenApi with { Path = "specs/fal/cut.json", Text = TestFiles.FalOpenApi.Text[..2000] },
        TestFiles.FalPage
            .Replace("- **Model ID**: `fal-ai/kling-video/o3/pro/image-to-video`\n", "")
            .Replace("\n", "\r\n") with { Path = "specs/fal/no-id.md" },
        TestFiles.EachlabsPage with { Text = TestFiles.EachlabsPage.Text[..900].Replace("kling-o3-pro", "kling-o4-pro") },
        new("specs/conflict.md", "# é\u2028x\n<<<<<<< ours\n"),
        new("specs/other.txt", "\n\n  nothing of ours"),
        new("specs/empty.json", ""),
        Documents.FalOpenApi(
            "fal-ai/a/b",
            """{"p": {}, "q": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]}, "r": {"$ref": "#/nowhere"}, "s": {"$ref": "file:///etc/passwd"}}"""),
        Documents.FalOpenApi("fal-ai/a-b", """{"p": {"type": "string", "not": {}}, "p": 1}""") with { Path = "specs/z.json", Namespace = "not one" },
        TestFiles.KlingCatalog.Replace("\"eachlabs\": \"kling", "\"eachlabs\": \"no-kling"),
        new(
            "specs/specs.lock.json",
            """{"names": {"fal:fal-ai/kling-video/o3/pro/image-to-video#/$input/image_url": "1x", "fal:fal-ai/a/b": "class"}, "more": 1}"""),
    ];

    [Fact]
    public async Task It_says_what_the_generator_says_at_the_same_places()
    {
        var project = new Project(Damaged, properties: ("ZoetropeNamespace", "1x"));

        var analyzed = await project.AnalyzeAsync();
        var generated = project.Run().Diagnostics;

        Assert.Equal(generated.Select(Describe).Order(StringComparer.Ordinal), analyzed.Select(Describe).Order(StringComparer.Ordinal));
        // Readers, merging, names, types, the catalog and the project all have their share; new ids may join.
        string[] expected =
        [
            "ZT0001", "ZT0002", "ZT0007", "ZT0012", "ZT0017", "ZT0018", "ZT0019", "ZT0021", "ZT0030", "ZT0036", "ZT0052", "ZT0101", "ZT0104", "ZT0106",
            "ZT0110", "ZT0111", "ZT0114", "ZT0115",
            "ZT0120", "ZT0204",
        ];
        Assert.Empty(expected.Except(analyzed.Select(diagnostic => diagnostic.Id)));
    }

    /// <summary>Only equal ones are printed once where both run.</summary>
    [Fact]
    public async Task Its_diagnostics_equal_the_generators()
    {
        var project = new Project(Damaged);

        var both = (await project.AnalyzeAsync()).Concat(project.Run().Diagnostics).ToList();

        Assert.Equal(both.Count / 2, both.Distinct().Count());
    }

    [Fact]
    public async Task It_says_what_the_check_without_a_compiler_says()
    {
        var specs = Damaged.Select(spec => spec with { Namespace = null }).ToArray();

        var analyzed = await new Project(specs).AnalyzeAsync();
        var checkedAlone = SpecChecks.Run(specs.Select(spec => new SpecSource(spec.Path, spec.Text)), TestContext.Current.CancellationToken);

        Assert.Equal(
            checkedAlone.Select(problem =>
                (problem.Path, problem.Range.Start, problem.Range.Length, problem.Kind.Id, problem.Message, problem.Start.Line, problem.Start.Column)).Order(),
            analyzed.Select(one => (
                one.Location.GetLineSpan().Path, one.Location.SourceSpan.Start, one.Location.SourceSpan.Length, one.Id, one.GetMessage(),
                one.Location.GetLineSpan().StartLinePosition.Line + 1, one.Location.GetLineSpan().StartLinePosition.Character + 1)).Order());
    }

    [Theory]
    [InlineData("fal-openapi")]
    [InlineData("fal-pages")]
    [InlineData("eachlabs-pages")]
    [InlineData("openapi")]
    public async Task It_says_what_the_generator_says_about_real_documents(string folder)
    {
        var specs = TestFiles.Corpus(folder).Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path))).ToArray();
        var project = new Project(specs);

        var analyzed = await project.AnalyzeAsync();

        Assert.NotEmpty(analyzed);
        Assert.Equal(project.Run().Diagnostics.Select(Describe).Order(StringComparer.Ordinal), analyzed.Select(Describe).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// What editors ask for: the problems of the open document, without waiting for the end of the compilation. Those between documents are among them.
    /// </summary>
    [Fact]
    public async Task Each_document_has_its_own_problems()
    {
        var project = new Project(Damaged);
        var analyzer = project.Analyzer();
        var all = new List<Diagnostic>();
        foreach (var text in project.Texts)
        {
            var found = await analyzer.GetAnalysisResultAsync(text, TestContext.Current.CancellationToken);
            Assert.All(found.GetAllDiagnostics(), diagnostic => Assert.Equal(text.Path, diagnostic.Location.GetLineSpan().Path));
            all.AddRange(found.GetAllDiagnostics());
        }

        Assert.Contains(all, diagnostic => diagnostic.Id == "ZT0101");
        Assert.Contains(all, diagnostic => diagnostic.Id == "ZT0120");
        Assert.Equal(project.Run().Diagnostics.Select(Describe).Order(StringComparer.Ordinal), all.Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_edit_shows_at_once_in_every_document_that_it_concerns()
    {
        var project = new Project(TestFiles.Kling);
        AdditionalText[] texts = [.. project.Texts];
        Assert.DoesNotContain(await Of(texts, 0), diagnostic => diagnostic.Id == "ZT0105");

        const string Title = "\"title\": \"End Image Url\",\n            \"anyOf\": [\n              {\n                \"type\": ";
        var edit = TestFiles.Kling[1].Replace(Title + "\"string\"", Title + "\"boolean\"");
        // The OpenAPI document is edited; the page, which stays as it is, gets the squiggle, and loses it when the edit is undone.
        AdditionalText[] edited = [texts[0], new SpecText(edit), .. texts[2..]];
        var reported = Assert.Single(await Of(edited, 0), diagnostic => diagnostic.Id == "ZT0105");
        Assert.StartsWith("'end_image_url' is string here but boolean at kling-video-o3-pro-image-to-video.json(", reported.GetMessage());
        Assert.DoesNotContain(await Of(texts, 0), diagnostic => diagnostic.Id == "ZT0105");

        async Task<ImmutableArray<Diagnostic>> Of(AdditionalText[] all, int index) =>
            (await project.Analyzer(texts: all).GetAnalysisResultAsync(all[index], TestContext.Current.CancellationToken)).GetAllDiagnostics();
    }

    [Fact]
    public async Task Each_document_is_taken_once_however_many_there_are()
    {
        var project = new Project(Damaged);

        await project.AnalyzeAsync();

        Assert.All(project.Texts, text => Assert.Equal(1, text.Taken));
    }

    [Fact]
    public async Task Files_that_are_not_documents_are_left_alone()
    {
        var project = new Project([new("readme.json", "{", IsDocument: false)]);

        Assert.Empty(await project.AnalyzeAsync());
        Assert.Equal(0, project.Texts[0].Taken);
    }

    [Theory]
    [InlineData(ReportDiagnostic.Error, DiagnosticSeverity.Error)]
    [InlineData(ReportDiagnostic.Info, DiagnosticSeverity.Info)]
    [InlineData(ReportDiagnostic.Hidden, DiagnosticSeverity.Hidden)]
    [InlineData(ReportDiagnostic.Suppress, null)]
    public async Task Severities_are_the_projects(ReportDiagnostic set, DiagnosticSeverity? expected)
    {
        var project = new Project(Damaged);
        project.Compilation = project.Compilation.WithOptions(project.Compilation.Options.WithSpecificDiagnosticOptions([new("ZT0101", set)]));

        Assert.Equal(expected, (await project.AnalyzeAsync()).SingleOrDefault(diagnostic => diagnostic.Id == "ZT0101")?.Severity);
        Assert.Equal(expected, project.Run().Diagnostics.SingleOrDefault(diagnostic => diagnostic.Id == "ZT0101")?.Severity);
    }

    private static string Describe(Diagnostic diagnostic) =>
        $"{diagnostic.Location.GetLineSpan().Path}{diagnostic.Location.GetLineSpan().Span} {diagnostic.DefaultSeverity} {diagnostic.Id}: {diagnostic.GetMessage()}";
}
