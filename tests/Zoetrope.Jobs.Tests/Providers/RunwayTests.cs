using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Runway;
using Zoetrope.Validation;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>Runway: the model in the body, a ceiling of the cost at the submit, polls five seconds apart, a DELETE that cancels or deletes.</summary>
public sealed class RunwayTests : ProviderTest
{
    private const string Id = "17f20503-6c24-4c16-946b-35dbbce2af2f";

    private static readonly JobHandle _handle = new("runway", "image_to_video/gen4_turbo", Id);

    private static readonly Func<FakeServer.Exchange, Task> _accepted = Json($$$"""{"id":"{{{Id}}}","estimatedCost":{"credits":25}}""");

    private static ImageToVideoGen4Turbo.Request Request => new() { PromptImage = "https://example.com/a.png", Ratio = "1280:720", Duration = 5 };

    [Fact]
    public async Task A_submit_names_the_model_in_the_body_and_the_version_in_a_header()
    {
        await using var server = new FakeServer(_accepted);
        using var client = Client(server);

        var job = await client.ImageToVideoGen4Turbo.SubmitAsync(Request, cancellationToken: Token);

        Assert.Equal(["POST api.dev.runwayml.com/v1/image_to_video"], Lines(server));
        var sent = server.Requests[0];
        Assert.Equal(("Bearer test-key", "2024-11-06"), (Header(sent, "Authorization"), Header(sent, "X-Runway-Version")));
        AssertBody("""{"model":"gen4_turbo","promptImage":"https://example.com/a.png","ratio":"1280:720","duration":5}""", sent);
        Assert.Equal(Id, job.Handle.JobId);
        Assert.Equal(new JobMetrics(BillableUnits: 25) { Unit = "credits", IsCeiling = true }, job.LastStatus!.Metrics);
    }

    [Fact]
    public async Task A_frame_of_its_own_position_is_sent_as_a_list()
    {
        await using var server = new FakeServer(_accepted);
        using var client = Client(server);

        await client.ImageToVideoVeo3_1.SubmitAsync(
            new()
            {
                PromptImage = ImageToVideoVeo3_1.PromptImage.From([
                    new() { Uri = "https://example.com/a.png", Position = "first" },
                    new() { Uri = "https://example.com/z.png", Position = "last" },
                ]),
                Ratio = "1920:1080",
                Audio = false,
            },
            cancellationToken: Token);

        AssertBody(
            """
            {"model":"veo3.1","ratio":"1920:1080","audio":false,
             "promptImage":[{"uri":"https://example.com/a.png","position":"first"},{"uri":"https://example.com/z.png","position":"last"}]}
            """,
            server.Requests[0]);
    }

    [Fact]
    public async Task A_job_runs_to_its_result_and_its_cost()
    {
        await using var server = new FakeServer(
            _accepted,
            Status("\"status\":\"PENDING\",\"estimatedCost\":{\"credits\":25}"),
            Status("\"status\":\"THROTTLED\",\"estimatedCost\":{\"credits\":25}"),
            Status("\"status\":\"RUNNING\",\"progress\":0.25,\"estimatedCost\":{\"credits\":25}"),
            Status("\"status\":\"RUNNING\",\"progress\":0.5,\"estimatedCost\":{\"credits\":25}"),
            Status("\"status\":\"SUCCEEDED\",\"output\":[\"https://files.example/1.mp4\",\"https://files.example/2.mp4\"],\"cost\":{\"credits\":20}"));
        using var client = Client(server);
        var updates = new List<JobStatus>();

        var result = await client.ImageToVideoGen4Turbo.RunAsync(Request, wait: Watch(updates), cancellationToken: Token);

        Assert.Equal(["https://files.example/1.mp4", "https://files.example/2.mp4"], result.Value.Outputs.Select(file => file.Url));
        Assert.Equal(new JobMetrics(BillableUnits: 20) { Unit = "credits" }, result.Metrics);
        Assert.Contains(updates, status => status is { State: JobState.Queued, ProviderStatus: "THROTTLED" });
        // Progress alone is news.
        Assert.Equal([0.25, 0.5], updates.Where(status => status.ProviderStatus == "RUNNING").Select(status => status.Progress!.Value));
        Assert.Equal(Enumerable.Repeat($"GET api.dev.runwayml.com/v1/tasks/{Id}", 5), Lines(server).Skip(1));
        Assert.All(server.Requests, request => Assert.Equal("2024-11-06", Header(request, "X-Runway-Version")));
        Assert.NotEmpty(Waits);
        Assert.All(Waits, wait => Assert.True(wait >= TimeSpan.FromSeconds(5), wait.ToString()));
    }

    [Theory]
    [InlineData("SAFETY.INPUT.TEXT", FailureKind.Moderated)]
    [InlineData("SAFETY.OUTPUT.VIDEO", FailureKind.Moderated)]
    [InlineData("INPUT_PREPROCESSING.SAFETY.THIRD_PARTY", FailureKind.Moderated)]
    [InlineData("THIRD_PARTY.SAFETY", FailureKind.Moderated)]
    [InlineData("ASSET.INVALID", FailureKind.InvalidInput)]
    [InlineData("THIRD_PARTY.UNAVAILABLE", FailureKind.Capacity)]
    [InlineData("INTERNAL", FailureKind.Provider)]
    [InlineData("INTERNAL.BAD_OUTPUT.CODE01", FailureKind.Provider)]
    [InlineData("INPUT_PREPROCESSING.INTERNAL", FailureKind.Provider)]
    [InlineData("SAFETYNET", FailureKind.Unknown)]
    [InlineData("safety.input.text", FailureKind.Unknown)]
    public async Task A_code_tells_the_kind_of_a_failure(string code, FailureKind kind)
    {
        await using var server = new FakeServer(
            _accepted, Status($"\"status\":\"FAILED\",\"failure\":\"It did not work.\",\"failureCode\":\"{code}\",\"cost\":{{\"credits\":0}}"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.ImageToVideoGen4Turbo.RunAsync(Request, cancellationToken: Token));

        Assert.Equal((kind, code, "It did not work."), (exception.Error.Kind, exception.Error.Type, exception.Error.Message));
        Assert.Equal(0, exception.LastStatus!.Metrics.BillableUnits);
    }

    [Fact]
    public async Task A_canceled_task_and_a_word_that_nobody_knows_are_not_failures()
    {
        await using var server = new FakeServer(_accepted, Status("\"status\":\"DREAMING\""), Status("\"status\":\"CANCELLED\",\"cost\":{\"credits\":0}"));
        using var client = Client(server);
        var updates = new List<JobStatus>();

        await Assert.ThrowsAsync<JobCanceledException>(
            () => client.ImageToVideoGen4Turbo.RunAsync(Request, wait: Watch(updates), cancellationToken: Token));

        Assert.Contains(updates, status => status is { State: JobState.Running, ProviderStatus: "DREAMING" });
    }

    [Fact]
    public async Task Cancel_deletes_only_a_task_that_has_not_ended()
    {
        await using var server = new FakeServer(Status("\"status\":\"RUNNING\",\"progress\":0.1"), FakeServer.Reply(204, ""));
        using var client = Client(server);

        Assert.Equal(CancelOutcome.Requested, await Resume(client).CancelAsync(Token));

        Assert.Equal([$"GET api.dev.runwayml.com/v1/tasks/{Id}", $"DELETE api.dev.runwayml.com/v1/tasks/{Id}"], Lines(server));
    }

    [Theory]
    [InlineData("\"status\":\"SUCCEEDED\",\"output\":[\"https://files.example/1.mp4\"],\"cost\":{\"credits\":20}", CancelOutcome.AlreadyCompleted)]
    [InlineData("\"status\":\"FAILED\",\"failure\":\"no\",\"failureCode\":\"INTERNAL\",\"cost\":{\"credits\":0}", CancelOutcome.AlreadyCompleted)]
    [InlineData("\"status\":\"CANCELLED\",\"cost\":{\"credits\":0}", CancelOutcome.Requested)]
    public async Task Cancel_never_deletes_a_task_that_has_ended(string members, CancelOutcome outcome)
    {
        await using var server = new FakeServer(Status(members));
        using var client = Client(server);

        Assert.Equal(outcome, await Resume(client).CancelAsync(Token));

        Assert.All(Lines(server), line => Assert.StartsWith("GET ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_that_may_be_an_end_is_no_reason_to_delete()
    {
        await using var server = new FakeServer(Status("\"status\":\"ARCHIVED\""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<CancelFailedException>(() => Resume(client).CancelAsync(Token));

        Assert.Contains("ARCHIVED", exception.Message, StringComparison.Ordinal);
        Assert.Equal($"GET api.dev.runwayml.com/v1/tasks/{Id}", Assert.Single(Lines(server)));
    }

    [Fact]
    public async Task A_DELETE_without_a_response_is_not_sent_again_because_it_could_delete_what_it_ended()
    {
        await using var server = new FakeServer(Status("\"status\":\"RUNNING\""), FakeServer.Reset);
        using var client = Client(server, new HttpClient(new Persistent { InnerHandler = new LocalHosts(server.Url) }));

        var exception = await Assert.ThrowsAsync<CancelFailedException>(() => Resume(client).CancelAsync(Token));

        Assert.Equal(_handle, exception.Handle);
        Assert.Equal([$"GET api.dev.runwayml.com/v1/tasks/{Id}", $"DELETE api.dev.runwayml.com/v1/tasks/{Id}"], Lines(server));
    }

    [Fact]
    public async Task Cancel_of_a_task_that_is_gone_says_so()
    {
        await using var server = new FakeServer(FakeServer.Reply(404, """{"error":"Not found."}"""));
        using var client = Client(server);

        Assert.Equal(CancelOutcome.NotFound, await Resume(client).CancelAsync(Token));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refusal_is_the_providers_word_that_there_is_no_task()
    {
        await using var server = new FakeServer(FakeServer.Reply(
            400, """{"error":"Validation of body failed","issues":[{"code":"too_big","path":["duration"],"message":"At most 10."}]}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.ImageToVideoGen4Turbo.SubmitAsync(Request, cancellationToken: Token));

        Assert.True(exception.WasNotAccepted);
        Assert.Contains("Validation of body failed", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Nothing_is_sent_of_what_Runway_does_not_take()
    {
        await using var server = new FakeServer(_accepted);
        using var client = Client(server);

        var webhook = new SubmitOptions { WebhookUrl = new Uri("https://example.com/hook") };
        await Assert.ThrowsAsync<ArgumentException>(() => client.ImageToVideoGen4Turbo.SubmitAsync(Request, webhook, Token));
        var wrong = new TextToVideoVeo3_1.Request { PromptText = "A cat", Ratio = "1280:720", Duration = 5 };
        await Assert.ThrowsAsync<RequestValidationException>(() => client.TextToVideoVeo3_1.SubmitAsync(wrong, cancellationToken: Token));

        Assert.Empty(server.Requests);
    }

    private static Job<ImageToVideoGen4Turbo.Result> Resume(RunwayClient client) => client.ImageToVideoGen4Turbo.Resume(_handle);

    private static Func<FakeServer.Exchange, Task> Status(string members) =>
        Json($$$"""{"id":"{{{Id}}}","createdAt":"2026-11-28T12:00:00.000Z",{{{members}}}}""");

    private RunwayClient Client(FakeServer server, HttpClient? http = null)
    {
        var options = Options<RunwayClientOptions>(server);
        options.ApiKey = Key;
        options.HttpClient = http ?? options.HttpClient;
        return new RunwayClient(options);
    }

    /// <summary>Sends once more what had no response, as resilience handlers do.</summary>
    private sealed class Persistent : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri;
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException)
            {
                request.RequestUri = address;
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
