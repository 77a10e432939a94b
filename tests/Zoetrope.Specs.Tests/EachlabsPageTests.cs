using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

public class EachlabsPageTests
{
    private static readonly EndpointDescription _page = Clean(TestFiles.EachlabsPage);

    [Fact]
    public void The_seed_describes_its_model()
    {
        Assert.Equal(SpecKind.EachlabsPage, SpecReader.Read(TestFiles.EachlabsPage).Document!.Kind);
        Assert.Equal(("eachlabs", "kling-o3-pro-image-to-video"), (_page.Provider, _page.Id));
        Assert.Equal("Kling | o3 | Pro | Image to Video", _page.Title);
        Assert.Equal(
            "Generates a video by animating a smooth transition between a start frame and an end frame, guided by text-based style and scene instructions.",
            _page.Description);
        Assert.Equal(("Image to Video", "video"), (_page.Category, _page.OutputType));
        Assert.Equal(("active", 110), (_page.Status, _page.EstimatedSeconds));
        Assert.Equal("https://www.eachlabs.ai/kling/kling-o3/kling-o3-pro-image-to-video", _page.PageUrl);
        Assert.Equal("Pricing information not available.", _page.Pricing);
    }

    [Fact]
    public void The_seed_declares_every_parameter()
    {
        var input = _page.Input!;

        Assert.Equal(["prompt", "image_url", "end_image_url", "duration", "generate_audio", "multi_prompt", "shot_type"], input.Names());
        Assert.Equal(["image_url"], input.RequiredNames());
        Assert.Equal(new Schema
        {
            Pointer = "/input/prompt",
            Types = SchemaTypes.String,
            Description = "Text prompt for video generation. Either prompt or multi_prompt must be provided, but not both.",
        }, input.Property("prompt"));
        Assert.Equal((SchemaTypes.String, null), (input.Property("duration").Types, input.Property("duration").Default));
        Assert.Equal(Enumerable.Range(3, 13).Select(i => $"\"{i}\""), input.Property("duration").Enum.Jsons());
        Assert.Equal((SchemaTypes.Boolean, "false"), (input.Property("generate_audio").Types, input.Property("generate_audio").Default!.Json));
        Assert.Equal(
            (SchemaTypes.Array, 0, 5),
            (input.Property("multi_prompt").Types, input.Property("multi_prompt").MinItems, input.Property("multi_prompt").MaxItems));
        Assert.Null(input.Property("multi_prompt").Items);
        Assert.Equal(["customize"], input.Property("shot_type").Enum.Texts());
        Assert.Equal("\"customize\"", input.Property("shot_type").Default!.Json);
    }

    [Fact]
    public void The_seed_declares_its_rule_output_and_example()
    {
        var rule = Assert.Single(_page.WordedRules());
        Assert.Equal((ParameterRuleKind.ExactlyOne, "/input/prompt"), (rule.Kind, rule.Pointer));
        Assert.Equal(["prompt", "multi_prompt"], rule.Parameters);

        Assert.Equal((SchemaTypes.String, "uri", "string (URL of generated video)"), (_page.Output!.Types, _page.Output.Format, _page.Output.Description));
        Assert.Equal(
            "{\"image_url\":\"https://storage.googleapis.com/magicpoint/inputs/kling-o3-pro-image-to-video-input-image.png\"}",
            _page.RequestExample!.Json);
    }

    [Fact]
    public void The_seed_describes_the_service()
    {
        var service = _page.Service;

        Assert.Equal((100, 10), (service.CreatesPerMinute, service.ConcurrentJobs));
        Assert.True(service.RefusesDataUris);
        Assert.True(service.RefusesLocalUrls);
        Assert.True(service.RequiresHttps);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_page_with_its_line_breaks_says_the_same(string newLine)
    {
        var lines = Unflattened(TestFiles.EachlabsPage).Replace("\n", newLine, StringComparison.Ordinal);

        Assert.True(lines.Split(newLine).Length > 80);
        Assert.Empty(SpecReader.Read(lines).Problems);
        Assert.Equal(SpecReader.Read(TestFiles.EachlabsPage).Document, SpecReader.Read(lines).Document);
        Assert.Equal(SpecReader.Read(TestFiles.EachlabsPage).Document, SpecReader.Read("\uFEFF" + lines).Document);
    }

    [Theory]
    [InlineData("integer", "1–4", "1", "1", "4")]
    [InlineData("number", "1.5–10", "3.5", "1.5", "10")]
    [InlineData("number", "-1–1", "-0.5", "-1", "1")]
    [InlineData("integer", "≥ 1", "2", "1", null)]
    [InlineData("integer", "≤ 9", "2", null, "9")]
    [InlineData("integer", "0-100", "2", "0", "100")]
    public void Ranges_of_numbers_are_limits(string type, string constraint, string value, string? minimum, string? maximum)
    {
        var schema = Row($"| x | {type} | No | {value} | {constraint} | Text. |");

        Assert.Equal((minimum, maximum, value), (schema.Minimum, schema.Maximum, schema.Default!.Json));
        Assert.Empty(schema.Enum);
    }

    [Theory]
    [InlineData("string", "480p, 720p", "720p", "\"480p\" \"720p\"", "\"720p\"")]
    [InlineData("string", "1, 2, 3", "2", "\"1\" \"2\" \"3\"", "\"2\"")]
    [InlineData("string", "16:9,9:16,21:9", "16:9", "\"16:9\" \"9:16\" \"21:9\"", "\"16:9\"")]
    [InlineData("string", "customize", "—", "\"customize\"", null)]
    [InlineData("integer", "512, 1024", "512", "512 1024", "512")]
    [InlineData("string", "DPM++ 2M SDE Karras, 704*1408", "`\"704*1408\"`", "\"DPM++ 2M SDE Karras\" \"704*1408\"", "\"704*1408\"")]
    [InlineData("string", "—", "-", "", null)]
    public void Lists_of_values_are_enums_of_the_columns_type(string type, string constraint, string value, string values, string? literal)
    {
        var schema = Row($"| x | {type} | No | {value} | {constraint} | Text. |");

        Assert.Equal(values, string.Join(" ", schema.Enum.Jsons()));
        Assert.Equal(literal, schema.Default?.Json);
    }

    [Theory]
    [InlineData("boolean", "True", "true")]
    [InlineData("boolean", "`\"False\"`", "false")]
    [InlineData("array", "`\"[1000, 1000]\"`", "[1000,1000]")]
    [InlineData("object", "{\"a\": 1}", "{\"a\":1}")]
    [InlineData("integer", "17454220438242315174", "17454220438242315174")]
    public void Defaults_are_typed_by_their_column(string type, string value, string json) =>
        Assert.Equal(json, Row($"| x | {type} | No | {value} | - | Text. |").Default!.Json);

    [Fact]
    public void A_default_of_another_type_is_kept_and_reported()
    {
        var text = WithRow("| x | integer | No | many | - | Text. |");

        Assert.Equal("\"many\"", Endpoint(text).Input!.Property("x").Default!.Json);
        Assert.Equal("The default 'many' of 'x' is not a valid integer", Problem(text, Problems.PageBadDefault).Message);
    }

    [Theory]
    [InlineData("string", "a,b,...")]
    [InlineData("string", "at most 2500 characters of plain text")]
    [InlineData("string", "0–2500")]
    [InlineData("integer", "a, b")]
    [InlineData("string", "a,,b")]
    public void A_constraint_that_is_not_understood_is_reported_and_not_enforced(string type, string constraint)
    {
        var text = WithRow($"| x | {type} | No | - | {constraint} | Text. |");

        Assert.Empty(Endpoint(text).Input!.Property("x").Enum);
        Assert.Equal(ProblemSeverity.Info, Problem(text, Problems.PageBadConstraint).Kind.Severity);
    }

    [Theory]
    [InlineData("Use `A | B` or `C`.", "Use `A | B` or `C`.")]
    [InlineData("Either A \\| B.", "Either A | B.")]
    [InlineData("A lonely ` back-tick.", "A lonely ` back-tick.")]
    [InlineData("-", null)]
    [InlineData("Sets \"x\"; see https://example.com/?a=b.", "Sets \"x\"; see https://example.com/?a=b.")]
    public void Cells_may_hold_bars_and_back_ticks(string cell, string? description)
    {
        foreach (var form in new[] { TestFiles.EachlabsPage, Unflattened(TestFiles.EachlabsPage) })
        {
            var page = Clean(WithRow($"| x | string | Yes | - | - | {cell} |", form));
            Assert.Equal(description, page.Input!.Property("x").Description);
            Assert.Equal(8, page.Input!.Properties.Count);
        }
    }

    [Fact]
    public void Odd_parameter_names_are_kept()
    {
        var page = Clean(WithRow("| `H264 output/~1` | boolean | No | - | - | Text. |"));

        Assert.Equal("/input/H264 output~1~01", page.Input!.Property("H264 output/~1").Pointer);
    }

    [Fact]
    public void A_page_without_parameters_says_so()
    {
        var text = TestFiles.EachlabsPage;
        var table = text[text.IndexOf("| Parameter", StringComparison.Ordinal)..text.IndexOf("## Example Request", StringComparison.Ordinal)];
        var example = text[text.IndexOf("{ \"image_url\"", StringComparison.Ordinal)..text.IndexOf(" }' ```", StringComparison.Ordinal)];
        text = text.Replace(table, "No input parameters documented. ", StringComparison.Ordinal).Replace(example, "{}", StringComparison.Ordinal);
        var page = Endpoint(text);

        var problem = Assert.Single(SpecReader.Read(text).Problems);
        Assert.Equal((Problems.EmptyInput, text.IndexOf("No input", StringComparison.Ordinal)), (problem.Kind, problem.Start));
        Assert.Equal(SchemaTypes.Object, page.Input!.Types);
        Assert.Empty(page.Input.Properties);
    }

    [Theory]
    [InlineData("image", SchemaTypes.String, "uri")]
    [InlineData("audio", SchemaTypes.String, "uri")]
    [InlineData("array", SchemaTypes.Array, null)]
    [InlineData("object", SchemaTypes.Object, null)]
    [InlineData("3d", SchemaTypes.Any, null)]
    public void The_output_type_declares_the_output(string type, SchemaTypes types, string? format)
    {
        var output = Clean(TestFiles.EachlabsPage.Replace("**Output Type:** video", $"**Output Type:** {type}", StringComparison.Ordinal)).Output!;

        Assert.Equal((types, format), (output.Types, output.Format));
    }

    [Fact]
    public void Prices_are_kept_in_the_words_of_the_page()
    {
        const string Pricing = """
            - **Charge Type:** dynamic - **Estimated Price (default example):** $3.20 ### Pricing Rules | Rule | Condition | Price | |---|---|---| | 1 | duration == "4" AND resolution == "720p" | $0.10 | | 2 | - | $0.2 |
            """;
        var text = TestFiles.EachlabsPage.Replace("Pricing information not available.", Pricing, StringComparison.Ordinal)
            .Replace("- **Estimated Proc", "- **Base Cost:** $0.1 - $0.2 - **Estimated Proc", StringComparison.Ordinal);

        Assert.Equal(
            "Charge Type: dynamic\nEstimated Price (default example): $3.20\n1: duration == \"4\" AND resolution == \"720p\": $0.10\n2: -: $0.2",
            Clean(text).Pricing);
    }

    [Theory]
    [InlineData("Nano Banana 2 | Edit", "nano-banana-2-edit", "Nano Banana 2 Edit enables more.")]
    [InlineData("Google | Text to Speech", "google-text-to-speech", "Google Text to Speech converts text.")]
    [InlineData("Wan | v2.6 | Text to Video", "wan-v2-6-text-to-video", "Wan 2.6 is a model.")]
    [InlineData("PixVerse C1 Text to Video", "pixverse-c1-text-to-video", "PixVerse C1 is a model.")]
    [InlineData("Flux 2 | Flex", "flux-2-flex", "Text-to-image generation.")]
    [InlineData("eachlabs-llm-router", "eachlabs-llm-router", "eachlabs-llm-router")]
    [InlineData("Kling | 3.0 Turbo | Image to Video", "kling-v3-turbo-i2v", "Generates a video | of you.")]
    [InlineData("Some Odd Model", "xyz", "It makes pictures.")]
    [InlineData("Sora", "sora-2", "Text makes video.")]
    public void Title_and_description_part_where_the_slug_ends(string title, string slug, string description)
    {
        var text = TestFiles.EachlabsPage.Replace("kling-o3-pro-image-to-video", slug, StringComparison.Ordinal);
        text = "# " + title + " " + description + text[text.IndexOf(" ## API", StringComparison.Ordinal)..];

        Assert.Equal((title, description), (Endpoint(text).Title, Endpoint(text).Description));
        Assert.Equal((title, description), (Endpoint(Unflattened(text, title.Length + 2)).Title, Endpoint(Unflattened(text, title.Length + 2)).Description));
    }

    [Fact]
    public void A_request_example_may_hold_apostrophes()
    {
        var text = TestFiles.EachlabsPage.Replace("\"input\": {", "\"input\": { \"prompt\": \"It'\\''s\",", StringComparison.Ordinal);

        Assert.StartsWith("{\"prompt\":\"It's\",", Clean(text).RequestExample!.Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| x | string | No | - | Too few. |")]
    [InlineData("| x | string | Maybe | - | - | Not a word for required. |")]
    [InlineData("| x | string |")]
    [InlineData("|  | string | No | - | - | Without a name. |")]
    public void A_damaged_row_is_reported_and_the_others_are_read(string row)
    {
        foreach (var form in new[] { TestFiles.EachlabsPage, Unflattened(TestFiles.EachlabsPage) })
        {
            var text = WithRow(row, form);
            var problem = Problem(text, Problems.PageBadParameter);

            Assert.Equal(text.IndexOf(row, StringComparison.Ordinal), problem.Start);
            Assert.Equal(Readings.Clean(form).Input, Endpoint(text).Input);
        }
    }

    [Fact]
    public void A_row_with_a_cell_too_many_is_reported_where_lines_are_gone()
    {
        var text = WithRow("| x | string | No | - | - | Text. | More. |");

        Assert.Equal("More. | |", text.Substring(Problem(text, Problems.PageBadParameter).Start, 9));
        Assert.Equal(["x", .. _page.Input!.Names()], Endpoint(text).Input!.Names());
    }

    [Fact]
    public void Bars_in_the_last_cell_of_a_line_belong_to_it()
    {
        var page = Clean(WithRow("| x | string | No | - | - | One | two | three. |", Unflattened(TestFiles.EachlabsPage)));

        Assert.Equal("One | two | three.", page.Input!.Property("x").Description);
    }

    [Fact]
    public void A_line_without_its_first_bar_is_reported_and_the_next_ones_are_read()
    {
        var text = Unflattened(TestFiles.EachlabsPage).Replace("| end_image_url |", "end_image_url |", StringComparison.Ordinal);

        Assert.Equal(text.IndexOf("end_image_url |", StringComparison.Ordinal), Problem(text, Problems.PageBadParameter).Start);
        Assert.Equal(["prompt", "image_url", "duration", "generate_audio", "multi_prompt", "shot_type"], Endpoint(text).Input!.Names());
    }

    [Theory]
    [InlineData("# Kling", "ZT0030", "API Information")]
    [InlineData("- **Model Slug:**", "ZT0030", "API Information")]
    [InlineData("- **Output Type:**", "ZT0030", "API Information")]
    [InlineData("## API Information", "ZT0031", "Pricing")]
    [InlineData("## Input Schema", "ZT0031", "Example Request")]
    [InlineData("| Parameter |", "ZT0030", "|------")]
    [InlineData("|-----------|------|", "ZT0030", "| prompt |")]
    [InlineData("| image_url |", "ZT0044", "Example Request")]
    public void A_deleted_line_is_reported_near_where_it_was(string start, string id, string near)
    {
        var lines = Unflattened(TestFiles.EachlabsPage).Split('\n');
        var text = string.Join("\n", lines.Where(line => !line.StartsWith(start, StringComparison.Ordinal)));
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal(id, problem.Kind.Id);
        var line = text.Split('\n')[Line(text, problem) - 1];
        Assert.True(line.Contains(near, StringComparison.Ordinal) || start == "# Kling", line);
        Assert.Equal("kling-o3-pro-image-to-video", Endpoint(text).Id);
    }

    [Fact]
    public void Without_its_header_a_table_is_read_in_the_usual_order()
    {
        var text = TestFiles.EachlabsPage.Replace("| Parameter | Type | Required | Default | Constraints | Description | ", "", StringComparison.Ordinal);

        Assert.Equal(Problems.PageLineMissing, Assert.Single(SpecReader.Read(text).Problems).Kind);
        Assert.Equal(_page.Input, Endpoint(text).Input);
    }

    [Fact]
    public void Columns_are_known_by_their_heads()
    {
        var text = TestFiles.EachlabsPage.Replace(
            "| Parameter | Type | Required | Default | Constraints | Description | |-----------|------|----------|---------|-------------|-------------|",
            "| Parameter | Required | Type | Options / Constraints | |---|---|---|---| | x | Yes | string | a, b |", StringComparison.Ordinal);

        Assert.Equal(["a", "b"], Endpoint(text).Input!.Property("x").Enum.Texts());
    }

    /// <summary>The flattened page as it was before: headings, bullets, rows and code on lines of their own.</summary>
    internal static string Unflattened(string text, int titleEnd = 35)
    {
        foreach (var mark in new[] { " ## ", " ### ", " - **", " ```", " | |", " - A", " - F", " - M", " - P" })
            text = text.Replace(mark, mark == " | |" ? " |\n|" : "\n" + mark.TrimStart(), StringComparison.Ordinal);
        text = text
            .Replace("| |", "|\n|", StringComparison.Ordinal)
            .Replace("```bash ", "```bash\n", StringComparison.Ordinal)
            .Replace("```json ", "```json\n", StringComparison.Ordinal)
            .Replace("``` ", "```\n", StringComparison.Ordinal)
                .Replace("\\ -", "\\\n  -", StringComparison.Ordinal)
                .Replace(", \"", ",\n  \"", StringComparison.Ordinal);
        foreach (var heading in new[]
        {
            "API Information",
            "Pricing",
            "Input Schema",
            "Example Request",
            "Output Schema",
            "Polling",
            "(alternative to polling)",
            "## Errors",
            "Overview",
            "Usage Notes"
        })
            text = text.Replace(heading + " ", heading + "\n\n", StringComparison.Ordinal);
        foreach (var table in new[] { "| Status |", "| Code |", "| Rule |", "| Condition |" })
            text = text.Replace(" " + table, "\n\n" + table, StringComparison.Ordinal);
        return text.Remove(titleEnd, 1).Insert(titleEnd, "\n\n");
    }

    private static Schema Row(string row) => Clean(WithRow(row)).Input!.Property("x");

    /// <summary>The seed, or another form of it, with one more row before the first.</summary>
    private static string WithRow(string row, string? form = null)
    {
        var text = form ?? TestFiles.EachlabsPage;
        var separator = form is not null && form.Contains("|\n| prompt", StringComparison.Ordinal) ? "\n" : " ";
        return text.Replace("| prompt | string", row + separator + "| prompt | string", StringComparison.Ordinal);
    }
}
