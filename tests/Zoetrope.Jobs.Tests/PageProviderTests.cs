using Zoetrope.Errors;
using Zoetrope.Jobs.Tests.Odd;

namespace Zoetrope.Jobs.Tests;

/// <summary>
/// Providers whose documents are pages with the OpenAPI of one operation each, as their sites export them. The pages are written from the facts, and so are the
/// responses here.
/// </summary>
public sealed class PageProviderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Krea_has_its_webhook_in_a_header_and_its_result_in_the_job()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"job_id":"j-1","status":"backlogged","created_at":"2026-11-28T00:00:00Z","completed_at":null,"result":null}"""),
            FakeServer.Reply(200, """{"job_id":"j-1","status":"intermediate-complete"}"""),
            FakeServer.Reply(200, """{"job_id":"j-1","status":"completed","result":{"urls":["https://cdn.example/a.mp4"]}}"""));
        using var client = new KreaClient(new KreaClientOptions { ApiKey = "secret", BaseUrl = server.Url, Jitter = new Random(1) });

        var job = await client.Kling2_6.SubmitAsync(
            new() { Prompt = "a cat", AspectRatio = Kling2_6.AspectRatio.Ratio16x9 }, new() { WebhookUrl = new("https://me.example/hook") }, Token);
        var result = await job.WaitAsync(cancellationToken: Token);

        Assert.Equal(["https://cdn.example/a.mp4"], result.Value.Urls);
        Assert.Equal(["POST /generate/video/kling/kling-2.6", "GET /jobs/j-1", "GET /jobs/j-1"], server.Requests.Select(Line));
        Assert.Contains("\r\nX-Webhook-URL: https://me.example/hook\r\n", server.Requests[0]);
        Assert.EndsWith("""{"prompt":"a cat","aspectRatio":"16:9"}""", server.Requests[0]);
    }

    [Fact]
    public async Task Krea_deletes_what_is_not_finished_and_nothing_else()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"job_id":"j-1","status":"queued"}"""), FakeServer.Reply(200, ""),
            FakeServer.Reply(200, """{"job_id":"j-2","status":"completed"}"""));
        using var client = new KreaClient(new KreaClientOptions { ApiKey = "secret", BaseUrl = server.Url, Jitter = new Random(1) });

        var first = await client.Kling2_6.Resume(JobHandle.Parse("krea:kling-2.6:j-1")).CancelAsync(Token);
        var second = await client.Kling2_6.Resume(JobHandle.Parse("krea:kling-2.6:j-2")).CancelAsync(Token);

        Assert.Equal((CancelOutcome.OnlyRecorded, CancelOutcome.AlreadyCompleted), (first, second));
        Assert.Equal(["GET /jobs/j-1", "DELETE /jobs/j-1", "GET /jobs/j-2"], server.Requests.Select(Line));
    }

    [Fact]
    public async Task MiniMax_has_its_model_in_the_body_and_its_result_below_the_task()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"task_id":"424"}"""),
            FakeServer.Reply(200, """{"task":{"id":"424","model":"MiniMax-H3","status":"running"}}"""),
            FakeServer.Reply(200, """{"task":{"id":"424","model":"MiniMax-H3","status":"succeeded","content":{"url":"https://cdn.example/a.mp4"}}}"""));
        using var client = new MiniMaxClient(new MiniMaxClientOptions { ApiKey = "secret", BaseUrl = server.Url, Jitter = new Random(1) });

        var result = await client.MiniMaxH3.RunAsync(
            new()
            {
                Content = [new() { Type = "text", Text = "a cat" }], Resolution = "768P", Duration = 5,
            },
            cancellationToken: Token);

        Assert.Equal("https://cdn.example/a.mp4", result.Value.Url);
        Assert.Equal(
            ["POST /v2/video_generation", "GET /v2/query/video_generation/424", "GET /v2/query/video_generation/424"], server.Requests.Select(Line));
        Assert.EndsWith(
            """{"model":"MiniMax-H3","content":[{"type":"text","text":"a cat"}],"resolution":"768P","duration":5}""", server.Requests[0]);
    }

    [Fact]
    public async Task MiniMax_tells_why_a_task_failed()
    {
        await using var server = new FakeServer(FakeServer.Reply(
            200, """{"task":{"id":"424","status":"failed","error":{"code":"1026","message":"video description contains sensitive content"}}}"""));
        using var client = new MiniMaxClient(new MiniMaxClientOptions { ApiKey = "secret", BaseUrl = server.Url, Jitter = new Random(1) });
        var job = client.MiniMaxH3.Resume(JobHandle.Parse("minimax:MiniMax-H3:424"));

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitAsync(cancellationToken: Token));

        Assert.Equal((FailureKind.Moderated, "1026"), (exception.Error.Kind, exception.Error.Type));
    }

    [Fact]
    public async Task The_pages_of_an_api_are_one_client_of_its_operations()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"task_id":"424","action":"deleted"}"""), FakeServer.Reply(200, """{"task":{"id":"424","status":"queued"}}"""));
        using var client = new MiniMaxApiClient(new() { ApiKey = "secret", BaseUrl = server.Url });

        var deleted = await client.VideoGenerationV2DeleteAsync("424", cancellationToken: Token);
        var found = await client.VideoGenerationV2QueryAsync("424", cancellationToken: Token);

        Assert.Equal("deleted", deleted.Action!.Value.ToString());
        Assert.Equal("queued", found.Task!.Status!.Value.ToString());
        Assert.Equal(["DELETE /v2/video_generation/424", "GET /v2/query/video_generation/424"], server.Requests.Select(Line));
    }

    [Fact]
    public async Task MiniMax_gets_no_DELETE_for_a_job_that_runs_because_it_would_only_delete_it_at_its_end()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"task":{"id":"424","model":"MiniMax-H3","status":"running"}}"""));
        using var client = new MiniMaxClient(new MiniMaxClientOptions { ApiKey = "key", BaseUrl = server.Url });

        var outcome = await client.Resume(JobHandle.Parse("minimax:MiniMax-H3:424")).CancelAsync(Token);

        Assert.Equal(CancelOutcome.AlreadyRunning, outcome);
        Assert.Equal("GET /v2/query/video_generation/424", Line(Assert.Single(server.Requests)));
    }

    private static string Line(string request) => request[..request.IndexOf(" HTTP", StringComparison.Ordinal)];
}
