using System.Net;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>A failed poll never fails a paid job, and whatever ends the wait carries the job's handle.</summary>
public sealed class WaitTests
{
    private readonly FakeTime _time = new();
    private readonly FakeProtocol _protocol = new();
    private readonly FakeClient _client;

    public WaitTests() => _client = new FakeClient(_protocol, new MediaClientOptions { TimeProvider = _time, Jitter = new Random(7) });

    public static TheoryData<Exception> PassingFailures => new()
    {
        new TransportException("no connection", TransportFailure.NotConnected),
        new TransportException("broke", TransportFailure.Broken),
        new TransportException("late", TransportFailure.TimedOut),
        new TransportException("<html>", TransportFailure.Malformed),
        new JsonException("cut"),
        ErrorResponse(408),
        ErrorResponse(425),
        ErrorResponse(429),
        ErrorResponse(500),
        ErrorResponse(502),
        ErrorResponse(503),
        ErrorResponse(504),
        new ServiceException("fake", HttpStatusCode.BadRequest, new ServiceError { Message = "in progress", Retryable = true }),
        new OperationCanceledException(),
    };

    [Theory]
    [MemberData(nameof(PassingFailures))]
    public async Task A_poll_that_fails_for_a_passing_reason_does_not_fail_the_job(Exception failure)
    {
        for (var i = 0; i < 20; i++)
            _protocol.Statuses.Add(Throws(failure));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var result = await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal(21, _protocol.Polls);
        Assert.Equal("https://files.test/a.mp4", Assert.Single(result.Media).Url);
    }

    [Theory]
    [MemberData(nameof(PassingFailures))]
    public async Task A_result_that_fails_to_arrive_for_a_passing_reason_is_fetched_again(Exception failure)
    {
        _protocol.Outputs.Add(_ => Task.FromException<Zoetrope.Jobs.JobOutput>(failure));
        _protocol.Outputs.Add(_ => Task.FromException<Zoetrope.Jobs.JobOutput>(failure));
        _protocol.Outputs.Add(_ => Task.FromResult(new Zoetrope.Jobs.JobOutput(RawJson.Parse("[1]"), new JobMetrics(Cost: 0.25m), "r-9")));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var result = await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal("[1]", result.Value.ToString());
        Assert.Equal(0.25m, result.Metrics.Cost);
        Assert.Equal("r-9", result.RequestId);
        Assert.Equal(3, _protocol.Fetches);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(410)]
    [InlineData(422)]
    public async Task A_refusal_that_stays_ends_the_wait_with_the_handle(int status)
    {
        _protocol.Statuses.Add(Says(JobState.Running));
        _protocol.Statuses.Add(Throws(ErrorResponse(status)));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWatchException>(() => _time.RunAsync(() => job.WaitAsync()));

        Assert.Equal(6, _protocol.Polls);
        Assert.Equal(job.Handle, exception.Handle);
        Assert.Equal(JobState.Running, exception.LastStatus!.State);
        Assert.Contains("fake:some/model:job-1", exception.Message);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(407)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(413)]
    [InlineData(418)]
    [InlineData(421)]
    [InlineData(422)]
    [InlineData(423)]
    [InlineData(426)]
    [InlineData(431)]
    [InlineData(451)]
    [InlineData(499)]
    public async Task A_refusal_that_passes_does_not_end_the_wait_for_status_or_result(int status)
    {
        for (var i = 0; i < 4; i++)
        {
            _protocol.Statuses.Add(Throws(ErrorResponse(status)));
            _protocol.Outputs.Add(_ => Task.FromException<Zoetrope.Jobs.JobOutput>(ErrorResponse(status)));
        }
        _protocol.Statuses.Add(Says(JobState.Completed));
        _protocol.Outputs.Add(_ => Task.FromResult(new Zoetrope.Jobs.JobOutput(RawJson.Parse("[1]"), JobMetrics.None)));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var result = await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal("[1]", result.Value.ToString());
        Assert.Equal((5, 5), (_protocol.Polls, _protocol.Fetches));
    }

    [Fact]
    public async Task Refusals_count_only_in_a_row()
    {
        for (var i = 0; i < 30; i++)
        {
            _protocol.Statuses.Add(Throws(ErrorResponse(403)));
            _protocol.Statuses.Add(i % 2 == 0 ? Says(JobState.Running) : Throws(ErrorResponse(502)));
        }
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal(61, _protocol.Polls);
    }

    [Fact]
    public async Task A_wrong_key_is_reported_soon()
    {
        _protocol.Statuses.Add(Throws(ErrorResponse(401)));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await Assert.ThrowsAsync<JobWatchException>(() => _time.RunAsync(() => job.WaitAsync()));

        double[] expected = [1, 2, 4, 8];
        Assert.Equal(expected.Length, _time.Fired.Count);
        for (var i = 0; i < expected.Length; i++)
            Assert.InRange(_time.Fired[i].TotalSeconds, expected[i] * 0.85, expected[i] * 1.15);
    }

    [Fact]
    public async Task A_job_that_is_not_found_at_first_may_not_be_visible_yet()
    {
        for (var i = 0; i < 4; i++)
            _protocol.Statuses.Add(Throws(ErrorResponse(404)));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal(5, _protocol.Polls);
    }

    [Fact]
    public async Task A_job_that_is_never_found_ends_the_wait()
    {
        _protocol.Statuses.Add(Throws(ErrorResponse(404)));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var submitted = await Assert.ThrowsAsync<JobWatchException>(() => _time.RunAsync(() => job.WaitAsync()));
        var resumed = await Assert.ThrowsAsync<JobWatchException>(() => _client.Resume(job.Handle).GetStatusAsync());

        Assert.Equal(6, _protocol.Polls);
        // One that was submitted here exists; of a handle from elsewhere that is not certain.
        Assert.StartsWith("The job could not be followed; it may still be running and can be resumed.", submitted.Message, StringComparison.Ordinal);
        Assert.StartsWith("The provider does not find the job: its handle may be mistyped,", resumed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protocol_that_fails_in_its_own_way_ends_the_wait_with_the_handle()
    {
        _protocol.Statuses.Add(Throws(new NotSupportedException("a bug")));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWatchException>(() => _time.RunAsync(() => job.WaitAsync()));

        Assert.IsType<NotSupportedException>(exception.InnerException);
    }

    [Fact]
    public async Task Updates_report_the_first_status_and_each_one_that_differs()
    {
        foreach (var (state, position) in new (JobState, int?)[]
        {
            (JobState.Queued, 2),
            (JobState.Queued, 2),
            (JobState.Queued, 1),
            (JobState.Running, null),
            (JobState.Running, null),
            (JobState.Completed, null)
        })
            _protocol.Statuses.Add(Says(state, position));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var updates = new List<string>();

        await _time.RunAsync(() => job.WaitAsync(new WaitOptions { OnUpdate = status => updates.Add($"{status.State} {status.QueuePosition}") }));

        Assert.Equal(["Queued 2", "Queued 1", "Running ", "Completed "], updates);
    }

    [Fact]
    public async Task Watching_gives_the_same_statuses_and_ends_with_the_terminal_one()
    {
        foreach (var state in new[] { JobState.Queued, JobState.Queued, JobState.Running, JobState.Failed })
            _protocol.Statuses.Add(Says(state));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var seen = new List<JobState>();

        await _time.RunAsync(async () =>
        {
            await foreach (var status in job.WatchAsync().ConfigureAwait(false))
                seen.Add(status.State);
        });

        Assert.Equal([JobState.Queued, JobState.Running, JobState.Failed], seen);
    }

    [Fact]
    public async Task An_update_callback_that_throws_ends_the_wait_with_the_handle()
    {
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var cause = new FormatException("mine");

        var exception =
            await Assert.ThrowsAsync<JobUpdateException>(() => _time.RunAsync(() => job.WaitAsync(new WaitOptions { OnUpdate = _ => throw cause })));

        Assert.Same(cause, exception.InnerException);
        Assert.Equal(job.Handle, exception.Handle);
        Assert.Equal(0, _protocol.Cancels);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_before_anything_is_paid()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaitOptions { Timeout = TimeSpan.FromSeconds(-2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaitOptions { Timeout = TimeSpan.MinValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaitOptions { PollInterval = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaitOptions { PollInterval = TimeSpan.FromDays(2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaitOptions { PollInterval = TimeSpan.MaxValue });
    }

    [Fact]
    public async Task The_longest_times_that_options_accept_work()
    {
        for (var i = 0; i < 15; i++)
            _protocol.Statuses.Add(Throws(ErrorResponse(503)));
        _protocol.Statuses.Add(Says(JobState.Running));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await _time.RunAsync(() => job.WaitAsync(new WaitOptions { Timeout = TimeSpan.MaxValue, PollInterval = TimeSpan.FromDays(1) }));

        Assert.Equal(17, _protocol.Polls);
    }

    private static ServiceException ErrorResponse(int status) => new("fake", (HttpStatusCode)status, new ServiceError { Message = $"status {status}" });
}
