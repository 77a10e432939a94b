using Zoetrope.Errors;
using Zoetrope.Higgsfield;
using Zoetrope.Json;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>Higgsfield, whose documents are pages: fal's queue, a key in two parts, an idempotency key, and a cancel for what is queued.</summary>
public sealed class HiggsfieldTests : ProviderTest
{
    private const string Host = "platform.higgsfield.ai";
    private const string Id = "d7e6c0f3-6699-4f6c-bb45-2ad7fd9158ff";

    private static HiggsfieldAiSoulStandard.Request Request => new() { Prompt = "a cat" };

    [Fact]
    public async Task A_job_runs_to_its_pictures()
    {
        await using var server = new FakeServer(Job("queued"), Job("in_progress"), Job("completed", ""","images":[{"url":"https://cdn.example/a.png"}]"""));
        using var client = Client(server);

        var job = await client.HiggsfieldAiSoulStandard.SubmitAsync(Request, new() { WebhookUrl = new("https://me.example/hook"), IdempotencyKey = "one" }, Token);
        var result = await job.WaitAsync(cancellationToken: Token);

        Assert.Equal("https://cdn.example/a.png", Assert.Single(result.Value.Images!).Url);
        Assert.Equal(
            [
                $"POST {Host}/higgsfield-ai/soul/standard?hf_webhook=https%3A%2F%2Fme.example%2Fhook", $"GET {Host}/requests/{Id}/status",
                $"GET {Host}/requests/{Id}/status",
            ],
            Lines(server));
        Assert.All(server.Requests, request => Assert.Equal("Key test-key", Header(request, "Authorization")));
        Assert.Equal("one", Header(server.Requests[0], "Idempotency-Key"));
    }

    [Fact]
    public async Task A_submit_whose_response_is_lost_is_sent_again_with_its_key()
    {
        await using var server = new FakeServer(FakeServer.Reset, Job("queued"));
        using var client = Client(server);

        var job = await client.HiggsfieldAiSoulStandard.SubmitAsync(Request, cancellationToken: Token);

        Assert.Equal(2, server.Requests.Length);
        var key = Header(server.Requests[0], "Idempotency-Key");
        Assert.False(string.IsNullOrEmpty(key));
        Assert.Equal(key, Header(server.Requests[1], "Idempotency-Key"));
        Assert.EndsWith("#" + key, job.Handle.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_has_no_page_is_submitted_by_its_id()
    {
        await using var server = new FakeServer(Job("queued"));
        using var client = Client(server);

        await client.SubmitAsync("kling-video/v2.1/pro/image-to-video", RawJson.Parse("""{"prompt":"a cat"}"""), cancellationToken: Token);

        Assert.Equal($"POST {Host}/kling-video/v2.1/pro/image-to-video", Assert.Single(Lines(server)));
        AssertBody("""{"prompt":"a cat"}""", server.Requests[0]);
    }

    [Fact]
    public async Task An_address_elsewhere_is_not_watched()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(200, $$"""{"request_id":"{{Id}}","status":"queued","status_url":"https://else.example/r-1"}"""), Job("in_progress"));
        using var client = Client(server);

        var job = await client.HiggsfieldAiSoulStandard.SubmitAsync(Request, cancellationToken: Token);
        await job.GetStatusAsync(cancellationToken: Token);

        Assert.Equal($"GET {Host}/requests/{Id}/status", Lines(server).Last());
    }

    [Fact]
    public async Task A_moderated_picture_is_said_to_be_and_only_what_is_queued_is_canceled()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(400, """{"detail":"only queued requests can be canceled"}"""), Job("in_progress"), Job("nsfw"));
        using var client = Client(server);
        var job = client.HiggsfieldAiSoulStandard.Resume(JobHandle.Parse($"higgsfield:higgsfield-ai/soul/standard:{Id}"));

        var outcome = await job.CancelAsync(Token);
        var exception = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitAsync(cancellationToken: Token));

        Assert.Equal((CancelOutcome.AlreadyRunning, FailureKind.Moderated), (outcome, exception.Error.Kind));
        Assert.Equal($"POST {Host}/requests/{Id}/cancel", Lines(server).First());
    }

    private static Func<FakeServer.Exchange, Task> Job(string word, string members = "") => Json(
        $$"""
        {"status":"{{word}}","request_id":"{{Id}}","status_url":"https://platform.higgsfield.ai/requests/{{Id}}/status",
         "cancel_url":"https://platform.higgsfield.ai/requests/{{Id}}/cancel"{{members}}}
        """);

    private HiggsfieldClient Client(FakeServer server)
    {
        var options = Options<HiggsfieldClientOptions>(server);
        options.ApiKey = Key;
        return new HiggsfieldClient(options);
    }
}
