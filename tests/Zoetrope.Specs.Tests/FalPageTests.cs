using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

public class FalPageTests
{
    private static readonly EndpointDescription _page = Clean(TestFiles.FalPage);

    [Fact]
    public void The_seed_describes_its_model()
    {
        Assert.Equal(SpecKind.FalPage, SpecReader.Read(TestFiles.FalPage).Document!.Kind);
        Assert.Equal("fal", _page.Provider);
        Assert.Equal("fal-ai/kling-video/o3/pro/image-to-video", _page.Id);
        Assert.Equal("Kling O3 Image to Video [Pro]", _page.Title);
        Assert.StartsWith("Generate a video by taking a start frame", _page.Description, StringComparison.Ordinal);
        Assert.EndsWith("scene guidance.", _page.Description, StringComparison.Ordinal);
        Assert.Equal("image-to-video", _page.Category);
        Assert.Equal("https://fal.run", _page.Service.BaseUrl);
        Assert.Null(_page.Pricing);
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
            Examples = new([Json.JsonLiterals.String("The character walks forward slowly, with the camera following from behind.")]),
        }, input.Property("prompt"));
        Assert.Equal("URL of the end frame image (optional).", input.Property("end_image_url").Description);
        Assert.Equal("Whether to generate native audio for the video.", input.Property("generate_audio").Description);
        Assert.Equal((SchemaTypes.Boolean, "false"), (input.Property("generate_audio").Types, input.Property("generate_audio").Default!.Json));
    }

    [Fact]
    public void Options_are_an_enum_and_the_sentence_about_the_default_is_not_repeated()
    {
        var duration = _page.Input!.Property("duration");
        Assert.Equal(SchemaTypes.String, duration.Types);
        Assert.Equal(Enumerable.Range(3, 13).Select(i => $"\"{i}\""), duration.Enum.Jsons());
        Assert.Equal(("\"5\"", "Video duration in seconds (3-15s)."), (duration.Default!.Json, duration.Description));
        Assert.Equal(["\"10\""], duration.Examples.Jsons());

        var shot = _page.Input!.Property("shot_type");
        Assert.Equal(["customize"], shot.Enum.Texts());
        Assert.Equal(("customize", "The type of multi-shot video generation."), (shot.Default!.Text, shot.Description));
    }

    [Fact]
    public void Lists_name_what_they_hold()
    {
        var shots = _page.Input!.Property("multi_prompt");

        Assert.Equal((SchemaTypes.Array, "KlingV3MultiPromptElement"), (shots.Types, shots.Items!.Ref));
        Assert.Equal("/input/multi_prompt/items", shots.Items.Pointer);
        Assert.Equal(["null"], shots.Examples.Jsons());
        Assert.Equal("List of prompts for multi-shot video generation.", shots.Description);
    }

    [Fact]
    public void The_seed_declares_its_output_rule_and_examples()
    {
        var video = _page.Output!.Property("video");
        Assert.Equal(("File", "The generated video.", "/output/video"), (video.Ref, video.Description, video.Pointer));
        Assert.Equal(["video"], _page.Output!.RequiredNames());
        Assert.StartsWith("{\"file_size\":12037975,", video.Examples[0].Json, StringComparison.Ordinal);

        var rule = Assert.Single(_page.WordedRules());
        Assert.Equal((ParameterRuleKind.ExactlyOne, "/input/prompt"), (rule.Kind, rule.Pointer));
        Assert.Equal(["prompt", "multi_prompt"], rule.Parameters);
        Assert.Equal("Either prompt or multi_prompt must be provided, but not both.", rule.Text);

        Assert.Equal("{\"image_url\":\"https://v3b.fal.media/files/b/0a8cfd5a/8ABMp4n9rh3kfD2Rq8fHd_start_frame.png\"}", _page.RequiredExample!.Json);
        Assert.Contains("\"duration\":\"10\",\"multi_prompt\":null", _page.RequestExample!.Json, StringComparison.Ordinal);
        Assert.StartsWith("{\"video\":{\"file_size\":12037975,", _page.ResponseExample!.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_do_not_matter()
    {
        var windows = "\uFEFF" + TestFiles.FalPage.Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal(SpecReader.Read(TestFiles.FalPage).Document, SpecReader.Read(windows).Document);
    }

    [Fact]
    public void Pricing_is_kept_in_the_words_of_the_page()
    {
        const string Pricing =
            "## Pricing\n\n- **Price**: $0.001 per compute seconds\n\nMore **at night**.\n\nFor more details, see [fal.ai pricing](https://fal.ai/pricing).\n\n## API Information";

        Assert.Equal(
            "Price: $0.001 per compute seconds\nMore **at night**.",
            Clean(TestFiles.FalPage.Replace("## API Information", Pricing, StringComparison.Ordinal)).Pricing);
    }

    [Theory]
    [InlineData("integer", SchemaTypes.Integer)]
    [InlineData("float", SchemaTypes.Number)]
    [InlineData("list<string>", SchemaTypes.Array)]
    [InlineData("list<list<integer>>", SchemaTypes.Array)]
    [InlineData("dict<string, float>", SchemaTypes.Object)]
    [InlineData("string | null", SchemaTypes.String | SchemaTypes.Null)]
    [InlineData("any", SchemaTypes.Any)]
    public void Simple_types_are_known(string type, SchemaTypes types)
    {
        var value = Clean(WithParameter($"- **`x`** (`{type}`, _optional_):\n  Text.")).Input!.Property("x");

        Assert.Equal(types, value.Types);
        Assert.Null(value.Ref);
    }

    [Fact]
    public void Unions_name_their_alternatives()
    {
        var size = Clean(
            WithParameter("- **`x`** (`ImageSize | Enum | null`, _optional_):\n  Size.\n  - Default: `{\"height\":2048,\"width\":2048}`\n  - One of: ImageSize | Enum\n  - Options: `\"square\"`, `\"wide\"`")).Input!.Property("x");

        Assert.Equal((SchemaTypes.Null, 2), (size.Types, size.AnyOf.Count));
        Assert.Equal("ImageSize", size.AnyOf[0].Ref);
        Assert.Equal(["square", "wide"], size.AnyOf[1].Enum.Texts());
        Assert.Equal("{\"height\":2048,\"width\":2048}", size.Default!.Json);
        Assert.Equal("Size.", size.Description);
    }

    [Fact]
    public void Numbers_keep_their_spelling_and_options_their_type()
    {
        var rate = Clean(
            WithParameter("- **`x`** (`float`, _optional_):\n  Rate. Default value: `0.00009`\n  - Default: `0.00009`\n  - Range: `0.000001` to `1e-3`\n  - Examples: 5, 10, 15")).Input!.Property("x");
        Assert.Equal(("0.000001", "1e-3", "0.00009", "Rate."), (rate.Minimum, rate.Maximum, rate.Default!.Json, rate.Description));
        Assert.Equal(["5", "10", "15"], rate.Examples.Jsons());

        var bits = Clean(WithParameter("- **`x`** (`BitsEnum`, _optional_):\n  Bits.\n  - Options: `8`, `16`")).Input!.Property("x");
        Assert.Equal((SchemaTypes.Integer, 2), (bits.Types, bits.Enum.Count));
    }

    [Fact]
    public void Descriptions_may_have_several_lines_and_paragraphs()
    {
        var value = Clean(WithParameter("- **`x`** (`string`, _optional_):\n  First.\n  Second.\n  \n  - a list\n  # No heading.")).Input!.Property("x");

        Assert.Equal("First.\nSecond.\n\n- a list\n# No heading.", value.Description);
    }

    [Fact]
    public void Examples_may_hold_anything_that_json_holds()
    {
        var value = Clean(
            WithParameter("- **`x`** (`string`, _optional_):\n  Text.\n  - Default: `\"a `b` c\"`\n  - Examples: \"a, \\\"b\\\"\", [\"x\",\"y\"], {\"a\":1}")).Input!.Property("x");

        Assert.Equal("a `b` c", value.Default!.Text);
        Assert.Equal(["\"a, \\\"b\\\"\"", "[\"x\",\"y\"]", "{\"a\":1}"], value.Examples.Jsons());
    }

    [Theory]
    [InlineData("- **Endpoint**: `https", "ZT0030", 6)]
    [InlineData("- **Model ID**:", "ZT0030", 6)]
    [InlineData("# Kling", "ZT0030", 2)]
    [InlineData("### Input Schema", "ZT0031", 26)]
    [InlineData("### Output Schema", "ZT0031", 86)]
    [InlineData("- **`prompt`**", "ZT0032", 27)]
    [InlineData("- **`image_url`**", "ZT0032", 31)]
    [InlineData("- **`end_image_url`**", "ZT0032", 35)]
    [InlineData("- **`duration`**", "ZT0032", 39)]
    [InlineData("- **`generate_audio`**", "ZT0032", 45)]
    [InlineData("- **`multi_prompt`**", "ZT0032", 49)]
    [InlineData("- **`shot_type`**", "ZT0032", 54)]
    [InlineData("- **`video`**", "ZT0032", 87)]
    public void A_deleted_line_is_reported_where_it_was(string start, string id, int line)
    {
        var text = WithoutLine(TestFiles.FalPage, start);

        var problem = Assert.Single(SpecReader.Read(text).Problems, problem => problem.Kind.Severity == ProblemSeverity.Error);
        Assert.Equal((id, line), (problem.Kind.Id, Line(text, problem)));
    }

    [Fact]
    public void Contradicting_ids_are_reported()
    {
        var text = TestFiles.FalPage.Replace("- **Model ID**: `fal-ai/", "- **Model ID**: `fal-ui/", StringComparison.Ordinal);

        Assert.Equal(9, Line(text, Problem(text, Problems.PageIdsDiffer)));
    }

    [Theory]
    [InlineData("- **`x`** (`string`):", "ZT0033")]
    [InlineData("- **`x`** string, _optional_:", "ZT0033")]
    [InlineData("- **`x (`string`, _optional_):", "ZT0033")]
    [InlineData("- **`x`** (`list<`, _optional_):", "ZT0038")]
    [InlineData("- **`x`** (`string`, _optional_):\n  - Default: `yes`", "ZT0034")]
    [InlineData("- **`x`** (`string`, _optional_):\n  - Range: `a` to `b`", "ZT0034")]
    [InlineData("- **`x`** (`string`, _optional_):\n  - Options: `\"a\"`, `b`", "ZT0034")]
    [InlineData("- **`x`** (`string`, _optional_):\n\n- **`x`** (`string`, _optional_):", "ZT0035")]
    public void A_damaged_parameter_is_reported(string parameter, string id)
    {
        var text = WithParameter(parameter);

        Assert.Contains(SpecReader.Read(text).Problems, problem => problem.Kind.Id == id && Line(text, problem) >= 27);
        Assert.NotNull(Endpoint(text).Input!.Property("prompt"));
    }

    [Fact]
    public void Deleted_options_are_reported_at_the_type_that_needs_them()
    {
        var text = WithoutLine(TestFiles.FalPage, "  - Options: `\"3\"`");

        Assert.Equal(39, Line(text, Problem(text, Problems.PageOptionsMissing)));
        Assert.Equal("DurationEnum", Endpoint(text).Input!.Property("duration").Ref);
    }

    [Fact]
    public void A_deleted_parameter_is_missed_by_the_examples()
    {
        var start = TestFiles.FalPage.IndexOf("- **`image_url`**", StringComparison.Ordinal);
        var text = TestFiles.FalPage.Remove(start, TestFiles.FalPage.IndexOf("- **`end_image_url`**", StringComparison.Ordinal) - start);
        var problems = SpecReader.Read(text).Problems;

        Assert.Equal(2, problems.Count);
        Assert.All(problems, problem => Assert.Equal((Problems.PageExampleUnknown, "image_url"), (problem.Kind, problem.Arguments[0])));
        Assert.StartsWith("**Required Parameters Example**", text[problems[0].Start..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_page_gives_what_it_holds()
    {
        var text = TestFiles.FalPage[..TestFiles.FalPage.IndexOf("- **`generate_audio`**", StringComparison.Ordinal)];

        Assert.Equal(["prompt", "image_url", "end_image_url", "duration"], Endpoint(text).Input!.Names());
        Assert.Null(Endpoint(text).Output);
        Assert.Contains("'Input Schema'", Problem(text, Problems.PageCut).Message, StringComparison.Ordinal);
        Assert.Empty(Endpoint(text).WordedRules());
        Assert.DoesNotContain(SpecReader.Read(text).Problems, problem => problem.Kind.Severity == ProblemSeverity.Error);
    }

    [Fact]
    public void An_unreadable_example_is_reported_where_it_breaks()
    {
        var text = TestFiles.FalPage.Replace("  \"duration\": \"10\",", "  \"duration\": 10s,", StringComparison.Ordinal);

        Assert.Equal(76, Line(text, Problem(text, Problems.PageBadExample)));
        Assert.Null(Endpoint(text).RequestExample);
    }

    /// <summary>The seed with one more parameter before the first.</summary>
    private static string WithParameter(string parameter) =>
        TestFiles.FalPage.Replace("- **`prompt`**", parameter + "\n\n- **`prompt`**", StringComparison.Ordinal);

    private static string WithoutLine(string text, string start) =>
        string.Join("\n", text.Split('\n').Where(line => !line.StartsWith(start, StringComparison.Ordinal)));
}
