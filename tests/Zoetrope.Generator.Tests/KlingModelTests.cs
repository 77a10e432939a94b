using Zoetrope.Fal.Models;
using Zoetrope.Json;
using Zoetrope.Validation;
using Each = Zoetrope.Eachlabs.Models.KlingO3ProImageToVideo;
using FalKling = Zoetrope.Fal.Models.KlingVideoO3ProImageToVideo;

namespace Zoetrope.Generator.Tests;

/// <summary>The generated models of the vendored documents, as the provider packages ship them.</summary>
public class KlingModelTests
{
    private const string Image = "https://example.com/a.png";

    private const string OnePixel =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory]
    [InlineData("**Required Parameters Example**")]
    [InlineData("**Full Example**")]
    public void The_pages_requests_survive_a_round_trip(string heading)
    {
        var json = Compact(Fence(heading));

        var request = RawJson.Parse(json).Deserialize<FalKling.Request>();

        Assert.Equal(json, Sorted(json, RawJson.From(request).ToString()));
        Assert.StartsWith("https://v3b.fal.media/", request.ImageUrl);
    }

    [Fact]
    public void A_file_that_the_page_names_without_describing_it_is_not_null() =>
        Assert.Contains(
            "public required global::Zoetrope.Media.MediaFile Video {",
            new Project([TestFiles.FalPage]).Run().Source("Demo.Models.KlingVideoO3ProImageToVideo.g.cs"));

    [Fact]
    public void The_pages_result_survives_a_round_trip()
    {
        var json = Compact(Fence("**Example Response**"));

        var result = RawJson.Parse(json).Deserialize<FalKling.Result>();

        Assert.Equal((12037975, "output.mp4", "video/mp4"), (result.Video.FileSize, result.Video.FileName, result.Video.ContentType));
        Assert.EndsWith("_output.mp4", result.Video.Url);
        Assert.Contains("\"file_size\":12037975", RawJson.From(result).ToString());
    }

    [Fact]
    public void Optional_members_are_left_out_and_null_is_kept_where_it_was_given()
    {
        Assert.Equal($$"""{"image_url":"{{Image}}"}""", RawJson.From(new FalKling.Request { ImageUrl = Image }).ToString());
        var read = RawJson.Parse($$"""{"image_url":"{{Image}}","multi_prompt":null}""").Deserialize<FalKling.Request>();
        Assert.Null(read.MultiPrompt);
        Assert.Equal($$"""{"image_url":"{{Image}}","multi_prompt":null}""", RawJson.From(read).ToString());
    }

    [Fact]
    public void Undeclared_and_odd_members_are_kept()
    {
        const string Json = """{"image_url":"u","duration":7,"seed":17454220438242315174,"new":{"a":[1.50]}}""";

        var request = RawJson.Parse(Json).Deserialize<FalKling.Request>();

        Assert.Null(request.Duration);
        Assert.Equal("17454220438242315174", request.ExtraProperties["seed"].ToString());
        Assert.Equal(Json, RawJson.From(request).ToString());
    }

    [Fact]
    public void Enums_have_readable_names_and_hold_any_value()
    {
        Assert.Equal("15", FalKling.Duration.Seconds15.Value);
        Assert.Equal("1", FalKling.MultiPromptElementDuration.Seconds1.Value);
        Assert.Equal("customize", FalKling.ShotType.Customize.Value);
        FalKling.Duration odd = "5.5";
        Assert.False(odd.IsKnown);
        Assert.True(FalKling.Duration.Seconds5.IsKnown);
        Assert.Equal(FalKling.Duration.Seconds5, new FalKling.Duration("5"));
        Assert.NotEqual(new FalKling.ShotType("Customize"), FalKling.ShotType.Customize);
        Assert.Equal("", default(FalKling.Duration).Value);
        Assert.Equal(FalKling.Duration.Seconds5.GetHashCode(), new FalKling.Duration("5").GetHashCode());
    }

    [Fact]
    public void A_right_request_has_no_problems() => Assert.True(ValidationResult.Of(Right()).IsValid);

    [Theory]
    [InlineData("""{"prompt":"p"}""", "image_url", ValidationRule.Required, null)]
    [InlineData("""{"image_url":"https://a.b/c"}""", "prompt", ValidationRule.ExactlyOne, "prompt and multi_prompt")]
    [InlineData("""{"image_url":"https://a.b/c","prompt":"p","multi_prompt":[{"prompt":"q"}]}""", "prompt", ValidationRule.ExactlyOne, "prompt and multi_prompt")]
    [InlineData("""{"image_url":"https://a.b/c","prompt":"p","duration":"2"}""", "duration", ValidationRule.Enum, "\"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", \"13\", \"14\", \"15\"")]
    [InlineData("""{"image_url":"https://a.b/c","prompt":"p","shot_type":"x"}""", "shot_type", ValidationRule.Enum, "\"customize\"")]
    [InlineData("""{"image_url":"https://a.b/c","prompt":"p","generate_audio":"maybe"}""", "generate_audio", ValidationRule.Type, "true or false")]
    [InlineData("""{"image_url":"https://a.b/c","multi_prompt":[{"prompt":"p"},{"duration":"5"}]}""", "multi_prompt[1].prompt", ValidationRule.Required, null)]
    [InlineData("""{"image_url":"https://a.b/c","multi_prompt":[{"prompt":"p","duration":"16"}]}""", "multi_prompt[0].duration", ValidationRule.Enum, null)]
    [InlineData("""{"image_url":"ftp://a.b/c","prompt":"p"}""", "image_url", ValidationRule.Url, "an http or https URL or a data URI")]
    [InlineData("""{"image_url":"ONE_PIXEL","prompt":"p"}""", "image_url", ValidationRule.File, null)]
    public void Each_rule_of_fal_is_checked(string json, string path, ValidationRule rule, string? limit)
    {
        var issue = FalKling.Endpoint.Validate(RawJson.Parse(json.Replace("ONE_PIXEL", OnePixel))).Issues[0];

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
        if (limit is not null)
            Assert.Equal(limit, issue.Limit);
    }

    [Theory]
    [InlineData("""{"image_url":"https://a.b/c"}""", "neither is")]
    [InlineData("""{"image_url":"https://a.b/c","multi_prompt":null}""", "neither is")]
    [InlineData("""{"image_url":"https://a.b/c","multi_prompt":[]}""", "multi_prompt is empty")]
    [InlineData("""{"image_url":"https://a.b/c","prompt":""}""", "prompt is empty")]
    [InlineData("""{"image_url":"https://a.b/c","prompt":"p","multi_prompt":[{"prompt":"q"}]}""", "both are")]
    public void What_is_given_empty_is_not_called_not_given(string json, string actual) =>
        Assert.Equal(actual, Assert.Single(FalKling.Endpoint.Validate(RawJson.Parse(json)).Issues).Actual);

    [Fact]
    public void Prompts_are_measured_in_characters()
    {
        var request = Right();
        request.Prompt = string.Concat(Enumerable.Repeat("😀", 2500));
        Assert.True(ValidationResult.Of(request).IsValid);
        request.Prompt += "x";
        var issue = Assert.Single(ValidationResult.Of(request).Issues);
        Assert.Equal(("prompt", ValidationRule.MaxLength, "2500", "2501"), (issue.Path, issue.Rule, issue.Limit, issue.Actual));
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var issues = FalKling.Endpoint.Validate(RawJson.Parse("""{"duration":"2","generate_audio":1,"multi_prompt":[{}],"prompt":"p"}""")).Issues;

        Assert.Equal(["generate_audio", "image_url", "duration", "multi_prompt[0].prompt", "prompt"], issues.Select(issue => issue.Path));
    }

    [Theory]
    [InlineData("""{"image_url":"data:image/png;base64,AAAA","prompt":"p"}""", "image_url", ValidationRule.Url)]
    [InlineData("""{"image_url":"https://localhost/a.png","prompt":"p"}""", "image_url", ValidationRule.Url)]
    [InlineData("""{"image_url":"http://example.com/a.png","prompt":"p"}""", "image_url", ValidationRule.Url)]
    [InlineData("""{"image_url":"https://a.b/c","prompt":"p","end_image_url":"https://10.0.0.1/a.png"}""", "end_image_url", ValidationRule.Url)]
    [InlineData("""{"image_url":"https://a.b/c","multi_prompt":[1,2,3,4,5,6]}""", "multi_prompt", ValidationRule.MaxItems)]
    [InlineData("""{"image_url":"https://a.b/c"}""", "prompt", ValidationRule.ExactlyOne)]
    [InlineData("""{"image_url":"https://a.b/c","prompt":"p","duration":"16"}""", "duration", ValidationRule.Enum)]
    public void Each_rule_of_Eachlabs_is_checked(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Each.Endpoint.Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Theory]
    [InlineData("\"https://cdn.example.com/v.mp4\"")]
    [InlineData("[\"https://cdn.example.com/v.mp4\",\"https://cdn.example.com/w.mp4\"]")]
    [InlineData("{\"url\":\"https://cdn.example.com/v.mp4\",\"fps\":24}")]
    public void The_output_of_Eachlabs_is_read_in_every_form_and_kept(string json)
    {
        var result = RawJson.Parse(json).Deserialize<Each.Result>();

        Assert.Equal("https://cdn.example.com/v.mp4", result.Video.Url);
        Assert.Equal(json, RawJson.From(result).ToString());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("{\"id\":1}")]
    public void An_odd_output_fails_on_access_only(string json)
    {
        var result = RawJson.Parse(json).Deserialize<Each.Result>();

        Assert.Throws<InvalidOperationException>(() => result.Video);
        Assert.Equal(json, RawJson.From(result).ToString());
    }

    [Fact]
    public void A_result_without_its_video_fails_on_access_only()
    {
        var result = RawJson.Parse("""{"video":5,"other":true}""").Deserialize<FalKling.Result>();

        Assert.Contains("'video'", Assert.Throws<InvalidOperationException>(() => result.Video).Message);
        Assert.Equal("""{"video":5,"other":true}""", RawJson.From(result).ToString());
    }

    [Fact]
    public void Results_can_be_made()
    {
        Assert.Equal("""{"video":{"url":"u"}}""", RawJson.From(new FalKling.Result { Video = new() { Url = "u" } }).ToString());
        Assert.Equal("""{"url":"u"}""", RawJson.From(new Each.Result { Video = new() { Url = "u" } }).ToString());
    }

    [Fact]
    public void The_listing_shows_what_the_documents_say()
    {
        var info = Assert.Single(ModelIndex.All, model => model.Endpoint.Id == FalKling.Endpoint.Id);
        Assert.Equal(("Kling O3 Image to Video [Pro]", "image-to-video"), (info.Title, info.Category));
        Assert.Equal(
            ["prompt", "image_url", "end_image_url", "duration", "generate_audio", "multi_prompt", "shot_type"],
            info.Parameters.Select(parameter => parameter.Name));
        var duration = info.Parameters[3];
        Assert.Equal(("string", false, "\"5\"", 13), (duration.Type, duration.Required, duration.Default, duration.Values!.Count));
        Assert.True(info.Parameters[1].Required);
        var each = Assert.Single(Eachlabs.Models.ModelIndex.All);
        Assert.Equal(("video", "active", TimeSpan.FromSeconds(110)), (each.OutputType, each.Status, each.EstimatedTime));
    }

    [Fact]
    public void The_client_has_the_model()
    {
        using var fal = new Fal.FalClient(new Fal.FalClientOptions { ApiKey = "k" });

        Assert.Same(FalKling.Endpoint, fal.KlingVideoO3ProImageToVideo.Endpoint);
    }

    private static FalKling.Request Right() => new() { ImageUrl = Image, Prompt = "p", Duration = FalKling.Duration.Seconds5, GenerateAudio = true };

    private static string Fence(string heading)
    {
        var page = TestFiles.FalPage.Text;
        var start = page.IndexOf("```json\n", page.IndexOf(heading, StringComparison.Ordinal), StringComparison.Ordinal) + 8;
        return page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    private static string Compact(string json) =>
        System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The JSON with its members in the order of another: writers keep the order of the document, not of the input.</summary>
    private static string Sorted(string order, string json)
    {
        var source = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        var sorted = new System.Text.Json.Nodes.JsonObject();
        foreach (var (name, _) in System.Text.Json.Nodes.JsonNode.Parse(order)!.AsObject())
            sorted[name] = source[name]?.DeepClone();
        Assert.Equal(sorted.Count, source.Count);
        return sorted.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
