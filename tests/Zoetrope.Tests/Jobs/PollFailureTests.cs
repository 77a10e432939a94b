using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>A service that cannot be reached is not waited for in silence.</summary>
public sealed class PollFailureTests
{
    private static readonly TransportException NoRoute = new("no route", TransportFailure.NotConnected);

    private readonly FakeTime _time = new();
    private readonly FakeProtocol _protocol = new();
    private readonly FakeClient _client;

    public PollFailureTests() => _client = new FakeClient(_protocol, new MediaClientOptions { TimeProvider = _time, Jitter = new Random(7) });

    [Fact]
    public async Task Each_failure_is_reported_with_what_the_wait_knows()
    {
        var refusal = new ServiceException("fake", HttpStatusCode.Forbidden, new ServiceError { Message = "no" });
        _protocol.Statuses.AddRange([Says(JobState.Running), Throws(NoRoute), Throws(refusal), Says(JobState.Completed)]);
        var failures = new List<PollFailure>();
        var job = _client.Resume(new JobHandle("fake", "some/model", "j"));

        await _time.RunAsync(() => job.WaitAsync(new WaitOptions { OnPollFailure = failures.Add }));

        Assert.Equal([NoRoute, refusal], failures.Select(failure => failure.Reason));
        Assert.Equal([1, 2], failures.Select(failure => failure.Count));
        Assert.All(failures, failure => Assert.Equal((job.Handle, JobState.Running), (failure.Handle, failure.LastStatus!.State)));
        Assert.Equal([_time.Fired[0], _time.Fired[0] + _time.Fired[1]], failures.Select(failure => failure.Elapsed));
        // Timers take whole milliseconds.
        Assert.Equal(_time.Fired[1..], failures.Select(failure => TimeSpan.FromMilliseconds(Math.Floor(failure.RetryIn.TotalMilliseconds))));
    }

    [Fact]
    public async Task A_service_that_is_never_reached_is_reported_from_the_first_poll_on()
    {
        _protocol.Statuses.Add(Throws(NoRoute));
        var failures = new List<PollFailure>();
        var job = _client.Resume(new JobHandle("fake", "some/model", "j"));

        var wait = new WaitOptions { OnPollFailure = failures.Add };
        var exception = await Assert.ThrowsAsync<JobTimeoutException>(() => _time.RunAsync(() => job.WaitAsync(wait)));

        Assert.Equal(TimeSpan.Zero, failures[0].Elapsed);
        Assert.Null(failures[0].LastStatus);
        Assert.Equal(failures.Count, exception.FailedPolls);
        Assert.Equal(_protocol.Polls, exception.FailedPolls);
        Assert.Same(NoRoute, exception.InnerException);
        Assert.Contains($"The last {failures.Count} requests about it failed, most recently: no route", exception.Message);
    }

    [Fact]
    public async Task A_result_that_cannot_be_fetched_is_reported()
    {
        _protocol.Outputs.Add(_ => Task.FromException<Zoetrope.Jobs.JobOutput>(NoRoute));
        _protocol.Outputs.Add(_ => Task.FromResult(new Zoetrope.Jobs.JobOutput(RawJson.Parse("[1]"), JobMetrics.None)));
        var failures = new List<PollFailure>();

        await _time.RunAsync(() => _client.Resume(new JobHandle("fake", "m", "j")).WaitAsync(new WaitOptions { OnPollFailure = failures.Add }));

        Assert.Equal(JobState.Completed, Assert.Single(failures).LastStatus!.State);
    }

    [Fact]
    public async Task The_first_status_after_a_reported_failure_is_reported_even_if_it_is_the_same()
    {
        _protocol.Statuses.AddRange([Says(JobState.Running), Throws(NoRoute), Says(JobState.Running), Says(JobState.Running), Says(JobState.Completed)]);
        var seen = new List<string>();
        var wait = new WaitOptions { OnUpdate = status => seen.Add(status.State.ToString()), OnPollFailure = failure => seen.Add(failure.Reason.Message) };

        await _time.RunAsync(() => _client.Resume(new JobHandle("fake", "m", "j")).WaitAsync(wait));

        Assert.Equal(["Running", "no route", "Running", "Completed"], seen);
    }

    [Fact]
    public async Task Watching_reports_failures_too()
    {
        _protocol.Statuses.AddRange([Says(JobState.Running), Throws(NoRoute), Says(JobState.Completed)]);
        var failures = new List<PollFailure>();
        var seen = new List<JobState>();

        await _time.RunAsync(async () =>
        {
            var job = _client.Resume(new JobHandle("fake", "m", "j"));
            await foreach (var status in job.WatchAsync(new WaitOptions { OnPollFailure = failures.Add }).ConfigureAwait(false))
                seen.Add(status.State);
        });

        Assert.Single(failures);
        Assert.Equal([JobState.Running, JobState.Completed], seen);
    }

    [Fact]
    public async Task A_callback_that_throws_ends_the_wait_with_the_handle()
    {
        _protocol.Statuses.AddRange([Says(JobState.Running), Throws(NoRoute)]);
        var cause = new FormatException("mine");
        var job = _client.Resume(new JobHandle("fake", "m", "j"));

        var wait = new WaitOptions { OnPollFailure = _ => throw cause };
        var exception = await Assert.ThrowsAsync<JobUpdateException>(() => _time.RunAsync(() => job.WaitAsync(wait)));

        Assert.Same(cause, exception.InnerException);
        Assert.Equal((job.Handle, JobState.Running), (exception.Handle, exception.LastStatus!.State));
    }

    [Fact]
    public async Task A_wait_that_is_canceled_during_an_outage_reports_it()
    {
        using var cancellation = new CancellationTokenSource();
        _protocol.Statuses.Add(Throws(NoRoute));
        var job = _client.Resume(new JobHandle("fake", "m", "j"));
        var wait = new WaitOptions { OnPollFailure = failure => { if (failure.Count == 3) cancellation.Cancel(); } };

        var exception = await Assert.ThrowsAsync<JobWaitCanceledException>(() => _time.RunAsync(() => job.WaitAsync(wait, cancellation.Token)));

        Assert.Equal(3, exception.FailedPolls);
        Assert.Same(NoRoute, exception.InnerException);
        Assert.Contains("no route", exception.Message);
    }
}
