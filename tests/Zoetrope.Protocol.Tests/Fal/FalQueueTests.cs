using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>fal's queue: submit, status, result and cancellation as the platform really responds to them.</summary>
public sealed class FalQueueTests(StubServer<FalQueueStubs> server) : StubTest<FalQueueStubs>(server)
{
    [Fact]
    public async Task A_job_is_submitted_followed_and_fetched()
    {
        using var fal = Fal();
        var seen = new List<JobStatus>();

        var result = await fal.Model(Clips.At("fal", "queue/flow/deep")).RunAsync(new() { Prompt = "a \"cat\"" }, wait: Wait(wait =>
        {
            wait.IncludeLogs = true;
            wait.OnUpdate = seen.Add;
        }));

        Assert.Equal("https://files.example/out.mp4", result.Value.Video?.Url);
        Assert.Equal("fal:queue/flow/deep:flow-1", result.Handle.ToString());
        Assert.Equal(new JobMetrics(TimeSpan.FromSeconds(9.25), BillableUnits: 5.5m), result.Metrics);
        Assert.Equal("result-1", result.RequestId);
        Assert.Equal("video/mp4", Assert.Single(result.Media).ContentType);
        Assert.Contains(seen, static status => status is { State: JobState.Queued, QueuePosition: 1 });
        Assert.Contains(seen, static status => status.State == JobState.Running
            && status.Logs is [{ Message: "Loading model", Level: "INFO", Timestamp: { } at }]
                && at == new DateTimeOffset(2026, 8, 20, 10, 0, 0, 500, TimeSpan.Zero));
        Assert.Equal(("100%", "STDERR"), (seen[^1].Logs[1].Message, seen[^1].Logs[1].Level));
        var submit = Server.Single(new("POST", "/queue/flow/deep"));
        Assert.Equal("""{"prompt":"a \"cat\""}""", submit.Body);
        Assert.Equal("Key " + Key, submit.Headers["Authorization"]);
        Assert.Equal("application/json", submit.Headers["Content-Type"]);
        Assert.StartsWith("zoetrope", submit.Headers["User-Agent"], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("queued", JobState.Queued)]
    [InlineData("running", JobState.Running)]
    [InlineData("unknown-word", JobState.Running)]
    [InlineData("completed", JobState.Completed)]
    [InlineData("completed-legacy", JobState.Completed)]
    [InlineData("failed", JobState.Failed)]
    [InlineData("failed-untyped", JobState.Failed)]
    [InlineData("failed-object", JobState.Failed)]
    [InlineData("failed-word", JobState.Failed)]
    [InlineData("cancelled", JobState.Canceled)]
    [InlineData("cancelled-word", JobState.Canceled)]
    public async Task Every_status_is_understood(string job, JobState state)
    {
        using var fal = Fal();

        var status = await fal.Resume(new JobHandle("fal", "words/app/path", job)).GetStatusAsync();

        Assert.Equal(state, status.State);
        Assert.Equal(job == "queued" ? 3 : null, status.QueuePosition);
        Assert.Empty(status.Logs);
    }

    [Fact]
    public async Task A_completed_job_with_an_error_has_failed()
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => fal.Resume(new JobHandle("fal", "words/app", "failed")).WaitAsync(Wait()));

        Assert.Equal(("Runner went away", "runner_disconnected", "failed"), (exception.Error.Message, exception.Error.Type, exception.Error.RequestId));
        Assert.Contains("fal:words/app:failed", exception.Message, StringComparison.Ordinal);
        Assert.Equal("COMPLETED", exception.LastStatus?.ProviderStatus);
    }

    [Fact]
    public async Task A_failure_is_explained_by_the_response_in_place_of_the_result()
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => fal.Resume(new JobHandle("fal", "failures/app", "explained")).WaitAsync(Wait()));

        Assert.Equal(("image_too_small", "req-9"), (exception.Error.Type, exception.Error.RequestId));
        Assert.Equal("image_url", Assert.Single(exception.Error.Fields).Path);
        Assert.Equal(0.5, exception.LastStatus?.Metrics.InferenceTime?.TotalSeconds);
    }

    [Fact]
    public async Task A_failure_without_explanation_is_reported_unchanged()
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => fal.Resume(new JobHandle("fal", "failures/app", "unexplained")).WaitAsync(Wait()));

        Assert.Equal("Runner went away", exception.Error.Message);
    }

    [Theory]
    [InlineData("invalid", 422, "image_too_small", "image_url: Image is too small")]
    [InlineData("policy", 422, "content_policy_violation", "prompt: The content could not be processed")]
    [InlineData("disconnected", 499, "client_disconnected", "Client disconnected")]
    [InlineData("start-timeout", 504, "request_timeout", "start timeout")]
    [InlineData("crashed", 500, null, "Internal Server Error")]
    [InlineData("runner", 503, "runner_connection_refused", "Runner refused the connection")]
    public async Task An_error_in_place_of_the_result_is_the_jobs_failure(string job, int status, string? type, string text)
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => fal.Resume(new JobHandle("fal", "results/app", job)).WaitAsync(Wait()));

        Assert.Equal((status, type), ((int)exception.StatusCode!, exception.Error.Type));
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.Equal(JobState.Completed, exception.LastStatus?.State);
    }

    [Fact]
    public async Task A_canceled_result_is_a_canceled_job()
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAsync<JobCanceledException>(() => fal.Resume(new JobHandle("fal", "results/app", "cancelled")).WaitAsync(Wait()));

        Assert.Equal("cancelled", exception.Handle.JobId);
    }

    [Theory]
    [InlineData("early")]
    [InlineData("accepted")]
    [InlineData("gateway")]
    [InlineData("reset")]
    public async Task A_result_that_is_not_there_yet_is_asked_for_again(string job)
    {
        using var fal = Fal();

        var result = await fal.Resume(new JobHandle("fal", "results/app", job)).WaitAsync(Wait());

        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
        Assert.Equal(2, Server.Count(new("GET", "/results/app/requests/" + job)));
    }

    [Fact]
    public async Task Large_numbers_of_a_result_survive()
    {
        using var fal = Fal();

        var result = await fal.Resume(new JobHandle("fal", "results/app", "seed")).WaitAsync(Wait());

        Assert.Contains("17454220438242315174", result.Raw.ToString(), StringComparison.Ordinal);
        Assert.Contains("24.0", result.Raw.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("requested", CancelOutcome.Requested)]
    [InlineData("success", CancelOutcome.Requested)]
    [InlineData("completed", CancelOutcome.AlreadyCompleted)]
    [InlineData("unknown", CancelOutcome.NotFound)]
    public async Task Canceling_has_three_outcomes(string job, CancelOutcome outcome)
    {
        using var fal = Fal();

        Assert.Equal(outcome, await fal.Resume(new JobHandle("fal", "cancel/app/path", job)).CancelAsync());
    }

    [Theory]
    [InlineData("refused", 401)]
    [InlineData("broken", 500)]
    [InlineData("odd", 400)]
    public async Task A_failed_cancel_is_not_an_outcome(string job, int status)
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAnyAsync<JobException>(() => fal.Resume(new JobHandle("fal", "cancel/app", job)).CancelAsync());

        Assert.Equal(status, (int)Assert.IsType<ServiceException>(exception.InnerException).StatusCode);
        Assert.Equal(job, exception.Handle.JobId);
    }

    [Theory]
    [InlineData("fal:not-an-endpoint:1")]
    [InlineData("fal:cancel/app:..")]
    public async Task A_handle_that_names_no_job_is_not_sent(string handle)
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAnyAsync<JobException>(() => fal.Resume(JobHandle.Parse(handle)).CancelAsync());

        Assert.Equal(TransportFailure.Refused, Assert.IsType<TransportException>(exception.InnerException).Failure);
    }

    [Fact]
    public async Task An_invalid_endpoint_id_is_refused_before_anything_is_sent()
    {
        using var fal = Fal();

        await Assert.ThrowsAsync<ArgumentException>(() => fal.SubmitAsync("not-an-endpoint", RawJson.Parse("{}")));

        Assert.Equal(0, Server.Count(new("POST", "/not-an-endpoint")));
    }
}
