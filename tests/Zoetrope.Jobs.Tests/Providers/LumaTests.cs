using Zoetrope.Errors;
using Zoetrope.Luma;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>Luma: the model and the kind of generation in the body, files by name in the result, and a DELETE that removes the record.</summary>
public sealed class LumaTests : ProviderTest
{
    private const string Id = "123e4567-e89b-12d3-a456-426614174000";

    private static readonly JobHandle _handle = new("luma", "ray-2", Id);

    private static Ray2.Request Request => new()
    {
        Prompt = "a cat",
        AspectRatio = "21:9",
        Duration = "5s",
        Resolution = "720p",
        Keyframes = new() { Frame0 = new Ray2.ImageReference { Url = "https://example.com/a.jpg" }, Frame1 = new Ray2.GenerationReference { Id = Id } },
    };

    [Fact]
    public async Task A_submit_names_the_model_the_kind_and_the_webhook_in_the_body()
    {
        await using var server = new FakeServer(Accepted());
        using var client = Client(server);

        var job = await client.Ray2.SubmitAsync(Request, new() { WebhookUrl = new Uri("https://example.com/hook") }, Token);

        Assert.Equal(["POST api.lumalabs.ai/dream-machine/v1/generations/video"], Lines(server));
        Assert.Equal("Bearer test-key", Header(server.Requests[0], "Authorization"));
        AssertBody(
            $$$"""
            {"model":"ray-2","generation_type":"video","prompt":"a cat","aspect_ratio":"21:9","duration":"5s","resolution":"720p",
             "keyframes":{"frame0":{"type":"image","url":"https://example.com/a.jpg"},"frame1":{"type":"generation","id":"{{{Id}}}"}},
             "callback_url":"https://example.com/hook"}
            """,
            server.Requests[0]);
        Assert.Equal((Id, "queued"), (job.Handle.JobId, job.LastStatus!.ProviderStatus));
    }

    [Fact]
    public async Task An_image_goes_to_its_own_operation()
    {
        await using var server = new FakeServer(Accepted(), Generation("completed", """{"image":"https://storage.example/a.jpg"}"""));
        using var client = Client(server);

        var result = await client.PhotonFlash1.RunAsync(
            new() { Prompt = "a cat", Format = "png", StyleRef = [new() { Url = "https://example.com/s.jpg", Weight = 0.8 }] }, cancellationToken: Token);

        Assert.Equal("POST api.lumalabs.ai/dream-machine/v1/generations/image", Lines(server).First());
        AssertBody(
            """
            {"model":"photon-flash-1","generation_type":"image","prompt":"a cat","format":"png","style_ref":[{"url":"https://example.com/s.jpg","weight":0.8}]}
            """,
            server.Requests[0]);
        Assert.Equal("https://storage.example/a.jpg", result.Value.Image);
    }

    [Fact]
    public async Task A_job_runs_to_its_files()
    {
        await using var server = new FakeServer(
            Accepted(), Generation("queued"), Generation("dreaming"),
            Generation("completed", """{"video":"https://storage.example/a.mp4","image":"https://storage.example/a.jpg"}"""));
        using var client = Client(server);
        var updates = new List<JobStatus>();

        var result = await client.Ray2.RunAsync(Request, wait: Watch(updates), cancellationToken: Token);

        Assert.Equal(("https://storage.example/a.mp4", "https://storage.example/a.jpg"), (result.Value.Video, result.Value.Image));
        Assert.Contains(updates, status => status is { State: JobState.Queued, ProviderStatus: "queued" });
        Assert.Contains(updates, status => status is { State: JobState.Running, ProviderStatus: "dreaming" });
        Assert.Equal(Enumerable.Repeat($"GET api.lumalabs.ai/dream-machine/v1/generations/{Id}", 3), Lines(server).Skip(1));
    }

    [Fact]
    public async Task A_failure_has_its_reason()
    {
        await using var server = new FakeServer(Accepted(), Generation("failed", reason: "\"400: The prompt was refused.\""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Ray2.RunAsync(Request, cancellationToken: Token));

        Assert.Equal(("400: The prompt was refused.", FailureKind.Unknown), (exception.Error.Message, exception.Error.Kind));
    }

    [Fact]
    public async Task Cancel_deletes_the_record_of_a_job_that_runs_and_says_that_this_is_all()
    {
        await using var server = new FakeServer(Generation("dreaming"), FakeServer.Reply(204, ""));
        using var client = Client(server);

        Assert.Equal(CancelOutcome.OnlyRecorded, await client.Ray2.Resume(_handle).CancelAsync(Token));

        Assert.Equal(
            [$"GET api.lumalabs.ai/dream-machine/v1/generations/{Id}", $"DELETE api.lumalabs.ai/dream-machine/v1/generations/{Id}"], Lines(server));
    }

    [Theory]
    [InlineData("completed", """{"video":"https://storage.example/a.mp4"}""")]
    [InlineData("failed", "null")]
    public async Task Cancel_deletes_nothing_of_a_job_that_has_ended(string state, string assets)
    {
        await using var server = new FakeServer(Generation(state, assets));
        using var client = Client(server);

        Assert.Equal(CancelOutcome.AlreadyCompleted, await client.Ray2.Resume(_handle).CancelAsync(Token));

        Assert.All(Lines(server), line => Assert.StartsWith("GET ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_has_Lumas_words()
    {
        await using var server = new FakeServer(FakeServer.Reply(403, """{"detail":"Insufficient credits"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Ray2.SubmitAsync(Request, cancellationToken: Token));

        Assert.True(exception.WasNotAccepted);
        Assert.Contains("Insufficient credits", exception.Message, StringComparison.Ordinal);
    }

    private static Func<FakeServer.Exchange, Task> Accepted() => FakeServer.Reply(201, Body("queued", "null", "null"));

    private static Func<FakeServer.Exchange, Task> Generation(string state, string assets = "null", string reason = "null") =>
        Json(Body(state, assets, reason));

    private static string Body(string state, string assets, string reason) => $$$"""
        {"id":"{{{Id}}}","generation_type":"video","state":"{{{state}}}","failure_reason":{{{reason}}},"created_at":"2026-11-28T12:00:00Z",
         "assets":{{{assets}}},"model":"ray-2","request":{"model":"ray-2","prompt":"a cat"}}
        """;

    private LumaClient Client(FakeServer server)
    {
        var options = Options<LumaClientOptions>(server);
        options.ApiKey = Key;
        return new LumaClient(options);
    }
}
