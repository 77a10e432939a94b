using Zoetrope.ElevenLabs;
using Zoetrope.Errors;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>ElevenLabs flows: videos and images at addresses of their own, and a reason of each failure.</summary>
public sealed class ElevenLabsTests : ProviderTest
{
    private const string Id = "g7Xw2";
    private const string Api = "api.elevenlabs.io/v1/flows";

    private static readonly Func<FakeServer.Exchange, Task> _submitted = Json($$"""{"id":"{{Id}}","status":"pending"}""");

    private static Veo3_1Generate001.Request Request => new() { Prompt = "A corgi surfs", DurationSecs = 8, Resolution = "4K" };

    [Fact]
    public async Task A_video_runs_to_its_file()
    {
        await using var server = new FakeServer(
            _submitted, Job("pending"), Job("generating"),
            Job("completed", ""","content_url":"https://storage.example/a.mp4?sig=1","content_mime_type":"video/mp4" """));
        using var client = Client(server);
        var updates = new List<JobStatus>();
        var request = Request;
        request.StartFrame = new Veo3_1Generate001.GenerationReference { GenerationId = "g0" };
        request.Webhook = new Veo3_1Generate001.SomeWebhooks { Ids = ["w-1"] };

        var result = await client.Veo3_1Generate001.RunAsync(request, wait: Watch(updates), cancellationToken: Token);

        Assert.Equal(Enumerable.Repeat($"GET {Api}/video/{Id}", 3).Prepend($"POST {Api}/video"), Lines(server));
        Assert.All(server.Requests, sent => Assert.Equal("test-key", Header(sent, "xi-api-key")));
        Assert.All(server.Requests, sent => Assert.Null(Header(sent, "Authorization")));
        AssertBody(
            """
            {"model_id":"veo-3.1-generate-001","prompt":"A corgi surfs","duration_secs":8,"resolution":"4K",
             "start_frame":{"type":"generation","generation_id":"g0"},"webhook":{"type":"ids","ids":["w-1"]}}
            """,
            server.Requests[0]);
        Assert.Equal("https://storage.example/a.mp4?sig=1", result.Value.Video.Url);
        Assert.Contains(updates, status => status is { State: JobState.Queued, ProviderStatus: "pending" });
        Assert.Contains(updates, status => status is { State: JobState.Running, ProviderStatus: "generating" });
    }

    [Fact]
    public async Task An_image_is_watched_where_images_are()
    {
        await using var server = new FakeServer(
            _submitted, Job("completed", ""","content_url":"https://storage.example/a.png","content_mime_type":"image/png" """));
        using var client = Client(server);

        var result = await client.GptImage1_5.RunAsync(new() { Prompt = "A cat", Quality = "high" }, cancellationToken: Token);

        Assert.Equal([$"POST {Api}/image", $"GET {Api}/image/{Id}"], Lines(server));
        AssertBody("""{"model_id":"gpt-image-1.5","prompt":"A cat","quality":"high"}""", server.Requests[0]);
        Assert.Equal("https://storage.example/a.png", result.Value.Image.Url);
    }

    [Fact]
    public async Task A_handle_remembers_where_its_job_is_watched()
    {
        await using var server = new FakeServer(Job("generating"));
        using var client = Client(server);

        await client.Resume(JobHandle.Parse($"elevenlabs:gemini-3-pro-image:{Id}")).GetStatusAsync(cancellationToken: Token);
        await client.Resume(JobHandle.Parse($"elevenlabs:veo-3.1-fast-generate-001:{Id}")).GetStatusAsync(cancellationToken: Token);

        Assert.Equal([$"GET {Api}/image/{Id}", $"GET {Api}/video/{Id}"], Lines(server));
    }

    [Theory]
    [InlineData("timeout", FailureKind.Timeout)]
    [InlineData("model_error", FailureKind.Provider)]
    [InlineData("moderated", FailureKind.Moderated)]
    [InlineData("invalid_parameters", FailureKind.InvalidInput)]
    [InlineData("dependency_failed", FailureKind.Unknown)]
    [InlineData("charging_failed", FailureKind.Charging)]
    [InlineData("internal_error", FailureKind.Provider)]
    [InlineData("a new reason", FailureKind.Unknown)]
    public async Task A_reason_is_a_kind_of_failure(string reason, FailureKind kind)
    {
        await using var server = new FakeServer(_submitted, Job("failed", $$""","failure_reason":"{{reason}}","error_message":"It did not work" """));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Veo3_1Generate001.RunAsync(Request, cancellationToken: Token));

        Assert.Equal((kind, reason, "It did not work"), (exception.Error.Kind, exception.Error.Type, exception.Error.Message));
    }

    [Fact]
    public async Task There_is_no_cancel()
    {
        await using var server = new FakeServer(Job("generating"));
        using var client = Client(server);

        Assert.Equal(CancelOutcome.NotSupported, await client.Resume(JobHandle.Parse($"elevenlabs:gpt-image-1.5:{Id}")).CancelAsync(Token));

        Assert.Empty(server.Requests);
    }

    private static Func<FakeServer.Exchange, Task> Job(string word, string more = "") => Json($$"""{"id":"{{Id}}","status":"{{word}}"{{more}}}""");

    private ElevenLabsClient Client(FakeServer server)
    {
        var options = Options<ElevenLabsClientOptions>(server);
        options.ApiKey = Key;
        return new(options);
    }
}
