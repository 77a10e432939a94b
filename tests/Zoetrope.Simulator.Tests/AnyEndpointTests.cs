using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>Endpoints that no document describes.</summary>
public sealed class AnyEndpointTests
{
    private static readonly JsonObject _prompt = new() { ["prompt"] = "a zoetrope", ["num_images"] = 2, ["seed"] = 7, ["image_size"] = "square" };

    [Fact]
    public async Task Without_the_option_the_refusal_says_what_to_do()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();

        var fal = await client.SendAsync("POST", "fal-ai/flux/dev", _prompt.DeepClone());
        var eachlabs = await client.SendAsync("POST", "v1/prediction", Support.Create(_prompt.DeepClone().AsObject(), "flux-dev"));
        var replicate = await SubmitAsync(simulator, "replicate/models/acme/flux/predictions");

        Assert.Equal(404, fal.Status);
        Assert.StartsWith("Application 'fal-ai/flux/dev' not found. This simulator has no document of it. Add it with --specs FOLDER", fal["detail"]);
        Assert.Equal(404, eachlabs.Status);
        Assert.Contains("/_simulator/endpoints", eachlabs["details"]);
        Assert.Equal(404, replicate.Status);
        Assert.Contains("--specs FOLDER", replicate.Text);
    }

    [Fact]
    public async Task With_the_option_a_result_is_of_the_kind_that_the_id_speaks_of()
    {
        var played = new List<string>();
        await using var simulator = await StartAsync(played);
        using var client = simulator.Client();

        var image = await FalResultAsync(client, "fal-ai/flux/dev");
        var video = await FalResultAsync(client, "fal-ai/veo3/image-to-video");
        var text = await FalResultAsync(client, "fal-ai/any-llm");
        var again = await FalResultAsync(client, "fal-ai/flux/dev");

        var pictures = image["images"]!.AsArray();
        Assert.Equal((2, "512", "7", "a zoetrope"), (pictures.Count, $"{pictures[0]!["width"]}", $"{image["seed"]}", $"{image["prompt"]}"));
        using var file = await client.GetAsync($"{video["video"]!["url"]}");
        Assert.Equal("video/mp4", file.Content.Headers.ContentType!.ToString());
        Assert.Equal("A text.", $"{text["output"]}");
        Assert.Equal(image.Select(member => member.Key), again.Select(member => member.Key));
        Assert.Equal(["fal:fal-ai/flux/dev", "fal:fal-ai/veo3/image-to-video", "fal:fal-ai/any-llm"], played);
    }

    [Theory]
    [InlineData("fal-ai/kling-video/o3/pro/image-to-vidoe", 404)]
    [InlineData("fal-ai/kling-vdeo/o3/pro/image-to-video", 404)]
    // Another version, and another model.
    [InlineData("fal-ai/kling-video/o1/pro/image-to-video", 200)]
    [InlineData("fal-ai/kling-video/o3/pro/text-to-video", 200)]
    public async Task A_typing_error_is_not_hidden(string id, int status)
    {
        await using var simulator = await StartAsync([]);
        using var client = simulator.Client();

        var reply = await client.SendAsync("POST", id, Support.GoodInput());

        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 404, reply.Text.Contains($"Did you mean '{Support.FalId}'?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Documented_endpoints_are_as_strict_as_without_it()
    {
        await using var simulator = await StartAsync([]);
        using var client = simulator.Client();
        var wrong = Support.GoodInput();
        wrong["duration"] = "2";

        Assert.Equal(422, (await client.SendAsync("POST", Support.FalId, wrong)).Status);
        Assert.Equal(401, (await simulator.Client(key: "bad-key").SendAsync("POST", "fal-ai/flux/dev", _prompt.DeepClone())).Status);
    }

    [Fact]
    public async Task Eachlabs_and_providers_that_take_any_id_have_them_too()
    {
        var played = new List<string>();
        await using var simulator = await StartAsync(played);
        using var client = simulator.Client();

        var eachlabs = await client.SendAsync("POST", "v1/prediction", Support.Create(_prompt.DeepClone().AsObject(), "veo-text-to-video"));
        var prediction = await client.SendAsync("GET", "v1/prediction/" + eachlabs["predictionID"]);
        var submitted = await SubmitAsync(simulator, "replicate/models/acme/flux/predictions");
        using var replicate = Bearer(simulator);
        var result = await replicate.SendAsync("GET", submitted.Json["urls"]!["get"]!.ToString());
        var undeclared = await SubmitAsync(simulator, "luma/v1/no_such_operation");

        Assert.EndsWith(".mp4", prediction["output"]);
        Assert.Equal((200, "succeeded"), (submitted.Status, result["status"]));
        Assert.Contains("http://127.0.0.1", result.Json["output"]!.ToJsonString());
        Assert.Equal(404, undeclared.Status);
        Assert.Equal(["eachlabs:veo-text-to-video", "replicate:acme/flux"], played);
    }

    [Fact]
    public async Task A_folder_is_played_beside_what_the_simulator_has()
    {
        using var folder = new TemporaryFolder();
        folder.Write("studio.json", (await File.ReadAllTextAsync(
            Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.json"), TestContext.Current.CancellationToken))
            .Replace(Support.FalId, "me/own/image-to-video", StringComparison.Ordinal));
        await using var simulator = await MediaSimulator.StartAsync(
            new() { SpecsFolder = folder.Path, KeepsBuiltInDocuments = true, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero },
            TestContext.Current.CancellationToken);
        using var client = simulator.Client();

        var own = await client.SendAsync("POST", "me/own/image-to-video", Support.GoodInput());
        var contained = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        var neither = await client.SendAsync("POST", "fal-ai/flux/dev", _prompt.DeepClone());

        Assert.Equal((200, 200, 404), (own.Status, contained.Status, neither.Status));
        Assert.Equal(200, (await SubmitAsync(simulator, "replicate/models/black-forest-labs/flux-2-pro/predictions")).Status);
    }

    private static Task<MediaSimulator> StartAsync(List<string> played) => MediaSimulator.StartAsync(new()
    {
        QueueTime = TimeSpan.Zero,
        JobDuration = TimeSpan.Zero,
        AcceptsAnyEndpoint = true,
        OnUndocumentedEndpoint = (provider, id) => played.Add($"{provider}:{id}"),
    });

    private static async Task<JsonObject> FalResultAsync(HttpClient client, string id)
    {
        var submitted = await client.SendAsync("POST", id, _prompt.DeepClone());
        Assert.Equal(200, submitted.Status);
        return (await client.SendAsync("GET", submitted["response_url"])).Json.AsObject();
    }

    private static async Task<Reply> SubmitAsync(MediaSimulator simulator, string path)
    {
        using var client = Bearer(simulator);
        return await client.SendAsync("POST", path, new JsonObject { ["input"] = new JsonObject { ["prompt"] = "a zoetrope" } });
    }

    private static HttpClient Bearer(MediaSimulator simulator)
    {
        var client = new HttpClient { BaseAddress = simulator.BaseUrl };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a-key");
        return client;
    }
}
