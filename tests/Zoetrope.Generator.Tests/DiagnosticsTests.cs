using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Zoetrope.Generator.Tests;

public class DiagnosticsTests
{
    [Fact]
    public void The_vendored_documents_have_no_problems_but_information() =>
        Assert.All(new Project(TestFiles.Kling).Run().Diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity));

    [Fact]
    public void The_catalog_states_what_a_provider_does_not_take()
    {
        var diagnostics = new Project(TestFiles.Kling).Run().Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0121").ToList();

        Assert.Contains(
            "'kling-o3-pro-image-to-video': eachlabs does not support more than 5 items in 'multi_prompt'",
            diagnostics.Select(diagnostic => diagnostic.GetMessage()));
        Assert.Contains(
            "'kling-o3-pro-image-to-video': eachlabs does not support data URIs and other URLs than public https ones in 'image_url'",
            diagnostics.Select(diagnostic => diagnostic.GetMessage()));
        Assert.All(diagnostics, diagnostic =>
            Assert.Equal(("specs/catalog.json", 3), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1)));
    }

    [Fact]
    public void A_required_parameter_deleted_from_the_page_is_reported_at_its_schema()
    {
        var page = TestFiles.FalPage;
        var start = page.Text.IndexOf("- **`image_url`**", StringComparison.Ordinal);
        var end = page.Text.IndexOf("- **`end_image_url`**", StringComparison.Ordinal);
        var cut = page with { Text = page.Text.Remove(start, end - start) };

        var diagnostic = Single("ZT0102", cut, TestFiles.FalOpenApi);

        var (line, column) = TestFiles.FalOpenApi.PlaceOf("\"image_url\": {");
        AssertAt(diagnostic, cut, cut.PlaceOf("### Input Schema"));
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.DefaultSeverity);
        Assert.Equal(
            $"The required parameter 'image_url' is missing in this document, but described at kling-video-o3-pro-image-to-video.json({line},{column}); restore it, or update both documents",
            diagnostic.GetMessage());
    }

    [Fact]
    public void A_page_without_its_model_id_is_an_error_in_the_page()
    {
        var page = TestFiles.FalPage.Replace("- **Model ID**: `fal-ai/kling-video/o3/pro/image-to-video`\n", "");
        var generated = new Project([page, TestFiles.FalOpenApi, TestFiles.EachlabsPage]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(page.Path, diagnostic.Location.GetLineSpan().Path);
        Assert.Equal("ZT0030", diagnostic.Id);
        AssertAt(diagnostic, page, page.PlaceOf("## Overview"));
        // The OpenAPI document and the other provider's page still generate, with their index and what lets them win over the packages' models.
        Assert.Equal(4, generated.Sources.Count);
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_new_value_becomes_a_member_and_the_page_that_lacks_it_is_reported()
    {
        var openApi = TestFiles.FalOpenApi with
        {
            Text = ReplaceFirst(TestFiles.FalOpenApi.Text, "              \"15\"\n", "              \"15\",\n              \"16\"\n")
        };
        var generated = new Project([TestFiles.FalPage, openApi]).Run();

        Assert.Contains("public static Duration Seconds16 => new(\"16\");", generated.Source("Demo.Models.KlingVideoO3ProImageToVideo.g.cs"));
        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0103");
        var (line, column) = openApi.PlaceOf("\"duration\": {");
        AssertAt(diagnostic, TestFiles.FalPage, NameIn(TestFiles.FalPage, "duration"));
        Assert.Equal(
            $"The values of 'duration' differ: none only here, \"16\" only at kling-video-o3-pro-image-to-video.json({line},{column}); the OpenAPI document is used",
            diagnostic.GetMessage());
    }

    [Theory]
    [InlineData("- **`duration`** (`DurationEnum`, _optional_)", "- **`duration`** (`DurationEnum`, _required_)", "ZT0101", "duration", "'duration' is required here but optional at ")]
    [InlineData("- **`end_image_url`** (`string`, _optional_)", "- **`end_image_url`** (`boolean`, _optional_)", "ZT0105", "end_image_url", "'end_image_url' is boolean here but string at ")]
    [InlineData("  - Default: `false`", "  - Default: `true`", "ZT0104", "generate_audio", "The default of 'generate_audio' is true here but false at ")]
    public void Contradictions_show_both_places(string old, string replacement, string id, string parameter, string message)
    {
        var page = TestFiles.FalPage.Replace(old, replacement);

        var diagnostic = Single(id, page, TestFiles.FalOpenApi);

        var (line, column) = TestFiles.FalOpenApi.PlaceOf($"\"{parameter}\": {{");
        AssertAt(diagnostic, page, NameIn(page, parameter));
        Assert.Equal($"{message}kling-video-o3-pro-image-to-video.json({line},{column}); the OpenAPI document is used", diagnostic.GetMessage());
    }

    [Fact]
    public void Two_documents_of_one_kind_are_an_error_that_names_both()
    {
        var copy = TestFiles.FalOpenApi with { Path = "specs/fal/zopy.json" };

        var diagnostic = Single("ZT0106", TestFiles.FalOpenApi, copy);

        Assert.Equal((DiagnosticSeverity.Error, "specs/fal/zopy.json"), (diagnostic.Severity, diagnostic.Location.GetLineSpan().Path));
        Assert.Contains("kling-video-o3-pro-image-to-video.json(1,1)", diagnostic.GetMessage());
    }

    [Fact]
    public void A_type_that_nothing_describes_is_information_and_raw_json()
    {
        var generated = new Project([TestFiles.FalPage]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0110");
        AssertAt(diagnostic, TestFiles.FalPage, NameIn(TestFiles.FalPage, "multi_prompt"));
        Assert.Contains("IReadOnlyList<global::Zoetrope.Json.RawJson>? MultiPrompt", generated.Source("Demo.Models.KlingVideoO3ProImageToVideo.g.cs"));
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_broken_document_does_not_take_the_others_with_it()
    {
        var broken = TestFiles.FalOpenApi with { Path = "specs/fal/broken.json", Text = TestFiles.FalOpenApi.Text[..2000] };
        var generated = new Project([broken, new("specs/noise.bin", "\0\u0001 nothing"), TestFiles.FalPage, TestFiles.EachlabsPage]).Run();

        Assert.Equal(["specs/fal/broken.json", "specs/noise.bin"], generated.Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Location.GetLineSpan().Path)
            .Distinct()
            .Order());
        Assert.Equal(4, generated.Sources.Count);
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_catalog_entry_without_documents_is_reported()
    {
        var diagnostic = Single("ZT0120", TestFiles.FalPage, TestFiles.KlingCatalog);

        Assert.Equal(
            "The model 'kling-o3-pro-image-to-video' is 'kling-o3-pro-image-to-video' at eachlabs, but no document describes that endpoint; the route is omitted",
            diagnostic.GetMessage());
        AssertAt(diagnostic, TestFiles.KlingCatalog, TestFiles.KlingCatalog.PlaceOf("\"kling-o3-pro-image-to-video\": {"));
    }

    [Fact]
    public void An_old_language_version_is_an_error_and_nothing_is_generated()
    {
        var generated = new Project(TestFiles.Kling, LanguageVersion.CSharp10).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0201");
        Assert.Contains("is 10;", diagnostic.GetMessage());
        Assert.Empty(generated.Sources);
    }

    [Fact]
    public void A_project_without_the_core_is_reported()
    {
        var generated = new Project([TestFiles.FalPage], references: false, core: false).Run();

        Assert.Equal(
            "specs/fal/kling-video-o3-pro-image-to-video.md",
            Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0202").Location.GetLineSpan().Path);
        Assert.Empty(generated.Sources);
    }

    [Fact]
    public void Without_the_provider_package_the_models_are_generated_alone()
    {
        var generated = new Project(TestFiles.Kling, references: false).Run();

        Assert.Equal(2, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0203"));
        Assert.DoesNotContain("FalClient", generated.Source("Demo.Fal.KlingVideoO3ProImageToVideo.g.cs"));
        Assert.Empty(generated.Errors());
    }

    /// <summary>It would take minutes if the document were read again for each of its problems.</summary>
    [Fact]
    public void Every_one_of_many_problems_has_its_place()
    {
        var properties = Enumerable.Range(0, 5000).Select(number => $$"""
            "p{{number}}": {"description": "d"}
            """);
        var generated = new Project([Documents.FalOpenApi("fal-ai/a", "{" + string.Join(",\n", properties) + "}")]).Run();

        Assert.Equal(5000, generated.Diagnostics
            .Where(diagnostic => diagnostic.Id == "ZT0111")
            .Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line)
            .Distinct()
            .Count());
    }

    [Fact]
    public void A_namespace_of_an_item_that_is_none_is_reported_at_its_document()
    {
        var generated = new Project([TestFiles.FalPage with { Namespace = "not one" }]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0204");
        Assert.Equal(TestFiles.FalPage.Path, diagnostic.Location.GetLineSpan().Path);
    }

    [Fact]
    public void A_namespace_that_is_none_is_reported()
    {
        var generated = new Project([TestFiles.FalPage], properties: ("ZoetropeNamespace", "1x.class")).Run();

        Assert.Equal(
            "'1x.class' is not a valid C# namespace; correct ZoetropeNamespace",
            Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0204").GetMessage());
        Assert.Empty(generated.Errors());
    }

    [Theory]
    [InlineData("my-app", "my_app")]
    [InlineData("1st.class app", "_1st.class_app")]
    [InlineData("a..namespace", "a._._namespace")]
    public void A_project_of_any_name_gets_a_namespace(string root, string expected)
    {
        var generated = new Project([TestFiles.FalPage], properties: ("RootNamespace", root)).Run();

        Assert.Contains($"namespace {expected}.Models;\n", string.Concat(generated.Sources.Values));
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void Every_problem_has_a_place_and_help()
    {
        var page = TestFiles.FalPage.Replace("_required_", "_optional_");
        var diagnostics = new Project([page, TestFiles.FalOpenApi, TestFiles.EachlabsPage, TestFiles.KlingCatalog, new("x.json", "{")]).Run().Diagnostics;

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic =>
        {
            Assert.Equal(LocationKind.ExternalFile, diagnostic.Location.Kind);
            Assert.EndsWith("#" + diagnostic.Id.ToLowerInvariant(), diagnostic.Descriptor.HelpLinkUri);
        });
    }

    private static Diagnostic Single(string id, params Spec[] specs) => Assert.Single(new Project(specs).Run().Diagnostics, diagnostic => diagnostic.Id == id);

    private static void AssertAt(Diagnostic diagnostic, Spec spec, (int Line, int Column) place)
    {
        var span = diagnostic.Location.GetLineSpan();
        Assert.Equal((spec.Path, place.Line, place.Column), (span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1));
    }

    /// <summary>Where the page names a parameter, after the marks before it.</summary>
    private static (int Line, int Column) NameIn(Spec page, string parameter)
    {
        var (line, column) = page.PlaceOf($"- **`{parameter}`**");
        return (line, column + 5);
    }

    private static string ReplaceFirst(string text, string old, string replacement)
    {
        var start = text.IndexOf(old, StringComparison.Ordinal);
        return text[..start] + replacement + text[(start + old.Length)..];
    }
}
