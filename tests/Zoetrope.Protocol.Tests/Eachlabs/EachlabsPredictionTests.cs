using System.Text.Json;
using Zoetrope.Eachlabs;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>Eachlabs' predictions: create, get and cancel, in every vocabulary of its documents.</summary>
public sealed class EachlabsPredictionTests(StubServer<EachlabsPredictionStubs> server) : StubTest<EachlabsPredictionStubs>(server)
{
    [Fact]
    public async Task A_prediction_is_created_followed_and_fetched()
    {
        using var client = Eachlabs();
        var seen = new List<JobStatus>();

        var job = await client.SubmitAsync("flow-model", RawJson.Parse("""{"prompt":"a cat","seed":17454220438242315174}"""));
        var result = await job.WaitAsync(Wait(wait => wait.OnUpdate = seen.Add));

        Assert.Equal("https://files.example/out.mp4", result.Value.AsString());
        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
        Assert.Equal(new JobMetrics(TimeSpan.FromSeconds(12.5), Cost: 0.05m), result.Metrics);
        Assert.Equal("eachlabs:flow-model:flow-2", result.Handle.ToString());
        Assert.Contains(seen, static status => status is { State: JobState.Queued, ProviderStatus: "created" });
        Assert.Contains(seen, static status => status is { State: JobState.Running, Metrics.Cost: null, Logs: [{ Message: "step 1 of 2" }] });
        var create = Server.Single(Submits("eachlabs", "flow-model"));
        Assert.Equal("""{"model":"flow-model","input":{"prompt":"a cat","seed":17454220438242315174}}""", create.Body);
        Assert.Equal(Key, create.Headers["X-API-Key"]);
        Assert.False(create.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Options_become_members_and_the_key_a_bearer()
    {
        using var client = Eachlabs(options => options.Auth = EachlabsAuth.Bearer);
        var options =
            new EachlabsSubmitOptions { WebhookUrl = new("https://example.com/hook?a=1"), WebhookSecret = "s\"3", Headers = { ["X-Request-Id"] = "mine" } };

        await client.SubmitAsync("options-model", RawJson.Parse("{}"), options);

        var create = Server.Single(Submits("eachlabs", "options-model"));
        using var body = JsonDocument.Parse(create.Body);
        Assert.Equal("https://example.com/hook?a=1", body.RootElement.GetProperty("webhook_url").GetString());
        Assert.Equal("s\"3", body.RootElement.GetProperty("webhook_secret").GetString());
        Assert.Equal(("Bearer " + Key, "mine"), (create.Headers["Authorization"], create.Headers["X-Request-Id"]));
        Assert.False(create.Headers.ContainsKey("X-API-Key"));
    }

    [Fact]
    public async Task Options_that_are_wrong_are_refused_before_anything_is_sent()
    {
        using var client = Eachlabs();

        foreach (var options in (SubmitOptions[])[
            new FalSubmitOptions(),
            new EachlabsSubmitOptions { WebhookSecret = "s" },
            new EachlabsSubmitOptions { WebhookUrl = new("https://example.com"), WebhookSecret = "" },
            new SubmitOptions { WebhookUrl = new("http://example.com/hook") }])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => client.SubmitAsync("wrong-options", "x", options));
        }

        Assert.Equal(0, Server.Count(Submits("eachlabs", "wrong-options")));
    }

    [Fact]
    public async Task The_id_of_a_prediction_has_two_names()
    {
        using var client = Eachlabs();

        var job = await client.SubmitAsync("plain-id", "x");

        Assert.Equal("from-id", job.Handle.JobId);
    }

    [Theory]
    [InlineData("created", JobState.Queued)]
    [InlineData("starting", JobState.Running)]
    [InlineData("processing", JobState.Running)]
    [InlineData("in_progress", JobState.Running)]
    [InlineData("success", JobState.Completed)]
    [InlineData("succeeded", JobState.Completed)]
    [InlineData("completed", JobState.Completed)]
    [InlineData("envelope", JobState.Failed)]
    [InlineData("failed-bare", JobState.Failed)]
    [InlineData("cancelled", JobState.Canceled)]
    [InlineData("canceled", JobState.Canceled)]
    public async Task Every_vocabulary_is_understood(string job, JobState state)
    {
        using var client = Eachlabs();

        var status = await client.Resume(new JobHandle("eachlabs", "any", job)).GetStatusAsync();

        Assert.Equal(state, status.State);
        Assert.Equal(status.IsTerminal ? 0.25m : null, status.Metrics.Cost);
        Assert.Equal(2, status.Metrics.InferenceTime?.TotalSeconds);
    }

    [Theory]
    [InlineData("success", "\"https://files.example/a.mp4\"")]
    [InlineData("succeeded", """["https://files.example/a.png"]""")]
    [InlineData("completed", """{"url":"https://files.example/a.png"}""")]
    [InlineData("no-output", "null")]
    public async Task The_output_is_any_json(string job, string output)
    {
        using var client = Eachlabs();

        var result = await client.Resume(new JobHandle("eachlabs", "any", job)).WaitAsync(Wait());

        Assert.Equal(output, result.Raw.ToString());
    }

    [Theory]
    [InlineData("envelope", "duration must be at least 3", "INPUT_VALIDATION_ERROR")]
    [InlineData("envelope-minimal", "Provider rejected the request", null)]
    [InlineData("message-details", "Prediction failed: The image could not be downloaded", null)]
    [InlineData("failed-logs", "Traceback: out of memory", null)]
    [InlineData("failed-list", "Error: content refused", null)]
    [InlineData("failed-text", "The provider timed out", null)]
    [InlineData("failed-bare", "no explanation was given", null)]
    public async Task The_reason_of_a_failure_is_found(string job, string message, string? type)
    {
        using var client = Eachlabs();

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Resume(new JobHandle("eachlabs", "any", job)).WaitAsync(Wait()));

        Assert.Equal((message, type), (exception.Error.Message, exception.Error.Type));
        Assert.Equal(0.25m, exception.LastStatus?.Metrics.Cost);
    }

    [Fact]
    public async Task A_canceled_prediction_is_a_canceled_job()
    {
        using var client = Eachlabs();

        await Assert.ThrowsAsync<JobCanceledException>(() => client.Resume(new JobHandle("eachlabs", "any", "cancelled")).WaitAsync(Wait()));
    }

    [Theory]
    [InlineData("requested", CancelOutcome.Requested)]
    [InlineData("success", CancelOutcome.Requested)]
    [InlineData("unknown", CancelOutcome.NotFound)]
    [InlineData("unknown-500", CancelOutcome.NotFound)]
    [InlineData("ended", CancelOutcome.AlreadyCompleted)]
    public async Task Canceling_has_three_outcomes(string job, CancelOutcome outcome)
    {
        using var client = Eachlabs();

        Assert.Equal(outcome, await client.Resume(new JobHandle("eachlabs", "any", "cancel-" + job)).CancelAsync());
    }

    [Theory]
    [InlineData("cancel-broken")]
    [InlineData("cancel-broken-twice")]
    public async Task A_failed_cancel_is_not_an_outcome(string job)
    {
        using var client = Eachlabs();

        var exception = await Assert.ThrowsAnyAsync<JobException>(() => client.Resume(new JobHandle("eachlabs", "any", job)).CancelAsync());

        Assert.Equal("internal error", Assert.IsType<ServiceException>(exception.InnerException).Error.Message);
    }

    [Fact]
    public void The_documented_limits_are_kept_by_default()
    {
        var limits = new EachlabsClientOptions().Limits;

        Assert.Equal((100, 10), (limits?.CreatesPerMinute, limits?.InFlight));
    }

    [Fact]
    public async Task A_job_over_the_limit_is_sent_when_another_has_ended()
    {
        using var client = Eachlabs(static options => options.Limits = new SubmitLimits { InFlight = 1 });
        var first = await client.SubmitAsync("limits-first", "x");

        var second = client.SubmitAsync("limits-second", "x");
        var before = Server.Count(Submits("eachlabs", "limits-second"));
        await first.GetStatusAsync();
        var job = await second;

        Assert.Equal(0, before);
        Assert.Equal("limits-2", job.Handle.JobId);
        Assert.Equal(1, Server.Count(Submits("eachlabs", "limits-second")));
    }

    [Fact]
    public async Task A_base_url_may_end_with_the_version()
    {
        using var client = Eachlabs(options => options.BaseUrl = new Uri(Server.BaseUrl, "/v1/"));

        var status = await client.Resume(new JobHandle("eachlabs", "any", "success")).GetStatusAsync();

        Assert.Equal(JobState.Completed, status.State);
    }
}
