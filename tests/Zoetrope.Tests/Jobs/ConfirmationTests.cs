using System.Net;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>Only the provider's own word, said again when it is asked again, ends a paid job.</summary>
public sealed class ConfirmationTests
{
    private static readonly JobHandle Handle = new("fake", "some/model", "job-1");

    private readonly FakeTime _time = new();
    private readonly FakeProtocol _protocol = new();
    private readonly FakeClient _client;

    public ConfirmationTests() => _client = new FakeClient(_protocol, new MediaClientOptions { TimeProvider = _time, Jitter = new Random(7) });

    [Theory]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Canceled)]
    public async Task An_end_that_is_revoked_does_not_count(JobState end)
    {
        _protocol.Statuses.Add(Says(end));
        _protocol.Statuses.Add(Says(JobState.Running));
        _protocol.Statuses.Add(Says(end));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var seen = new List<JobState>();

        var result = await WaitAsync(wait => wait.OnUpdate = status => seen.Add(status.State));

        Assert.Single(result.Media);
        Assert.Equal([JobState.Running, JobState.Completed], seen);
    }

    [Theory]
    [InlineData(JobState.Failed, typeof(JobFailedException))]
    [InlineData(JobState.Canceled, typeof(JobCanceledException))]
    public async Task A_repeated_end_counts_promptly(JobState end, Type expected)
    {
        _protocol.Statuses.Add(Says(end));
        var seen = new List<JobState>();

        var exception = await Assert.ThrowsAsync(expected, () => WaitAsync(wait => wait.OnUpdate = status => seen.Add(status.State)));

        Assert.Equal(end, ((IJobFailure)exception).LastStatus!.State);
        Assert.Equal(2, _protocol.Polls);
        Assert.Equal([end], seen);
        Assert.InRange(Assert.Single(_time.Fired).TotalSeconds, 0.85, 1.15);
    }

    [Fact]
    public async Task An_end_that_was_seen_before_the_wait_is_confirmed_by_one_more_look()
    {
        _protocol.Statuses.Add(Says(JobState.Failed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        await job.GetStatusAsync();

        await Assert.ThrowsAsync<JobFailedException>(() => _time.RunAsync(() => job.WaitAsync()));

        Assert.Equal(2, _protocol.Polls);
    }

    [Fact]
    public async Task An_end_that_could_not_be_confirmed_in_time_is_reported_as_such()
    {
        _protocol.Statuses.Add(Says(JobState.Failed));
        _protocol.Statuses.Add(Throws(new TransportException("no route", TransportFailure.NotConnected)));

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(() => WaitAsync(wait => wait.CancelJobOnAbort = true));

        Assert.Contains("reported, but not confirmed", exception.Message);
        Assert.Contains("no route", exception.Message);
        Assert.Equal(JobState.Failed, exception.LastStatus!.State);
        // It may go on, and be paid for.
        Assert.Equal(1, _protocol.Cancels);
        Assert.Equal(CancelOutcome.Requested, exception.Cancellation);
    }

    [Theory]
    [InlineData("image_too_small", 1)]
    [InlineData(null, 3)]
    public async Task A_failure_in_place_of_the_result_that_is_revoked_does_not_count(string? type, int times)
    {
        for (var i = 0; i < times; i++)
            _protocol.Outputs.Add(_ => Task.FromException<JobOutput>(Failure(type)));
        _protocol.Outputs.Add(_ => Task.FromResult(new JobOutput(RawJson.Parse("[1]"), JobMetrics.None)));

        var result = await WaitAsync();

        Assert.Equal("[1]", result.Raw.ToString());
        Assert.Equal(times + 1, _protocol.Fetches);
    }

    [Theory]
    [InlineData("image_too_small", 2, 1.15)]
    [InlineData(null, 4, 8.05)]
    public async Task A_failure_in_place_of_the_result_that_stays_is_one(string? type, int fetches, double longest)
    {
        _protocol.Outputs.Add(_ => Task.FromException<JobOutput>(Failure(type)));

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => WaitAsync());

        Assert.Equal(type, exception.Error.Type);
        Assert.Equal(fetches, _protocol.Fetches);
        Assert.InRange(_time.Fired.Sum(pause => pause.TotalSeconds), 0.85, longest);
    }

    [Fact]
    public async Task What_passes_between_two_failures_neither_confirms_nor_refutes()
    {
        _protocol.Outputs.Add(_ => Task.FromException<JobOutput>(Failure("image_too_small")));
        for (var i = 0; i < 6; i++)
            _protocol.Outputs.Add(_ => Task.FromException<JobOutput>(new TransportException("broke", TransportFailure.Broken)));
        _protocol.Outputs.Add(_ => Task.FromException<JobOutput>(Failure("image_too_small")));

        await Assert.ThrowsAsync<JobFailedException>(() => WaitAsync());

        Assert.Equal(8, _protocol.Fetches);
    }

    [Fact]
    public async Task A_slow_poll_interval_of_the_user_does_not_slow_the_confirmation()
    {
        _protocol.Statuses.Add(Says(JobState.Failed));

        await Assert.ThrowsAsync<JobFailedException>(() => WaitAsync(wait => wait.PollInterval = TimeSpan.FromHours(1)));

        Assert.InRange(Assert.Single(_time.Fired).TotalSeconds, 0.85, 1.15);
    }

    private static JobFailedException Failure(string? type) =>
        new(Handle, null, new ServiceError { Message = "no", Type = type }, HttpStatusCode.InternalServerError);

    private async Task<JobResult<RawJson>> WaitAsync(Action<WaitOptions>? change = null)
    {
        var options = new WaitOptions();
        change?.Invoke(options);
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        return await _time.RunAsync(() => job.WaitAsync(options));
    }
}
