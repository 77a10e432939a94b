using System.Net;
using Zoetrope.Eachlabs;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Protocol.Tests;

/// <summary>The providers' clients run on a protocol of the user's own, as in tests: without a key and without a connection.</summary>
public sealed class OwnProtocolTests
{
    private readonly Played _fal = new("fal");
    private readonly Played _eachlabs = new("eachlabs");

    [Fact]
    public async Task A_model_runs_on_the_protocol_that_the_client_was_given()
    {
        using var client = new PlayedFal(_fal);

        var result = await client.Model(Clips.At("fal", "some/model")).RunAsync(new() { Prompt = "a" }, new FalSubmitOptions { Priority = FalPriority.Low });

        Assert.Equal("fal:some/model:job-1", result.Handle.ToString());
        Assert.Equal("https://files.test/a.mp4", Assert.Single(result.Media).Url);
        Assert.Equal(FalPriority.Low, Assert.IsType<FalSubmitOptions>(_fal.Options).Priority);
        Assert.Same(_fal, client.Protocol);
    }

    [Fact]
    public async Task A_request_that_is_not_valid_does_not_reach_it()
    {
        using var client = new PlayedFal(_fal);

        await Assert.ThrowsAsync<RequestValidationException>(() => client.Model(Clips.At("fal", "some/model")).RunAsync(new() { Prompt = null! }));

        Assert.Equal(0, _fal.Submits);
    }

    [Fact]
    public async Task A_client_of_Eachlabs_keeps_no_limits_then()
    {
        using var client = new PlayedEachlabs(_eachlabs);

        for (var i = 0; i < 150; i++)
            await client.SubmitAsync("model", RawJson.Parse("{}"));

        Assert.Equal(150, _eachlabs.Submits);
    }

    [Fact]
    public async Task A_router_takes_such_clients()
    {
        _fal.Refusal = new TransportException("closed", TransportFailure.NotConnected);
        using var fal = new PlayedFal(_fal);
        using var eachlabs = new PlayedEachlabs(_eachlabs);

        var result = await new MediaRouter(fal, eachlabs).Model(Clips.Neutral("some/model")).RunAsync(new() { Prompt = "a" });

        Assert.Equal("eachlabs", result.Handle.Provider);
        Assert.Single(result.Warnings);
    }

    [Fact]
    public async Task Direct_runs_are_played_by_overriding_how_they_are_sent()
    {
        using var client = new DirectFal(_fal, """{"video":{"url":"https://files.test/b.mp4"}}""");

        var typed = await client.RunDirectAsync(Clips.At("fal", "some/model"), new() { Prompt = "a" });
        var raw = await client.RunDirectAsync("some/model", RawJson.Parse("{}"));

        Assert.Equal("https://files.test/b.mp4", Assert.Single(typed.Media).Url);
        Assert.Equal(typed.Raw.ToString(), raw.Value.ToString());
        Assert.Equal(0, _fal.Submits);
    }

    [Fact]
    public async Task A_direct_run_that_nothing_plays_says_what_to_override()
    {
        using var client = new PlayedFal(_fal);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.RunDirectAsync("some/model", RawJson.Parse("{}")));

        Assert.Contains("SendDirectAsync", exception.Message);
    }

    [Fact]
    public void A_direct_result_can_be_made()
    {
        var result = new FalDirectResult<string>("a", RawJson.Parse("""{"url":"https://files.test/c.png"}"""));

        Assert.Equal(("a", JobMetrics.None, null), (result.Value, result.Metrics, result.RequestId));
        Assert.Equal("https://files.test/c.png", Assert.Single(result.Media).Url);
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("http://example.com/hook")]
    [InlineData("https://192.168.0.1/hook")]
    public void A_protocol_of_ones_own_checks_webhooks_as_those_of_the_providers_do(string url)
    {
        var options = new SubmitOptions { WebhookUrl = new Uri(url, UriKind.RelativeOrAbsolute) };

        Assert.Equal("WebhookUrl", Assert.Throws<ArgumentException>(() => WebhookRules.Check(options, local: false)).ParamName);
        WebhookRules.Check(null, local: false);
        WebhookRules.Check(new SubmitOptions(), local: false);
        WebhookRules.Check(new SubmitOptions { WebhookUrl = new Uri("http://127.0.0.1/hook") }, local: true);
    }

    private sealed class PlayedFal(JobProtocol protocol) : FalClient(protocol);

    private sealed class PlayedEachlabs(JobProtocol protocol) : EachlabsClient(protocol);

    private sealed class DirectFal(JobProtocol protocol, string json) : FalClient(protocol)
    {
        protected override Task<TransportResponse> SendDirectAsync(
            string endpointId, RawJson input, FalSubmitOptions? options, CancellationToken cancellationToken) =>
            Task.FromResult(new TransportResponse(HttpStatusCode.OK, RawJson.Parse(json).Utf8.ToArray(), contentType: "application/json"));
    }

    private sealed class Played(string provider) : JobProtocol
    {
        public int Submits { get; private set; }

        public SubmitOptions? Options { get; private set; }

        public TransportException? Refusal { get; set; }

        public override string Provider => provider;

        public override PollSchedule Polling { get; } = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

        public override Task<SubmitReceipt> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken)
        {
            Submits++;
            Options = options;
            if (Refusal is not null)
                throw new SubmitException(provider, endpointId, wasNotAccepted: true, attempts: 1, Refusal);
            return Task.FromResult(new SubmitReceipt(new JobHandle(provider, endpointId, $"job-{Submits}"), new JobStatus { State = JobState.Queued }));
        }

        public override Task<JobStatus> GetStatusAsync(JobHandle handle, bool logs, CancellationToken cancellationToken) =>
            Task.FromResult(new JobStatus { State = JobState.Completed });

        public override Task<JobOutput> GetOutputAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken) =>
            Task.FromResult(new JobOutput(RawJson.Parse("""{"video":{"url":"https://files.test/a.mp4"}}"""), JobMetrics.None));

        public override Task<CancelOutcome> CancelAsync(JobHandle handle, CancellationToken cancellationToken) => Task.FromResult(CancelOutcome.Requested);
    }
}
