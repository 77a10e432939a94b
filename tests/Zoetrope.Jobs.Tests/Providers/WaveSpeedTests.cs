using System.Net;
using Zoetrope.Json;
using Zoetrope.WaveSpeed;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>WaveSpeedAI: the model is the path, and each response is an envelope whose code may be an error although the HTTP status is 200.</summary>
public sealed class WaveSpeedTests : ProviderTest
{
    private const string Host = "api.wavespeed.ai/api/v3";
    private const string Id = "45b392b22c3b449fa935bd4c5b0b3b13";

    private static WavespeedAiFluxDev.Request Request => new() { Prompt = "a cat" };

    [Fact]
    public async Task A_job_runs_to_its_pictures()
    {
        await using var server = new FakeServer(Prediction("created"), Prediction("processing"), Prediction("completed", "\"https://cdn.example/a.jpeg\""));
        using var client = Client(server);

        var result = await client.WavespeedAiFluxDev.RunAsync(Request, new() { WebhookUrl = new("https://me.example/hook") }, cancellationToken: Token);

        Assert.Equal("https://cdn.example/a.jpeg", Assert.Single(result.Value.Outputs!));
        Assert.Equal("https://cdn.example/a.jpeg", Assert.Single(result.Media).Url);
        Assert.Equal(
            [
                $"POST {Host}/wavespeed-ai/flux-dev?webhook=https%3A%2F%2Fme.example%2Fhook", $"GET {Host}/predictions/{Id}/result",
                $"GET {Host}/predictions/{Id}/result",
            ],
            Lines(server));
        Assert.All(server.Requests, request => Assert.Equal("Bearer test-key", Header(request, "Authorization")));
    }

    [Fact]
    public async Task An_error_inside_a_response_of_success_is_a_submit_that_failed()
    {
        await using var server = new FakeServer(Json("""{"code":400,"message":"property \"prompt\" is missing","data":null}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.WavespeedAiFluxDev.SubmitAsync(Request, cancellationToken: Token));

        Assert.Equal("property \"prompt\" is missing", exception.Service!.Error.Message);
        Assert.Equal(HttpStatusCode.OK, exception.Service.StatusCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_error_inside_a_status_is_not_the_end_of_the_job()
    {
        await using var server = new FakeServer(
            Json("""{"code":500,"message":"try again","data":null}"""), Prediction("completed", "\"https://cdn.example/a.jpeg\""));
        using var client = Client(server);

        var result = await client.Resume(JobHandle.Parse($"wavespeed:wavespeed-ai/flux-dev:{Id}")).WaitAsync(cancellationToken: Token);

        Assert.Equal("https://cdn.example/a.jpeg", Assert.Single(result.Media).Url);
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task A_failed_job_says_why()
    {
        await using var server = new FakeServer(Prediction("failed", "", "The picture could not be made."));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(
            () => client.Resume(JobHandle.Parse($"wavespeed:wavespeed-ai/flux-dev:{Id}")).WaitAsync(cancellationToken: Token));

        Assert.Contains("The picture could not be made.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_in_the_document_is_submitted_by_its_id_and_there_is_no_cancel()
    {
        await using var server = new FakeServer(Prediction("created"));
        using var client = Client(server);

        var job = await client.SubmitAsync("bytedance/seedance-v1-pro/image-to-video", RawJson.Parse("""{"prompt":"a cat"}"""), cancellationToken: Token);

        Assert.Equal($"POST {Host}/bytedance/seedance-v1-pro/image-to-video", Assert.Single(Lines(server)));
        Assert.Equal(CancelOutcome.NotSupported, await job.CancelAsync(Token));
    }

    private static Func<FakeServer.Exchange, Task> Prediction(string word, string outputs = "", string error = "") => Json(
        $$"""
        {"code":200,"message":"success","data":{"id":"{{Id}}","model":"wavespeed-ai/flux-dev","outputs":[{{outputs}}],
         "urls":{"get":"https://api.wavespeed.ai/api/v3/predictions/{{Id}}/result"},"has_nsfw_contents":[],"status":"{{word}}",
         "created_at":"2026-11-28T12:00:00.000Z","error":"{{error}}","timings":{"inference":0} } }
        """);

    private WaveSpeedClient Client(FakeServer server)
    {
        var options = Options<WaveSpeedClientOptions>(server);
        options.ApiKey = Key;
        return new WaveSpeedClient(options);
    }
}
