using System.Text.Json;
using Zoetrope.Catalog;
using Zoetrope.Json;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>The neutral model of the vendored catalog, as the catalog package ships it.</summary>
public class NeutralModelTests
{
    private static readonly NeutralModel _model = KlingO3ProImageToVideo.Model;

    [Fact]
    public void The_catalog_lists_the_models_and_their_providers()
    {
        Assert.Equal([Flux2Pro.Model, ImageToVideo.Model, _model], NeutralIndex.All);
        Assert.Equal("kling-o3-pro-image-to-video", _model.Name);
        Assert.Equal(["fal", "eachlabs"], _model.Providers);
        Assert.Equal("fal-ai/kling-video/o3/pro/image-to-video", _model.EndpointId("fal"));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public void A_typed_request_becomes_the_providers(string provider)
    {
        var request = new KlingO3ProImageToVideo.Request
        {
            ImageUrl = "https://example.com/a.png",
            Duration = KlingO3ProImageToVideo.Duration.Seconds10,
            MultiPrompt = [new() { Prompt = "one" }, new() { Prompt = "two", Duration = "5" }],
            ShotType = KlingO3ProImageToVideo.ShotType.Customize,
        };
        request.ExtraProperties["cfg_scale"] = 0.5;
        var warnings = new List<string>();

        var mapped = _model.MapRequest(provider, RawJson.From(request), warnings);

        Assert.Equal(
            """{"image_url":"https://example.com/a.png","duration":"10","multi_prompt":[{"prompt":"one"},{"prompt":"two","duration":"5"}],"shot_type":"customize","cfg_scale":0.5}""",
            mapped.ToString());
        Assert.Empty(warnings);
        Assert.True(_model.Validate(provider, RawJson.From(request)).IsValid);
    }

    [Theory]
    [InlineData("fal", """{"video":{"url":"https://x.y/v.mp4","file_size":3}}""", """{"video":{"url":"https://x.y/v.mp4","file_size":3}}""")]
    [InlineData("eachlabs", "\"https://x.y/v.mp4\"", """{"video":{"url":"https://x.y/v.mp4"}}""")]
    [InlineData("eachlabs", "[\"https://x.y/v.mp4\"]", """{"video":{"url":"https://x.y/v.mp4"}}""")]
    public void A_providers_result_becomes_the_neutral_one(string provider, string output, string neutral)
    {
        var result = _model.MapResult(provider, RawJson.Parse(output));

        Assert.Equal(neutral, result.ToString());
        Assert.Equal("https://x.y/v.mp4", result.Deserialize<KlingO3ProImageToVideo.Result>().Video.Url);
    }

    [Fact]
    public void A_result_without_its_video_fails_on_access_only()
    {
        var result = _model.MapResult("fal", RawJson.Parse("{}")).Deserialize<KlingO3ProImageToVideo.Result>();

        Assert.Throws<InvalidOperationException>(() => result.Video);
    }

    [Fact]
    public void No_result_is_made_of_null() => Assert.Throws<JsonException>(() => _model.MapResult("eachlabs", RawJson.Parse("null")));

    [Theory]
    [InlineData("fal", true)]
    [InlineData("eachlabs", false)]
    public void A_providers_own_limits_hold_only_there(string provider, bool valid)
    {
        var shots = string.Join(",", Enumerable.Repeat("""{"prompt":"p"}""", 6));
        var validation = _model.Validate(provider, RawJson.Parse($$"""{"image_url":"https://a.b/c","multi_prompt":[{{shots}}]}"""));

        Assert.Equal(valid, validation.IsValid);
        if (!valid)
            Assert.Equal(("multi_prompt", ValidationRule.MaxItems, "5"), (validation.Issues[0].Path, validation.Issues[0].Rule, validation.Issues[0].Limit));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public void Common_rules_and_those_of_shots_hold_everywhere(string provider)
    {
        var issues =
            _model.Validate(provider, RawJson.Parse("""{"prompt":"p","duration":"2","multi_prompt":[{"duration":"5"}],"generate_audio":"maybe"}""")).Issues;

        Assert.Equal(["generate_audio", "image_url", "duration", "multi_prompt[0].prompt", "prompt"], issues.Select(issue => issue.Path));
    }

    [Fact]
    public void An_option_that_one_provider_does_not_take_is_left_out_with_a_warning()
    {
        var fal = Documents.FalOpenApi(
            "fal-ai/a",
            """{"prompt": {"type": "string"}, "negative_prompt": {"type": "string"}, "size": {"type": "string", "enum": ["1:1", "4:3"]}}""",
            ["prompt"]);
        var page = TestFiles.EachlabsPage with
        {
            Path = "specs/each.md",
            Text = TestFiles.EachlabsPage.Text.Replace("kling-o3-pro-image-to-video", "a")
                .Replace("| shot_type | string | No | customize | customize |", "| size | string | No | - | 1:1,16:9 |"),
        };
        var catalog = new Spec("catalog.json", """{"models": {"a": {"fal": "fal-ai/a", "eachlabs": "a"}}}""");
        var generated = new Project([fal with { Namespace = "Demo.Fal" }, page with { Namespace = "Demo.Each" }, catalog]).Run();
        var model = (NeutralModel)generated.Load().GetType("Demo.Models.Neutral.A", throwOnError: true)!.GetProperty("Model")!.GetValue(null)!;
        var input = RawJson.Parse("""{"prompt":"p","negative_prompt":"n","size":"16:9"}""");
        var warnings = new List<string>();

        Assert.Equal("""{"prompt":"p","size":"16:9"}""", model.MapRequest("eachlabs", input, warnings).ToString());
        Assert.Equal(["eachlabs does not support 'negative_prompt'; it was omitted."], warnings);
        Assert.Equal(["size"], model.Validate("fal", input).Issues.Select(issue => issue.Path));
        Assert.Contains("'a': eachlabs does not support the parameter 'negative_prompt'", generated.Diagnostics.Select(diagnostic => diagnostic.GetMessage()));
        Assert.Contains("'a': eachlabs does not support '4:3' in 'size'", generated.Diagnostics.Select(diagnostic => diagnostic.GetMessage()));
        Assert.All(["1:1", "4:3", "16:9"], value => Assert.Contains($"=> new(\"{value}\");", generated.Source("Demo.Models.Neutral.A.g.cs")));
    }

    /// <summary>Values of each parameter of the models that the catalog describes, at their limits and inside, as JSON.</summary>
    private static readonly Dictionary<string, Dictionary<string, string[]>> _valid = new()
    {
        ["flux-2-pro"] = new()
        {
            ["prompt"] = ["\"p\"", "\"a zoetrope, \\u00e9\""],
            ["width"] = ["256", "1024", "2048"],
            ["height"] = ["256", "768", "2048"],
            ["image_urls"] = ["[]", "[\"https://example.com/a.png\"]", $"[{string.Join(",", Enumerable.Repeat("\"https://example.com/a.png\"", 8))}]"],
            ["seed"] = ["0", "7", "4294967295"],
            ["safety_tolerance"] = ["1", "3", "5"],
            ["output_format"] = ["\"jpeg\"", "\"png\""],
        },
        ["image-to-video"] = new()
        {
            ["image_url"] = ["\"https://a.b/c\"", "\"https://example.com/a.png\""],
            ["prompt"] = ["\"p\"", $"\"{new string('p', 1000)}\""],
            ["duration"] = ["5", "9"],
            ["aspect_ratio"] = ["\"16:9\"", "\"9:16\"", "\"1:1\"", "\"4:3\"", "\"3:4\"", "\"21:9\""],
        },
    };

    [Theory]
    [InlineData("flux-2-pro")]
    [InlineData("image-to-video")]
    public void Every_valid_request_is_valid_at_each_provider_that_supports_its_parameters(string name)
    {
        var model = NeutralIndex.All.Single(one => one.Name == name);
        Assert.Equal(model.Parameters.Select(parameter => parameter.Name), _valid[name].Keys);
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var given = model.Parameters.Where(parameter => parameter.Required || random.Next(2) == 0).ToList();
            var members = given.Select(parameter => $"\"{parameter.Name}\":{_valid[name][parameter.Name][random.Next(_valid[name][parameter.Name].Length)]}");
            var request = RawJson.Parse($"{{{string.Join(",", members)}}}");
            foreach (var provider in model.Providers)
            {
                var lacks = provider == "fal" && given.Exists(parameter => parameter.Name == "image_urls");
                var warnings = new List<string>();
                Assert.Equal(lacks ? ["image_urls"] : [], model.Validate(provider, request).Issues.Select(issue => issue.Path));
                Assert.NotEqual(RawJson.Null, model.MapRequest(provider, request, warnings));
                Assert.Equal(lacks ? ["fal cannot take image_urls: is not a parameter of this model."] : [], warnings);
            }
        }
    }

    [Theory]
    [InlineData("runway", """{"promptText":"p","promptImage":"https://example.com/a.png","ratio":"720:1280","duration":5}""")]
    [InlineData("luma", """{"prompt":"p","aspect_ratio":"9:16","keyframes":{"frame0":{"type":"image","url":"https://example.com/a.png"}},"duration":"5s"}""")]
    public void A_video_request_becomes_the_providers(string provider, string expected) => Assert.Equal(
        expected,
        ImageToVideo.Model.MapRequest(
            provider, RawJson.Parse("""{"image_url":"https://example.com/a.png","prompt":"p","duration":5,"aspect_ratio":"9:16"}"""), []).ToString());

    [Theory]
    [InlineData("fal", """{"prompt":"p","image_size":{"width":1024,"height":768},"seed":7,"safety_tolerance":"2","output_format":"jpeg"}""")]
    [InlineData("bfl", """{"prompt":"p","seed":7,"width":1024,"height":768,"safety_tolerance":2,"output_format":"jpeg"}""")]
    [InlineData("replicate",
        """{"prompt":"p","aspect_ratio":"custom","width":1024,"height":768,"safety_tolerance":2,"seed":7,"output_format":"jpg"}""")]
    public void An_image_request_becomes_the_providers(string provider, string expected) => Assert.Equal(
        expected,
        Flux2Pro.Model.MapRequest(
            provider, RawJson.Parse("""{"prompt":"p","width":1024,"height":768,"seed":7,"safety_tolerance":2,"output_format":"jpeg"}"""), []).ToString());

    [Fact]
    public void The_example_of_the_documentation_is_right()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "add-a-catalog-model.md"));
        var blocks = page.Split("```json\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]).ToList();
        var specs = new[] { "runway/runway.json", "runway/runway.jobs.json", "luma/luma.json", "luma/luma.jobs.json" }
            .Select(path => new Spec("specs/" + path, File.ReadAllText(Path.Combine(TestFiles.Root, "specs", path))));

        var generated = new Project([.. specs, new("specs/catalog.json", blocks[1])]).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning);
        Assert.Empty(generated.Errors());
        Assert.Empty(new Project([.. TestFiles.Kling[..3], new("specs/catalog.json", blocks[0])]).Run().Errors());
    }
}
