using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests;

/// <summary>Documents that hold nothing of what they should: an empty request, and a namespace in which nothing is.</summary>
public class EmptyRequestTests
{
    [Theory]
    [InlineData("""{"type": "object", "description": "Schema referenced but not defined", "additionalProperties": true}""")]
    [InlineData("""{"type": "object"}""")]
    [InlineData("{}")]
    [InlineData("""{"anyOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "string"}]}""")]
    public void A_request_of_which_nothing_is_described_is_a_warning(string schema)
    {
        var spec = Document(schema);

        var generated = new Project([spec]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0027");
        var place = spec.PlaceOf("\"Empty\"");
        Assert.Equal((DiagnosticSeverity.Warning, place.Line), (diagnostic.DefaultSeverity, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1));
        Assert.Empty(generated.Errors());
    }

    [Theory]
    [InlineData("""{"type": "object", "properties": {}}""")]
    [InlineData("""{"type": "object", "additionalProperties": {"type": "string"}}""")]
    [InlineData("""{"allOf": [{"type": "object", "properties": {"a": {"type": "string"}}}]}""")]
    public void A_request_that_has_none_or_free_members_is_not(string schema) =>
        Assert.DoesNotContain(new Project([Document(schema)]).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0027");

    [Theory]
    [InlineData("fal-openapi", "openrouter__router__openai__v1__chat__completions.json", "fal", "RouterOpenaiV1ChatCompletionsInput\": {")]
    [InlineData("eachlabs-pages", "google-text-to-speech.md", "eachlabs", "No input parameters documented")]
    public void Real_documents_of_empty_requests_are_reported(string folder, string name, string provider, string place)
    {
        var path = TestFiles.Corpus(folder).Single(path => Path.GetFileName(path) == name);
        var spec = new Spec(name, File.ReadAllText(path), provider);

        var diagnostic = Assert.Single(new Project([spec]).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0027");

        Assert.Equal(spec.PlaceOf(place).Line, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1);
    }

    [Fact]
    public void The_namespace_of_a_broken_document_is_there()
    {
        var broken = TestFiles.FalOpenApi with { Path = "specs/broken.json", Text = "{\"openapi\": nul" };
        var own = new Spec("specs/own.json", "{", Namespace: "Own.Models");
        var generated = new Project([broken, own], code: "using Demo.Models;\nusing Own.Models;\ninternal class Use;").Run();

        Assert.Equal(["specs/broken.json", "specs/own.json"], generated.Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Location.GetLineSpan().Path)
            .Order(StringComparer.Ordinal));
        Assert.Empty(generated.Errors());
        Assert.Equal(["Demo.Models._.g.cs", "Own.Models._.g.cs"], generated.Sources.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_example_that_contradicts_its_table_is_reported()
    {
        var page = TestFiles.EachlabsPage.Replace("\"input\": { \"image_url\":", "\"input\": { \"generate_audio\": \"true\", \"image_url\":");

        var diagnostic = Assert.Single(new Project([page]).Run().Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);

        Assert.Equal("ZT0046", diagnostic.Id);
        Assert.Equal(
            "The example gives 'generate_audio' as \"true\", but the page describes it as boolean; the description is used, so the example would be rejected",
            diagnostic.GetMessage());
    }

    [Fact]
    public void The_text_of_a_number_in_an_example_is_reported()
    {
        var page = TestFiles.EachlabsPage
            .Replace(
                "| duration | string | No | - | 3,4,5,6,7,8,9,10,11,12,13,14,15 |",
                "| num_images | integer | Yes | 1 | 1–4 | - | | duration | string | No | - | 3,4,5,6,7,8,9,10,11,12,13,14,15 |")
            .Replace("\"input\": { \"image_url\":", "\"input\": { \"num_images\": \"1\", \"image_url\":");

        var diagnostic = Assert.Single(new Project([page]).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0046");

        Assert.Equal(
            "The example gives 'num_images' as \"1\", but the page describes it as integer; the description is used, so the example would be rejected",
            diagnostic.GetMessage());
    }

    [Theory]
    [InlineData("1.0", false)]
    [InlineData("2e0", false)]
    [InlineData("1.5", true)]
    public void A_whole_number_of_an_example_is_an_integer_however_it_is_written(string number, bool isReported)
    {
        var page = TestFiles.EachlabsPage
            .Replace(
                "| duration | string | No | - | 3,4,5,6,7,8,9,10,11,12,13,14,15 |",
                "| num_images | integer | Yes | 1 | 1–4 | - | | duration | string | No | - | 3,4,5,6,7,8,9,10,11,12,13,14,15 |")
            .Replace("\"input\": { \"image_url\":", $"\"input\": {{ \"num_images\": {number}, \"image_url\":");

        Assert.Equal(isReported, new Project([page]).Run().Diagnostics.Any(diagnostic => diagnostic.Id == "ZT0046"));
    }

    private static Spec Document(string schema) =>
        Documents.FalOpenApi("fal-ai/empty", "{}", schemas: $$"""{"Empty": {{schema}} }""").Replace(
            """{"schema": {"$ref": "#/components/schemas/In"}}""",
            """{"schema": {"$ref": "#/components/schemas/Empty"}}""");
}
