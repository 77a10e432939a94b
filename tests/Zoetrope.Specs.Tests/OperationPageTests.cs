using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Pages;

namespace Zoetrope.Specs.Tests;

/// <summary>Pages of operations: a title, prose, and the operation's OpenAPI in a block of YAML.</summary>
public class OperationPageTests
{
    private const string Yaml = """
        openapi: 3.1.0
        info:
          title: Video API
          version: 1.0
        servers:
          - url: https://api.example.com
        paths:
          /v1/videos:
            post:
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      required: [prompt]
                      properties:
                        prompt:
                          type: string
                          minLength: 1
                        mode:
                          type: string
                          enum: [no, off, 007, 12:30, 2026-11-28, 1.50, ~]
                        seed: { type: integer, default: 0x10 }
              responses:
                '200':
                  description: Done.
        """;

    private static readonly string _page = Page("## OpenAPI\n\n````yaml openapi.json post /v1/videos", Yaml);

    [Theory]
    [InlineData("query")]
    [InlineData("QUERY")]
    public void A_fence_may_name_each_method_that_a_path_has(string method)
    {
        var page = Page($"````yaml {method} /v1/videos", Yaml.Replace("post:", "query:", StringComparison.Ordinal));

        Assert.Empty(SpecReader.Read(page).Problems);
        Assert.Equal("QUERY", Assert.Single(Readings.Api(page).Operations).Method);
    }

    [Fact]
    public void A_page_is_an_operation_like_those_of_documents()
    {
        var reading = SpecReader.Read(_page);
        var api = reading.Document!.Api!;
        var operation = Assert.Single(api.Operations);

        Assert.Empty(reading.Problems);
        Assert.Equal((SpecKind.OperationPage, "Video API", "https://api.example.com"), (reading.Document.Kind, api.Title, api.Servers[0]));
        Assert.Equal(("POST", "/v1/videos"), (operation.Method, operation.Path));
        Assert.Equal(("Create a video", "Starts a video from a text."), (operation.Summary, operation.Description));
        var body = operation.Body!.Contents[0].Schema!;
        Assert.Equal(["prompt", "mode", "seed"], body.Names());
        Assert.Equal(
            ["no", "off", "007", "12:30", "2026-11-28", "1.50"],
            body.Property("mode").Enum.Where(value => value.Json != "null").Select(value => value.Text));
        Assert.Equal("16", body.Property("seed").Default!.Json);
    }

    [Theory]
    [InlineData("/paths/~1v1~1videos/post", "post")]
    [InlineData("/paths/~1v1~1videos/post/requestBody/content/application~1json/schema/properties/mode/enum/2", "007")]
    [InlineData("/paths/~1v1~1videos/post/requestBody/content/application~1json/schema/properties/seed/default", "0x10")]
    [InlineData("/paths/~1v1~1videos/post/responses/200", "'200'")]
    [InlineData("/paths/~1v1~1videos/post/summary", "Create a video")]
    [InlineData("/info/title/none", "Video API")]
    public void Everything_is_located_in_the_page(string pointer, string text) => Assert.Equal(text, Readings.LocatedText(_page, pointer));

    [Theory]
    [InlineData("## OpenAPI\n\n````yaml openapi.json post /v1/videos")]
    [InlineData("## OpenAPI\n````yaml POST /v1/videos")]
    [InlineData("## OpenAPI\n\n````yaml")]
    [InlineData("### openapi\n\n````yml")]
    [InlineData("````yaml https://api.example.com/v1/openapi post /v1/videos")]
    [InlineData("## OpenAPI\n\n````YAML /specs/video api.json Post /v1/videos")]
    [InlineData("```json\n# OpenAPI\n```\n\nText\n\n~~~~yaml x post /v1/videos", "~~~~")]
    [InlineData("````code````\n\n## OpenAPI\n\n````yaml x post /v1/videos")]
    [InlineData("```code``` and text\n\n````yaml x post /v1/videos")]
    [InlineData("~~~ `json`\n# OpenAPI\n~~~\n\n````yaml x post /v1/videos")]
    public void Pages_are_told_by_the_block(string head, string close = "````")
    {
        var page = Page(head, Yaml, close);
        foreach (var text in new[] { page, page.Replace("\n", "\r\n", StringComparison.Ordinal), "---\ntitle: A\n---\n" + page })
        {
            var reading = SpecReader.Read(text);

            Assert.Empty(reading.Problems);
            Assert.Equal("/v1/videos", Assert.Single(reading.Document!.Api!.Operations).Path);
        }
    }

    [Theory]
    [InlineData("# Title\n\n```yaml\nopenapi: 3.1.0\n```\n")]
    [InlineData("# Title\n\n## OpenAPI\n\nText\n\n```yaml\nopenapi: 3.1.0\n```\n")]
    [InlineData("# Title\n\n## AsyncAPI\n\n````yaml asyncapi.json channel\nasyncapi: 3.0.0\n````\n")]
    [InlineData("# Title\n\n`````md\n````yaml post /v1/videos\nopenapi: 3.1.0\n````\n`````\n")]
    public void Other_pages_are_not(string text) => Assert.Contains(SpecReader.Read(text).Problems, problem => problem.Kind == Problems.UnknownContent);

    [Fact]
    public void A_page_that_is_cut_is_reported_and_read_as_far_as_it_goes()
    {
        var reading = SpecReader.Read(_page[.._page.LastIndexOf("````", StringComparison.Ordinal)]);

        Assert.Equal([Problems.PageCut], reading.Problems.Select(problem => problem.Kind));
        Assert.Single(reading.Document!.Api!.Operations);
    }

    [Fact]
    public void A_page_of_the_form_before_is_reported()
    {
        var text = Page("## OpenAPI\n\n````yaml zh/openapi.json post /v1/videos", "paths:\n  path: /v1/videos\n  method: post\n");
        var problem = Readings.Problem(text, Problems.OperationPageOlder);

        Assert.Equal(7, Readings.Line(text, problem));
    }

    [Theory]
    [InlineData("post /v1/video", "POST /v1/video")]
    [InlineData("get /v1/videos", "GET /v1/videos")]
    public void A_block_about_another_operation_is_reported(string operation, string name) =>
        Assert.Contains(
            name, Readings.Problem(Page("## OpenAPI\n\n````yaml openapi.json " + operation, Yaml), Problems.OpenApiMissing).Message, StringComparison.Ordinal);

    [Fact]
    public void A_second_operation_is_reported()
    {
        var problem = Readings.Problem(_page + "\n" + Page("## OpenAPI\n\n````yaml get /v1/videos/{id}", Yaml), Problems.SeveralEndpoints);

        Assert.Contains("POST /v1/videos", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - url: https://api.example.com", "\t- url: https://api.example.com", "ZT0047", 13, 1)]
    [InlineData("minLength: 1", "minLength: 1: 2", "ZT0047", 26, 31)]
    [InlineData("type: object", "type: !!str object", "ZT0048", 21, 21)]
    [InlineData("description: Done.", "description: \"Done.", "ZT0047", 35, 1)]
    [InlineData("description: Done.", "description: *other", "ZT0047", 33, 24)]
    [InlineData("required: [prompt]", "required: [prompt", "ZT0048", 23, 25)]
    [InlineData("  version: 1.0", "  title: again", "ZT0047", 11, 3)]
    [InlineData("  version: 1.0", "  <<: *info", "ZT0048", 11, 3)]
    [InlineData("  version: 1.0", "   version: 1.0", "ZT0047", 11, 11)]
    [InlineData("  version: 1.0", "  ? version\n  : 1.0", "ZT0048", 11, 3)]
    [InlineData("  version: 1.0", "  version: .inf", "ZT0047", 11, 12)]
    [InlineData("openapi: 3.1.0", "%YAML 1.2\n---\nopenapi: 3.1.0", "ZT0048", 8, 1)]
    [InlineData("description: Done.", "description: Done.\n---\nopenapi: 3.1.0", "ZT0048", 34, 1)]
    public void What_is_wrong_in_the_yaml_is_reported_at_its_line_and_column(string text, string replacement, string id, int line, int column)
    {
        var page = _page.Replace(text, replacement, StringComparison.Ordinal);
        Assert.NotEqual(_page, page);
        var reading = SpecReader.Read(page);
        var problem = Assert.Single(reading.Problems);

        Assert.Null(reading.Document);
        Assert.Equal((id, (line, column)), (problem.Kind.Id, new LineMap(page)[problem.Start]));
    }

    [Fact]
    public void What_is_wrong_in_the_openapi_is_reported_at_its_line()
    {
        var page = _page.Replace("minLength: 1", "minLength: many", StringComparison.Ordinal);
        var problem = Readings.Problem(page, Problems.BadKeyword);

        Assert.Equal("many", page.Substring(problem.Start, problem.Length));
    }

    [Fact]
    public void Anchors_are_expanded_and_bombs_are_refused()
    {
        var bomb = "x-a: &a [1,1,1,1,1,1,1,1,1,1]\n"
            + string.Concat("bcdefgh".Select(c => $"x-{c}: &{c} [{string.Join(",", Enumerable.Repeat("*" + (char)(c - 1), 10))}]\n"));
        var refused = SpecReader.Read(Page("## OpenAPI\n\n````yaml post /v1/videos", Yaml + "\n" + bomb));
        var expanded = SpecReader.Read(Page(
            "## OpenAPI\n\n````yaml post /v1/videos",
            Yaml.Replace("prompt:\n", "prompt: &text\n", StringComparison.Ordinal)
                .Replace("mode:\n", "more: *text\n                mode:\n", StringComparison.Ordinal)));

        Assert.Equal([Problems.YamlUnsupported], refused.Problems.Select(problem => problem.Kind));
        Assert.Equal(1, expanded.Document!.Api!.Operations[0].Body!.Contents[0].Schema!.Property("more").MinLength);
    }

    private static string Page(string head, string yaml, string close = "````") =>
        $"# Create a video\n\n> Starts a video from a text.\n\n{head}\n{yaml.ReplaceLineEndings("\n")}\n\n{close}\n";
}
