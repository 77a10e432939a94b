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
    public void The_catalog_lists_the_model_and_its_providers()
    {
        Assert.Same(_model, Assert.Single(NeutralIndex.All));
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
}
