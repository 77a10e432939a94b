using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>A wait reports what it learns, and what the receiver throws ends it.</summary>
public sealed class WaitUpdateTests
{
    private readonly FakeTime _time = new();
    private readonly FakeProtocol _protocol = new();
    private readonly FakeClient _client;

    public WaitUpdateTests() => _client = new FakeClient(_protocol, new MediaClientOptions { TimeProvider = _time, Jitter = new Random(7) });

    [Fact]
    public async Task Progress_receives_what_the_callback_is_called_with_in_order_and_after_it()
    {
        (JobState, int?)[] statuses = [(JobState.Queued, 2), (JobState.Queued, 2), (JobState.Queued, 1), (JobState.Running, null), (JobState.Completed, null)];
        foreach (var (state, position) in statuses)
            _protocol.Statuses.Add(Says(state, position));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var updates = new List<string>();
        var progress = new Reports(status => updates.Add($"progress {status.State} {status.QueuePosition}"));

        await _time.RunAsync(() => job.WaitAsync(new WaitOptions { Progress = progress, OnUpdate = status => updates.Add($"callback {status.State} {status.QueuePosition}") }));

        Assert.Equal(
            [
                "callback Queued 2", "progress Queued 2", "callback Queued 1", "progress Queued 1", "callback Running ", "progress Running ", "callback Completed ",
                "progress Completed ",
            ],
            updates);
    }

    [Fact]
    public async Task Progress_alone_is_enough_also_of_a_run_and_while_watching()
    {
        foreach (var state in new[] { JobState.Queued, JobState.Completed, JobState.Running, JobState.Completed })
            _protocol.Statuses.Add(Says(state));
        var states = new List<JobState>();
        var options = new WaitOptions { Progress = new Reports(status => states.Add(status.State)) };
        var model = _client.Model(new ModelEndpoint<TestRequest, TestResult>("fake", "some/model"));

        await _time.RunAsync(() => model.RunAsync(new TestRequest { Prompt = "a" }, wait: options));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        await _time.RunAsync(async () =>
        {
            await foreach (var _ in job.WatchAsync(options).ConfigureAwait(false))
                ;
        });

        Assert.Equal([JobState.Queued, JobState.Completed, JobState.Running, JobState.Completed], states);
    }

    [Fact]
    public async Task Lines_of_a_log_are_news_where_all_statuses_share_one_list_of_them()
    {
        var lines = new List<JobLog>();
        _protocol.Statuses.AddRange([Line(), Line(), Says(JobState.Completed)]);
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var counts = new List<int>();

        await _time.RunAsync(() => job.WaitAsync(new WaitOptions { OnUpdate = status => counts.Add(status.Logs.Count) }));

        Assert.Equal([1, 2, 0], counts);

        Func<CancellationToken, Task<JobStatus>> Line() => _ =>
        {
            lines.Add(new JobLog("a line"));
            return Task.FromResult(new JobStatus { State = JobState.Running, Logs = lines });
        };
    }

    [Fact]
    public async Task Progress_is_repeated_after_a_failed_poll_as_the_callback_is()
    {
        _protocol.Statuses.AddRange(
            [Says(JobState.Running), Throws(new TransportException("x", TransportFailure.Broken)), Says(JobState.Running), Says(JobState.Completed)]);
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var states = new List<JobState>();

        await _time.RunAsync(() => job.WaitAsync(new WaitOptions { Progress = new Reports(status => states.Add(status.State)), OnPollFailure = _ => { } }));

        Assert.Equal([JobState.Running, JobState.Running, JobState.Completed], states);
    }

    [Fact]
    public async Task What_progress_throws_ends_the_wait_with_the_handle()
    {
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var cause = new FormatException("mine");

        var exception = await Assert.ThrowsAsync<JobUpdateException>(
            () => _time.RunAsync(() => job.WaitAsync(new WaitOptions { Progress = new Reports(_ => throw cause) })));

        Assert.Same(cause, exception.InnerException);
        Assert.Equal(job.Handle, exception.Handle);
        Assert.Equal(0, _protocol.Cancels);
    }

    [Fact]
    public async Task What_the_callback_throws_does_not_reach_progress()
    {
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var states = new List<JobState>();
        var options = new WaitOptions { OnUpdate = _ => throw new FormatException("mine"), Progress = new Reports(status => states.Add(status.State)) };

        await Assert.ThrowsAsync<JobUpdateException>(() => _time.RunAsync(() => job.WaitAsync(options)));

        Assert.Empty(states);
    }

    [Fact]
    public async Task Progress_receives_nothing_after_the_wait_has_ended()
    {
        _protocol.Statuses.AddRange([Says(JobState.Queued), Says(JobState.Running)]);
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        using var cancellation = new CancellationTokenSource();
        var states = new List<JobState>();
        var options = new WaitOptions
        {
            CancelJobOnAbort = true,
            Progress = new Reports(status =>
            {
                states.Add(status.State);
                cancellation.Cancel();
            }),
        };

        await Assert.ThrowsAsync<JobWaitCanceledException>(() => _time.RunAsync(() => job.WaitAsync(options, cancellation.Token)));
        await job.GetStatusAsync();

        Assert.Equal([JobState.Queued], states);
        Assert.Equal(JobState.Running, job.LastStatus!.State);
    }

    private sealed class Reports(Action<JobStatus> report) : IProgress<JobStatus>
    {
        public void Report(JobStatus value) => report(value);
    }
}
