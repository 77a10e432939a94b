using System.Text.Json.Nodes;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Replicate;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>Replicate: the model in the path, the input in a member, a webhook beside it, an address for each prediction, and aborted ones.</summary>
public sealed class ReplicateTests : ProviderTest
{
    private const string Id = "gm3qorzdhgbfurvjtvhg6dckhu";

    private static readonly JobHandle _handle = new("replicate", "black-forest-labs/flux-2-pro", Id);

    private static BlackForestLabsFlux2Pro.Request Request => new() { Prompt = "a cat", AspectRatio = "16:9", Seed = 7 };

    [Fact]
    public async Task A_submit_has_the_model_in_the_path_and_the_input_in_a_member()
    {
        await using var server = new FakeServer(Accepted());
        using var client = Client(server);

        var job = await client.BlackForestLabsFlux2Pro.SubmitAsync(Request, new() { WebhookUrl = new Uri("https://example.com/hook") }, Token);

        Assert.Equal(["POST api.replicate.com/v1/models/black-forest-labs/flux-2-pro/predictions"], Lines(server));
        Assert.Equal("Bearer test-key", Header(server.Requests[0], "Authorization"));
        Assert.Null(Header(server.Requests[0], "Prefer"));
        AssertBody("""{"input":{"prompt":"a cat","aspect_ratio":"16:9","seed":7},"webhook":"https://example.com/hook"}""", server.Requests[0]);
        Assert.Equal((Id, "starting"), (job.Handle.JobId, job.LastStatus!.ProviderStatus));
    }

    [Fact]
    public async Task A_job_is_watched_at_its_address_to_the_file()
    {
        await using var server = new FakeServer(
            Accepted(), Prediction("starting"), Prediction("processing"), Prediction("succeeded", "\"https://replicate.delivery/a.webp\""));
        using var client = Client(server);
        var updates = new List<JobStatus>();

        var result = await client.BlackForestLabsFlux2Pro.RunAsync(Request, wait: Watch(updates), cancellationToken: Token);

        Assert.Equal("https://replicate.delivery/a.webp", result.Value.Image.Url);
        Assert.Contains(updates, status => status is { State: JobState.Queued, ProviderStatus: "starting" });
        Assert.Contains(updates, status => status is { State: JobState.Running, ProviderStatus: "processing" });
        Assert.Equal(Enumerable.Repeat($"GET api.replicate.com/v1/predictions/{Id}", 3), Lines(server).Skip(1));
    }

    [Theory]
    [InlineData("https://api.replicate.com/v1/predictions/here", "api.replicate.com/v1/predictions/here")]
    [InlineData("https://stream.replicate.com/v1/predictions/there", "api.replicate.com/v1/predictions/" + Id)]
    [InlineData("https://replicate.example/v1/predictions/there", "api.replicate.com/v1/predictions/" + Id)]
    [InlineData("http://api.replicate.com/v1/predictions/there", "api.replicate.com/v1/predictions/" + Id)]
    [InlineData("/v1/predictions/there", "api.replicate.com/v1/predictions/" + Id)]
    public async Task The_key_goes_only_to_an_address_of_the_API(string address, string polled)
    {
        await using var server = new FakeServer(Accepted(address), Prediction("succeeded", "\"https://replicate.delivery/a.webp\""));
        using var client = Client(server);

        await client.BlackForestLabsFlux2Pro.RunAsync(Request, cancellationToken: Token);

        Assert.Equal("GET " + polled, Lines(server).Last());
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("aborted")]
    public async Task A_prediction_that_was_ended_is_canceled_and_not_failed(string word)
    {
        await using var server = new FakeServer(Accepted(), Prediction(word));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobCanceledException>(() => client.BlackForestLabsFlux2Pro.RunAsync(Request, cancellationToken: Token));

        Assert.Equal((JobState.Canceled, word), (exception.LastStatus!.State, exception.LastStatus.ProviderStatus));
    }

    [Fact]
    public async Task A_failure_has_the_models_own_words()
    {
        await using var server = new FakeServer(Accepted(), Prediction("failed", error: "\"CUDA out of memory\""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.BlackForestLabsFlux2Pro.RunAsync(Request, cancellationToken: Token));

        Assert.Equal(("CUDA out of memory", FailureKind.Unknown), (exception.Error.Message, exception.Error.Kind));
    }

    [Fact]
    public async Task A_result_that_was_deleted_is_a_missing_result_of_a_paid_job()
    {
        await using var server = new FakeServer(Accepted(), Prediction("succeeded"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobResultException>(() => client.BlackForestLabsFlux2Pro.RunAsync(Request, cancellationToken: Token));

        Assert.Equal(Id, exception.Handle.JobId);
    }

    [Theory]
    [InlineData("canceled", CancelOutcome.Requested)]
    [InlineData("processing", CancelOutcome.Requested)]
    [InlineData("succeeded", CancelOutcome.AlreadyCompleted)]
    [InlineData("failed", CancelOutcome.AlreadyCompleted)]
    public async Task Cancel_reports_what_became_of_the_prediction(string word, CancelOutcome outcome)
    {
        await using var server = new FakeServer(Prediction(word));
        using var client = Client(server);

        Assert.Equal(outcome, await client.BlackForestLabsFlux2Pro.Resume(_handle).CancelAsync(Token));

        Assert.Equal([$"POST api.replicate.com/v1/predictions/{Id}/cancel"], Lines(server));
    }

    [Fact]
    public async Task A_response_about_another_prediction_is_not_the_outcome_of_a_cancel()
    {
        await using var server = new FakeServer(Json("""{"id":"another","status":"canceled"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<CancelFailedException>(() => client.BlackForestLabsFlux2Pro.Resume(_handle).CancelAsync(Token));

        Assert.Contains("about job another", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_other_model_runs_by_its_owner_and_name()
    {
        await using var server = new FakeServer(Accepted(), Prediction("succeeded", """["https://replicate.delivery/1.png",{"seed":1}]"""));
        using var client = Client(server);

        var job = await client.SubmitAsync("black-forest-labs/flux-schnell", RawJson.Parse("""{"prompt":"a cat"}"""), cancellationToken: Token);
        var result = await job.WaitAsync(cancellationToken: Token);

        Assert.Equal("POST api.replicate.com/v1/models/black-forest-labs/flux-schnell/predictions", Lines(server).First());
        AssertBody("""{"input":{"prompt":"a cat"}}""", server.Requests[0]);
        Assert.Equal("""["https://replicate.delivery/1.png",{"seed":1}]""", result.Raw.ToString());
    }

    [Theory]
    [InlineData("flux-schnell")]
    [InlineData("black-forest-labs/flux-schnell/5")]
    [InlineData("black-forest-labs/..")]
    public async Task Nothing_is_sent_for_what_is_not_a_model(string id)
    {
        await using var server = new FakeServer(Accepted());
        using var client = Client(server);

        await Assert.ThrowsAnyAsync<Exception>(() => client.SubmitAsync(id, RawJson.Parse("{}"), cancellationToken: Token));

        Assert.Empty(server.Requests);
    }

    private static Func<FakeServer.Exchange, Task> Accepted(string? address = null) => FakeServer.Reply(201, Body("starting", "null", "null", address));

    private static Func<FakeServer.Exchange, Task> Prediction(string word, string output = "null", string error = "null") =>
        Json(Body(word, output, error));

    private static string Body(string word, string output, string error, string? address = null)
    {
        var url = JsonValue.Create(address ?? "https://api.replicate.com/v1/predictions/" + Id).ToJsonString();
        return $$$"""
            {"id":"{{{Id}}}","model":"black-forest-labs/flux-2-pro","version":"hidden","input":{"prompt":"a cat"},"logs":"","output":{{{output}}},
             "data_removed":false,"error":{{{error}}},"source":"api","status":"{{{word}}}","created_at":"2026-11-28T12:00:00.000Z",
             "urls":{"cancel":"https://api.replicate.com/v1/predictions/{{{Id}}}/cancel","get":{{{url}}},"web":"https://replicate.com/p/{{{Id}}}"}}
            """;
    }

    private ReplicateClient Client(FakeServer server)
    {
        var options = Options<ReplicateClientOptions>(server);
        options.ApiKey = Key;
        return new ReplicateClient(options);
    }
}
