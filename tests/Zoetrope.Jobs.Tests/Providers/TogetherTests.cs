using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Together;
using Zoetrope.Validation;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>Together: the model in the body, operations below another version than the rest of the API, and the cost with the result.</summary>
public sealed class TogetherTests : ProviderTest
{
    private const string Id = "019a0068-794a-7213-90f6-cc4eb62e3da7";

    private static MinimaxHailuo02.Request Request => new() { Prompt = "A serene sunset", Width = 1366, Height = 768, Seconds = "6" };

    [Fact]
    public async Task A_job_runs_to_its_video_and_its_cost()
    {
        await using var server = new FakeServer(
            Job("in_progress"), Job("queued"), Job("in_progress"),
            Job("completed", ""","outputs":{"cost":0.28,"video_url":"https://api.together.ai/shrt/DwlaBdSakNRFlBxN"}"""));
        using var client = Client(server);
        var updates = new List<JobStatus>();

        var result = await client.MinimaxHailuo02.RunAsync(Request, wait: Watch(updates), cancellationToken: Token);

        Assert.Equal(
            Enumerable.Repeat($"GET api.together.ai/v2/videos/{Id}", 3).Prepend("POST api.together.ai/v2/videos"), Lines(server));
        Assert.All(server.Requests, request => Assert.Equal("Bearer test-key", Header(request, "Authorization")));
        Assert.Equal("application/json", Header(server.Requests[0], "Content-Type"));
        AssertBody("""{"model":"minimax/hailuo-02","prompt":"A serene sunset","width":1366,"height":768,"seconds":"6"}""", server.Requests[0]);
        Assert.Equal("https://api.together.ai/shrt/DwlaBdSakNRFlBxN", result.Value.Video.Url);
        Assert.Equal((0.28m, false), (result.Metrics.Cost, result.Metrics.IsCeiling));
        Assert.Contains(updates, status => status is { State: JobState.Queued, ProviderStatus: "queued" });
    }

    [Theory]
    [InlineData("queued", JobState.Queued)]
    [InlineData("in_progress", JobState.Running)]
    [InlineData("a new word", JobState.Running)]
    [InlineData("failed", JobState.Failed)]
    [InlineData("cancelled", JobState.Canceled)]
    public async Task A_word_is_a_state(string word, JobState state)
    {
        await using var server = new FakeServer(Job(word));
        using var client = Client(server);

        var status = await client.Resume(JobHandle.Parse($"together:vidu/vidu-q1:{Id}")).GetStatusAsync(cancellationToken: Token);

        Assert.Equal((state, word), (status.State, status.ProviderStatus));
    }

    [Fact]
    public async Task A_failed_job_says_why()
    {
        await using var server = new FakeServer(Job("in_progress"), Job("failed", ""","error":{"code":"bad_thing","message":"The model broke"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.MinimaxHailuo02.RunAsync(Request, cancellationToken: Token));

        Assert.Equal(("bad_thing", FailureKind.Unknown), (exception.Error.Type, exception.Error.Kind));
        Assert.Contains("The model broke", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_cancel_and_no_webhook()
    {
        await using var server = new FakeServer(Job("in_progress"));
        using var client = Client(server);

        var outcome = await client.Resume(JobHandle.Parse($"together:vidu/vidu-q1:{Id}")).CancelAsync(Token);
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.MinimaxHailuo02.SubmitAsync(Request, new() { WebhookUrl = new Uri("https://example.com/hook") }, Token));

        Assert.Equal(CancelOutcome.NotSupported, outcome);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Another_model_takes_any_input_and_a_declared_one_only_what_is_valid()
    {
        await using var server = new FakeServer(Job("in_progress"));
        using var client = Client(server);

        await client.SubmitAsync("google/veo-3.1", RawJson.Parse("""{"prompt":"a cat","ratio":"16:9"}"""), cancellationToken: Token);
        var invalid = await Assert.ThrowsAsync<RequestValidationException>(
            () => client.MinimaxHailuo02.SubmitAsync(new() { Prompt = "a cat", Steps = 51, Width = 100 }, cancellationToken: Token));

        AssertBody("""{"model":"google/veo-3.1","prompt":"a cat","ratio":"16:9"}""", Assert.Single(server.Requests));
        Assert.Equal(["width", "steps"], invalid.Result.Issues.Select(issue => issue.Path));
    }

    private static Func<FakeServer.Exchange, Task> Job(string word, string more = "") => Json(
        $$"""{"id":"{{Id}}","object":"video","model":"m","status":"{{word}}","created_at":1760943438,"size":"1366x768","seconds":"6"{{more}}}""");

    private TogetherClient Client(FakeServer server)
    {
        var options = Options<TogetherClientOptions>(server);
        options.ApiKey = Key;
        return new(options);
    }
}
