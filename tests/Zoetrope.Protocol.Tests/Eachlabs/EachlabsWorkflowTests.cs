using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>Workflows: executions are jobs like others, with the same rules for money.</summary>
public sealed class EachlabsWorkflowTests
{
    private const string Key = "smk_test-key-1234";
    private const string Queued = """{"execution_id":"exec-1","status":"queued"}""";
    private const string Running = """{"execution_id":"exec-1","workflow_id":"wf","status":"running","inputs":{"text":"a"},"step_outputs":{}}""";

    private const string Completed = """
        {"execution_id":"exec-1","workflow_id":"wf","version_id":"v1","status":"completed","started_at":"2026-08-01T10:00:00Z","completed_at":"2026-08-01T10:00:30Z",
        "step_outputs":{"draw":{"step_id":"draw","status":"completed","output":["https://files.example/1.png"],"primary":"https://files.example/1.png",
        "metadata":{"model":"flux-1-1-pro","fallback_used":true,"primary_error":"rate limit"}}},"output":["https://files.example/1.png"],"total_cost":0.12}
        """;

    private const string Failed = """{"execution_id":"exec-1","status":"failed","error":"ExecutionFailed","error_cause":"step draw: no capacity"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RawJson Inputs => RawJson.Parse("""{"text":"a story"}""");

    [Fact]
    public async Task A_workflow_is_triggered_watched_and_fetched()
    {
        await using var server = new FakeServer(Reply(202, Queued), Reply(200, Running), Reply(200, Completed));
        using var client = Client(server.Url);
        var seen = new List<JobState>();
        var options = new EachlabsSubmitOptions { WebhookUrl = new("https://example.com/hook"), WebhookSecret = "s3cret" };

        var job = await client.TriggerAsync("wf", "v1", Inputs, options, Token);
        var result = await job.WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(5), OnUpdate = status => seen.Add(status.State) }, Token);

        Assert.Equal("eachlabs-workflows:wf/v1:exec-1", job.Handle.ToString());
        Assert.Equal("""["https://files.example/1.png"]""", result.Value.ToString());
        Assert.Equal("https://files.example/1.png", Assert.Single(result.Media).Url);
        Assert.Equal(new JobMetrics(TimeSpan.FromSeconds(30), Cost: 0.12m), result.Metrics);
        Assert.Equal([JobState.Running, JobState.Completed], seen);
        var execution = job.LastStatus!.Raw.Deserialize<EachlabsApi.WorkflowExecution>();
        var step = Assert.Single(execution.StepOutputs!);
        Assert.Equal(("draw", "flux-1-1-pro", true, "rate limit"),
            (step.Key, step.Value.Metadata!.Model, step.Value.Metadata.FallbackUsed, step.Value.Metadata.PrimaryError));
        Assert.StartsWith("POST /v1/workflows/trigger/wf/v1 HTTP/1.1\r\n", server.Requests[0]);
        Assert.Contains($"\r\nX-API-Key: {Key}\r\n", server.Requests[0]);
        Assert.DoesNotContain("\r\nAuthorization:", server.Requests[0]);
        Assert.EndsWith("""{"inputs":{"text":"a story"},"webhook_url":"https://example.com/hook","webhook_secret":"s3cret"}""", server.Requests[0]);
        Assert.StartsWith("GET /v1/workflows/executions/exec-1 HTTP/1.1\r\n", server.Requests[1]);
    }

    [Fact]
    public async Task An_execution_is_resumed_by_its_handle_with_another_client()
    {
        await using var server = new FakeServer(Reply(200, Completed));
        using var client = Client(server.Url, options => options.Auth = EachlabsAuth.Bearer);

        var result = await client.Resume(JobHandle.Parse("eachlabs-workflows:%40acme/story/v2:exec-1")).WaitAsync(cancellationToken: Token);

        Assert.Equal(0.12m, result.Metrics.Cost);
        Assert.Contains($"\r\nAuthorization: Bearer {Key}\r\n", Assert.Single(server.Requests));
        Assert.DoesNotContain("X-API-Key", server.Requests[0]);
        using var predictions = new EachlabsClient(Key);
        Assert.Throws<ArgumentException>(() => predictions.Resume(result.Handle));
    }

    [Theory]
    [InlineData(EachlabsAuth.XApiKey, """{"inputs":{"text":"a story"}}""")]
    [InlineData(EachlabsAuth.Bearer, """{"inputs":{"text":"a story"},"api_key":"smk_test-key-1234"}""")]
    public async Task A_shared_workflow_takes_the_key_in_its_own_header_or_in_the_body(EachlabsAuth auth, string body)
    {
        await using var server = new FakeServer(Reply(202, Queued));
        using var client = Client(server.Url, options => options.Auth = auth);

        var job = await client.TriggerPublicAsync("acme", "story", "v2", Inputs, cancellationToken: Token);

        var request = Assert.Single(server.Requests);
        Assert.Equal("eachlabs-workflows:%40acme/story/v2:exec-1", job.Handle.ToString());
        Assert.StartsWith("POST /v1/public/@acme/workflows/story/versions/v2/trigger HTTP/1.1\r\n", request);
        Assert.EndsWith("\r\n\r\n" + body, request);
        Assert.Equal(auth == EachlabsAuth.XApiKey, request.Contains("\r\nX-API-Key: ", StringComparison.Ordinal));
        Assert.DoesNotContain("\r\nAuthorization:", request);
    }

    [Fact]
    public async Task A_shared_workflow_is_not_sent_the_key_of_a_token_provider_in_the_body()
    {
        await using var server = new FakeServer(Reply(202, Queued));
        using var bearer = Client(server.Url, options => (options.Auth, options.TokenProvider) = (EachlabsAuth.Bearer, static _ => new("smk_rotated-1234")));
        using var own = Client(server.Url, options => (options.Auth, options.TokenProvider) = (EachlabsAuth.XApiKey, static _ => new("smk_rotated-1234")));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => bearer.TriggerPublicAsync("acme", "story", "v2", Inputs, cancellationToken: Token));
        await own.TriggerPublicAsync("acme", "story", "v2", Inputs, cancellationToken: Token);

        Assert.Contains("set EachlabsClientOptions.Auth to XApiKey", exception.Message, StringComparison.Ordinal);
        Assert.Contains("\r\nX-API-Key: smk_rotated-1234\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task What_is_not_valid_is_refused_before_anything_is_sent()
    {
        await using var server = new FakeServer(Reply(202, Queued));
        using var client = Client(server.Url);

        foreach (var (workflow, version) in new[] { ("a/b", "v1"), ("..", "v1"), ("wf", "v/1"), (" ", "v1"), ("@me", ".") })
            await Assert.ThrowsAsync<ArgumentException>(() => client.TriggerAsync(workflow, version, Inputs, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.TriggerAsync("wf", "v1", RawJson.Parse("[1]"), cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.SubmitAsync("wf", Inputs, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.TriggerAsync("wf", "v1", Inputs, new() { WebhookSecret = "alone" }, Token));
        Assert.Throws<ArgumentException>(() => client.ListJobsAsync(new(), Token));
        Assert.Throws<ArgumentException>(() => client.ListJobsAsync(new() { EndpointId = "@acme/story/v2" }, Token));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(400, true, 1)]
    [InlineData(402, true, 1)]
    [InlineData(404, true, 1)]
    [InlineData(409, true, 1)]
    [InlineData(408, false, 1)]
    [InlineData(500, false, 1)]
    [InlineData(502, false, 1)]
    public async Task A_trigger_that_may_have_been_accepted_is_not_sent_again(int status, bool wasNotAccepted, int requests)
    {
        await using var server = new FakeServer(Reply(status, """{"error":"no"}"""), Reply(202, Queued));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.TriggerAsync("wf", "v1", Inputs, cancellationToken: Token));

        Assert.Equal((wasNotAccepted, requests), (exception.WasNotAccepted, server.Requests.Length));
        Assert.Null(exception.Handle);
    }

    [Fact]
    public async Task A_trigger_is_sent_again_after_429()
    {
        await using var server = new FakeServer(Reply(429, """{"error":"too many requests"}""", "Retry-After: 0"), Reply(202, Queued));
        using var client = Client(server.Url);

        var job = await client.TriggerAsync("wf", "v1", Inputs, cancellationToken: Token);

        Assert.Equal(("exec-1", 2), (job.Handle.JobId, server.Requests.Length));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(400)]
    [InlineData(500)]
    public async Task An_error_that_names_an_execution_is_not_retried_and_can_be_resumed(int status)
    {
        await using var server = new FakeServer(Reply(status, """{"error":"no","execution_id":"exec-1"}""", "Retry-After: 0"), Reply(202, Queued));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.TriggerAsync("wf", "v1", Inputs, cancellationToken: Token));

        Assert.Equal(("eachlabs-workflows:wf/v1:exec-1", false), (exception.Handle?.ToString(), exception.WasNotAccepted));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_receipt_that_breaks_off_after_the_id_is_resumable()
    {
        await using var server = new FakeServer(Raw("HTTP/1.1 202 Accepted\r\nContent-Length: 500\r\n\r\n{\"execution_id\":\"exec-1\",\"sta"));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.TriggerAsync("wf", "v1", Inputs, cancellationToken: Token));

        Assert.Equal(("eachlabs-workflows:wf/v1:exec-1", false), (exception.Handle?.ToString(), exception.WasNotAccepted));
    }

    [Fact]
    public async Task A_failed_execution_says_why_once_it_is_confirmed()
    {
        await using var server = new FakeServer(Reply(200, Failed), Reply(200, Failed), Reply(200, Failed), Reply(200, Failed));
        using var client = Client(server.Url);

        var wait = new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(5) };
        var exception = await Assert.ThrowsAsync<JobFailedException>(() => Resume(client).WaitAsync(wait, Token));

        Assert.Equal(("step draw: no capacity", "ExecutionFailed"), (exception.Error.Message, exception.Error.Type));
        Assert.True(server.Requests.Length > 1);
    }

    [Theory]
    [InlineData("""{"execution_id":"exec-1","status":"completed","workflow_output":{"image":"u"}}""", """{"image":"u"}""")]
    [InlineData("""{"execution_id":"exec-1","status":"completed","output":null,"workflow_output":{"image":"u"}}""", """{"image":"u"}""")]
    [InlineData("""{"execution_id":"exec-1","status":"completed","output":"text","workflow_output":{"image":"u"}}""", "\"text\"")]
    [InlineData("""{"execution_id":"exec-1","status":"COMPLETED","output":7}""", "7")]
    public async Task The_output_is_where_the_workflow_has_it(string body, string output)
    {
        await using var server = new FakeServer(Reply(200, body));
        using var client = Client(server.Url);

        Assert.Equal(output, (await Resume(client).WaitAsync(cancellationToken: Token)).Value.ToString());
    }

    [Fact]
    public async Task A_response_about_another_execution_is_not_believed()
    {
        await using var server = new FakeServer(Reply(200, Completed.Replace("exec-1", "exec-2", StringComparison.Ordinal)));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<JobWatchException>(() => Resume(client).GetStatusAsync(cancellationToken: Token));

        Assert.Contains("exec-2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_execution_cannot_be_canceled_and_nothing_is_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = Client(server.Url);

        Assert.Equal(CancelOutcome.NotSupported, await Resume(client).CancelAsync(Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Executions_are_listed_page_by_page_until_one_has_nothing_new()
    {
        const string First = """
            {"executions":[{"execution_id":"e1","flow_id":"wf","version_id":"v1","status":"running","created_at":"2026-08-02T00:00:00Z"},
            {"execution_id":"e2","version_id":"v2","status":"completed"},{"execution_id":"e3","status":"failed","created_at":"2026-07-01T00:00:00Z"}],"limit":100,"total_count":9}
            """;
        const string Second = """{"executions":[{"execution_id":"e3","status":"failed"},{"execution_id":"e4","version_id":"v1","status":"completed","output":"x"}]}""";
        await using var server = new FakeServer(Reply(200, First), Reply(200, Second));
        using var client = Client(server.Url);
        var found = new List<string>();

        await foreach (var job in client.ListJobsAsync(new() { EndpointId = "wf/v1", CreatedAfter = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero) }, Token))
            found.Add($"{job.Handle} {job.Status.State}");

        Assert.Equal(["eachlabs-workflows:wf/v1:e1 Running", "eachlabs-workflows:wf/v1:e4 Completed"], found);
        Assert.Equal(
            ["/v1/workflows/wf/executions?limit=100&offset=0", "/v1/workflows/wf/executions?limit=100&offset=3", "/v1/workflows/wf/executions?limit=100&offset=5"],
            server.Requests.Select(request => request.Split(' ')[1]));
    }

    [Fact]
    public async Task A_webhook_of_a_workflow_is_received_as_its_status()
    {
        var receiver = new EachlabsWorkflowWebhookReceiver("s3cret");

        var good = await receiver.ReceiveAsync(
            System.Text.Encoding.UTF8.GetBytes(Completed), name => name == "X-Webhook-Secret" ? ["s3cret"] : null, Token);
        var forged = await receiver.ReceiveAsync(
            System.Text.Encoding.UTF8.GetBytes(Completed), name => name == "X-Webhook-Secret" ? ["other"] : null, Token);

        Assert.Equal(("eachlabs-workflows", "exec-1", JobState.Completed), (receiver.Provider, good.Delivery!.JobId, good.Delivery.Status.State));
        Assert.NotNull(forged.Refusal);
    }

    private static Zoetrope.Clients.Job<RawJson> Resume(EachlabsWorkflowClient client) => client.Resume(JobHandle.Parse("eachlabs-workflows:wf/v1:exec-1"));

    private static EachlabsWorkflowClient Client(Uri url, Action<EachlabsClientOptions>? set = null)
    {
        var options = new EachlabsClientOptions { BaseUrl = url, ApiKey = Key };
        set?.Invoke(options);
        return new EachlabsWorkflowClient(options);
    }
}
