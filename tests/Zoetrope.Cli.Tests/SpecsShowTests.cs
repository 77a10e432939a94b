using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs show</c>.</summary>
public sealed class SpecsShowTests
{
    private const string Id = "fal-ai/kling-video/o3/pro/image-to-video";
    private const string Slug = "kling-o3-pro-image-to-video";

    [Theory]
    [InlineData(Id)]
    [InlineData("fal:" + Id)]
    [InlineData("KlingVideoO3ProImageToVideo")]
    [InlineData("fal.klingvideoo3proimagetovideo")]
    [InlineData("kling-video/o3/pro/image-to-video")]
    public async Task A_model_is_found_by_any_of_its_names(string name)
    {
        using var folder = new SpecsFolder();

        var lines = (await folder.RunAsync(["specs", "show", name])).Exits(0).Output.Split('\n');

        Assert.Equal($"fal.KlingVideoO3ProImageToVideo: fal {Id}", lines[0]);
        Assert.Contains($"  documents: {SpecsFolder.FalOpenApi}, {SpecsFolder.FalPage}", lines);
        Assert.Contains(lines, line => line.StartsWith("  rule: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("(image_url, required)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("    default ", StringComparison.Ordinal));
        Assert.Equal("class Request", lines.First(line => line.StartsWith("class ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_page_with_a_price_and_a_usual_time_shows_them()
    {
        using var folder = new SpecsFolder();

        var lines = (await folder.RunAsync(["specs", "show", Slug])).Exits(0).Output.Split('\n');

        Assert.Contains(lines, line => line.StartsWith("  price: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  usual time: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_is_there_as_JSON()
    {
        using var folder = new SpecsFolder();

        var card = (await folder.RunAsync(["specs", "show", Id, "--json"])).Exits(0).Json();

        Assert.Equal("KlingVideoO3ProImageToVideo", card.GetProperty("name").GetString());
        var request = card.GetProperty("types")[0];
        var duration = request.GetProperty("members").EnumerateArray().Single(member => member.GetProperty("jsonName").GetString() == "duration");
        Assert.Equal("Duration", duration.GetProperty("name").GetString());
        Assert.False(duration.GetProperty("required").GetBoolean());
        Assert.Contains("5", duration.GetProperty("values").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(JsonValueKind.Object, card.GetProperty("example").ValueKind);
    }

    [Fact]
    public async Task The_code_is_what_a_build_generates()
    {
        using var folder = new SpecsFolder();

        var code = (await folder.RunAsync(["specs", "show", Id, "--csharp"])).Exits(0).Output;

        Assert.Contains("class KlingVideoO3ProImageToVideo", code);
        Assert.Contains("\"image_url\"u8", code);
    }

    /// <summary>The simulator validates by the documents with a validator of its own.</summary>
    [Fact]
    public async Task Examples_are_requests_that_the_service_accepts()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = simulator.BaseUrl };
        client.DefaultRequestHeaders.Add("Authorization", "Key test");
        client.DefaultRequestHeaders.Add("X-API-Key", "test");
        using var folder = new SpecsFolder();

        var fal = (await folder.RunAsync(["specs", "show", Id, "--example"])).Exits(0).Json();
        var eachlabs = (await folder.RunAsync(["specs", "show", "eachlabs:" + Slug, "--example"])).Exits(0).Json();

        using var first = await client.PostAsJsonAsync(Id, fal, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await client.PostAsJsonAsync("v1/prediction", new { model = Slug, input = eachlabs }, TestContext.Current.CancellationToken);
        Assert.True(second.IsSuccessStatusCode, await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_miss_suggests_what_may_be_meant()
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "show", "KlingVideoO3ProImageToVide"]))
            .Exits(2)
            .Says("MODEL: no document in 'specs' is of a model 'KlingVideoO3ProImageToVide'")
            .Says("Did you mean KlingVideoO3ProImageToVideo");
        (await folder.RunAsync(["specs", "show", "something/quite/different/from/all/of/them"])).Exits(2).Says("`zoetrope specs list` lists the documents");
        (await folder.RunAsync(["specs", "show", Id, "--in", "none"])).Exits(2).Says("--in: no such folder: 'none'");
        (await folder.RunAsync(["specs", "show", Id, "--example", "--csharp"])).Exits(2).Says("--csharp, --example and --json: use one of them");
    }

    [Fact]
    public async Task A_name_that_several_models_have_is_not_guessed()
    {
        using var folder = new SpecsFolder();
        folder.Write("specs/fal/same.md", folder.Read(SpecsFolder.FalPage).Replace(Id, "other/kling-video/o3/pro/image-to-video"));

        (await folder.RunAsync(["specs", "show", "kling-video/o3/pro/image-to-video"]))
            .Exits(2)
            .Says("MODEL: several models are called 'kling-video/o3/pro/image-to-video'")
            .Says($"Name one of fal:{Id}, fal:other/kling-video/o3/pro/image-to-video.");
        Assert.StartsWith($"fal.KlingVideoO3ProImageToVideo: fal {Id}", (await folder.RunAsync(["specs", "show", "fal:" + Id])).Exits(0).Output);
    }
}
