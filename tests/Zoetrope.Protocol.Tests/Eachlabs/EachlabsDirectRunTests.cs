using Zoetrope.Eachlabs;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>Runs whose response is the result (<c>/v1/prediction/run</c>).</summary>
public sealed class EachlabsDirectRunTests
{
    private const string Done = """{"status":"success","message":"ok","predictionID":"p-1","output":"A text.","error":""}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_is_run_in_one_request()
    {
        await using var server = new FakeServer(Reply(200, Done));
        using var client = Client(server.Url);

        var result = await client.RunDirectAsync("eachlabs-llm-router", RawJson.Parse("""{"prompt":"x"}"""), cancellationToken: Token);

        Assert.Equal(("A text.", "eachlabs:eachlabs-llm-router:p-1"), (result.Value.AsString(), result.Handle.ToString()));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /v1/prediction/run HTTP/1.1\r\n", request);
        Assert.EndsWith("""{"model":"eachlabs-llm-router","input":{"prompt":"x"}}""", request);
    }

    [Fact]
    public async Task A_typed_model_has_a_typed_result()
    {
        await using var server = new FakeServer(Reply(200, """{"status":"success","predictionID":"p-1","output":{"video":{"url":"https://files.example/1.mp4"}}}"""));
        using var client = Client(server.Url);

        var result = await client.RunDirectAsync(Clips.StrictAt("eachlabs", "any"), Clips.Request, cancellationToken: Token);

        Assert.Equal("https://files.example/1.mp4", result.Value.Video?.Url);
        await Assert.ThrowsAsync<ArgumentException>(() => client.RunDirectAsync(Clips.StrictAt("fal", "any"), Clips.Request, cancellationToken: Token));
    }

    [Fact]
    public async Task A_failure_is_confirmed_by_the_prediction_itself()
    {
        const string Failed = """{"id":"p-1","status":"error","output":{"error":"Execution failed","error_code":"PROVIDER_FAILED","error_message":"No."},"metrics":{}}""";
        await using var server = new FakeServer(
            Reply(200, """{"status":"failed","predictionID":"p-1","output":null,"error":"No."}"""), Reply(200, Failed));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.RunDirectAsync("m", RawJson.Parse("{}"), cancellationToken: Token));

        Assert.Equal("p-1", exception.Handle.JobId);
        Assert.Contains("No.", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400, """{"error":"sync execution is not enabled"}""", true)]
    [InlineData(422, "{}", true)]
    [InlineData(500, "{}", false)]
    [InlineData(200, """{"status":"success","output":"lost"}""", false)]
    public async Task A_run_that_may_have_been_accepted_is_not_sent_again(int status, string body, bool wasNotAccepted)
    {
        await using var server = new FakeServer(Reply(status, body));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.RunDirectAsync("m", RawJson.Parse("{}"), cancellationToken: Token));

        Assert.Equal((wasNotAccepted, 1), (exception.WasNotAccepted, server.Requests.Length));
    }

    [Theory]
    [InlineData(400, "predictionID")]
    [InlineData(422, "prediction_id")]
    [InlineData(500, "predictionID")]
    [InlineData(429, "predictionID")]
    [InlineData(429, "prediction_id")]
    public async Task An_error_that_names_its_prediction_is_not_a_refusal(int status, string member)
    {
        await using var server = new FakeServer(Reply(status, $$"""{"status":"failed","{{member}}":"p-1","error":"No."}""", "Retry-After: 0"));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.RunDirectAsync("m", RawJson.Parse("{}"), cancellationToken: Token));

        Assert.Equal((false, "eachlabs:m:p-1"), (exception.WasNotAccepted, exception.Handle?.ToString()));
        Assert.Equal("No.", exception.Service!.Error.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429, """{"error":"slow down","predictionID":"p-1"}""")]
    [InlineData(429, """{"error":"slow down","predictionID":"p-1","rest":""")]
    [InlineData(503, """{"error":"slow down","prediction_id":"p-1"}""")]
    public async Task An_error_that_names_its_prediction_is_not_retried(int status, string body)
    {
        await using var server = new FakeServer(Reply(status, body, "Retry-After: 0"), Reply(200, """{"status":"success","predictionID":"p-2"}"""));
        using var client = Client(server.Url);
        var retries = 0;

        var exception = await Assert.ThrowsAsync<SubmitException>(
            () => client.SubmitAsync("m", RawJson.Parse("{}"), new EachlabsSubmitOptions { OnRetry = _ => retries++ }, Token));

        Assert.Equal((false, "eachlabs:m:p-1", 1), (exception.WasNotAccepted, exception.Handle?.ToString(), exception.Attempts));
        Assert.Equal((0, 1), (retries, server.Requests.Length));
    }

    [Theory]
    [InlineData("""{"error":"slow down"}""")]
    [InlineData("""{"error":"slow down","id":"err-1"}""")]
    [InlineData("""{"error":"slow down","predictionID":""}""")]
    [InlineData("<html>")]
    public async Task An_error_429_that_names_no_prediction_is_retried(string body)
    {
        await using var server = new FakeServer(Reply(429, body, "Retry-After: 0"), Reply(200, """{"status":"success","predictionID":"p-2"}"""));
        using var client = Client(server.Url);

        var job = await client.SubmitAsync("m", RawJson.Parse("{}"), cancellationToken: Token);

        Assert.Equal(("p-2", 2), (job.Handle.JobId, server.Requests.Length));
    }

    [Fact]
    public async Task A_run_frees_its_slot_and_takes_no_options_of_jobs()
    {
        await using var server = new FakeServer(Reply(200, Done));
        using var client = Client(server.Url, new SubmitLimits { InFlight = 1, QueueTimeout = TimeSpan.FromMilliseconds(200) });

        for (var run = 0; run < 3; run++)
            await client.RunDirectAsync("m", RawJson.Parse("{}"), cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.RunDirectAsync("m", RawJson.Parse("{}"), new() { WebhookUrl = new("https://example.com") }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.RunDirectAsync("m", RawJson.Parse("{}"), new() { MaxCost = new(1m) }, Token));

        Assert.Equal(3, server.Requests.Length);
    }

    [Theory]
    [InlineData("eachlabs-video-api", CancelOutcome.OnlyRecorded)]
    [InlineData("flux-1-1-pro", CancelOutcome.Requested)]
    public async Task A_cancel_that_is_only_a_record_says_so(string model, CancelOutcome outcome)
    {
        await using var server = new FakeServer(Reply(200, """{"status":"cancelled","message":"Prediction canceled successfully","predictionID":"p-1"}"""));
        using var client = Client(server.Url);

        Assert.Equal(outcome, await client.Resume(new JobHandle("eachlabs", model, "p-1")).CancelAsync(Token));
    }

    private static EachlabsClient Client(Uri url, SubmitLimits? limits = null) =>
        new(new EachlabsClientOptions { BaseUrl = url, ApiKey = "smk_test-key-1234", Limits = limits });
}
