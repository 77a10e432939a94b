using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>How a job ended, whatever its result is: failed, canceled, of another type, or read before.</summary>
public sealed class JobEndTests
{
    private readonly FakeTime _time = new();
    private readonly FakeProtocol _protocol = new();
    private readonly FakeClient _client;

    public JobEndTests() => _client = new FakeClient(_protocol, new MediaClientOptions { TimeProvider = _time, Jitter = new Random(7) });

    [Fact]
    public async Task A_failed_job_reports_the_reason()
    {
        _protocol.Statuses.Add(Says(JobState.Failed, error: new ServiceError { Message = "content policy.", Type = "policy" }));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => _time.RunAsync(() => job.WaitAsync()));

        Assert.Equal("policy", exception.Error.Type);
        Assert.Equal("The job failed: content policy. Handle: fake:some/model:job-1", exception.Message);
        Assert.Equal(0, _protocol.Fetches);
    }

    [Fact]
    public async Task A_failure_that_is_reported_only_with_the_result_fails_the_job()
    {
        JobHandle? handle = null;
        var error = new ServiceError { Message = "no face found", Type = "face_detection_error" };
        _protocol.Outputs.Add(_ => throw new JobFailedException(handle!, null, error, HttpStatusCode.UnprocessableEntity));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        handle = job.Handle;

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => _time.RunAsync(() => job.WaitAsync()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, exception.StatusCode);
        Assert.Equal(2, _protocol.Fetches);
    }

    [Fact]
    public async Task A_canceled_job_is_reported_as_canceled()
    {
        _protocol.Statuses.Add(Says(JobState.Canceled));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobCanceledException>(() => _time.RunAsync(() => job.WaitAsync()));

        Assert.Equal(job.Handle, exception.Handle);
    }

    [Fact]
    public async Task A_result_of_another_type_is_not_lost()
    {
        _protocol.Outputs.Add(_ => Task.FromResult(new Zoetrope.Jobs.JobOutput(RawJson.Parse("[1,2]"), JobMetrics.None)));
        var endpoint = new ModelEndpoint<TestRequest, TestResult>("fake", "some/model");

        var exception =
            await Assert.ThrowsAsync<JobResultException>(() => _time.RunAsync(() => _client.Model(endpoint).RunAsync(new TestRequest { Prompt = "a" })));

        Assert.Equal("[1,2]", exception.Raw.ToString());
        Assert.Equal("job-1", exception.Handle.JobId);
        Assert.Equal(JobState.Completed, exception.LastStatus!.State);
    }

    [Fact]
    public async Task A_job_that_was_waited_for_can_be_waited_for_again_without_a_poll()
    {
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        await _time.RunAsync(() => job.WaitAsync());

        await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal(1, _protocol.Polls);
        Assert.Equal(2, _protocol.Fetches);
    }
}
