using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>The client keeps the limits that a provider documents, by waiting.</summary>
public sealed class SubmitLimiterTests
{
    private readonly FakeTime _time = new();
    // What is seen of a job counts in the whole process, so these have a provider of their own.
    private readonly FakeProtocol _protocol = new("limited");

    [Fact]
    public async Task No_more_jobs_are_submitted_in_any_minute_than_allowed()
    {
        using var client = Client(new SubmitLimits { CreatesPerMinute = 2 });
        await SubmitAsync(client);
        _time.Advance(TimeSpan.FromSeconds(20));
        await SubmitAsync(client);

        var third = SubmitAsync(client);
        var fourth = SubmitAsync(client);
        _time.Advance(TimeSpan.FromSeconds(39));
        Assert.Equal(2, _protocol.Submits.Count);

        _time.Advance(TimeSpan.FromSeconds(1));
        await third;
        Assert.Equal(3, _protocol.Submits.Count);
        Assert.False(fourth.IsCompleted);

        await AdvanceUntilAsync(fourth, TimeSpan.FromSeconds(20));
        Assert.Equal(4, _protocol.Submits.Count);
    }

    [Fact]
    public async Task No_more_jobs_are_under_way_than_allowed_until_one_is_seen_to_end()
    {
        using var client = Client(new SubmitLimits { InFlight = 2 });
        var first = await SubmitAsync(client);
        await SubmitAsync(client);
        var third = SubmitAsync(client);
        Assert.False(third.IsCompleted);

        await first.GetStatusAsync();

        await third;
        Assert.Equal(3, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_job_that_has_completed_when_it_is_submitted_holds_no_room()
    {
        var state = JobState.Completed;
        _protocol.Submit = _ => new SubmitReceipt(
            new JobHandle("limited", "some/model", $"done-{_protocol.Submits.Count}"), new JobStatus { State = state });
        using var client = Client(new SubmitLimits { InFlight = 1 });

        await SubmitAsync(client);
        // An end that was reported once may be an error.
        state = JobState.Failed;
        await SubmitAsync(client);
        var third = SubmitAsync(client);

        Assert.False(third.IsCompleted);
        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_job_that_is_resumed_and_seen_to_end_makes_room_too()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        var first = await SubmitAsync(client);
        var second = SubmitAsync(client);

        await client.Resume(JobHandle.Parse(first.Handle.ToString())).GetStatusAsync();

        await second;
        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_job_that_still_runs_makes_no_room()
    {
        _protocol.Statuses.Add(Says(JobState.Running));
        using var client = Client(new SubmitLimits { InFlight = 1 });
        var first = await SubmitAsync(client);
        var second = SubmitAsync(client);

        await first.GetStatusAsync();

        Assert.False(second.IsCompleted);
        Assert.Single(_protocol.Submits);
    }

    [Theory]
    [InlineData(CancelOutcome.Requested)]
    [InlineData(CancelOutcome.AlreadyCompleted)]
    [InlineData(CancelOutcome.NotFound)]
    public async Task A_job_that_was_asked_to_cancel_makes_room(CancelOutcome outcome)
    {
        _protocol.Statuses.Add(Says(JobState.Running));
        _protocol.Cancel = _ => Task.FromResult(outcome);
        using var client = Client(new SubmitLimits { InFlight = 1 });
        var first = await SubmitAsync(client);
        var second = SubmitAsync(client);

        await first.CancelAsync();
        await second;

        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Theory]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Canceled)]
    public async Task An_end_frees_the_slot_only_when_it_is_reported_again(JobState end)
    {
        _protocol.Statuses.AddRange([Says(end), Says(JobState.Running), Says(end), Says(end)]);
        using var client = Client(new SubmitLimits { InFlight = 1 });
        var first = await SubmitAsync(client);
        var second = SubmitAsync(client);

        for (var poll = 0; poll < 3; poll++)
        {
            await first.GetStatusAsync();
            Assert.False(second.IsCompleted);
        }
        await first.GetStatusAsync();

        await second;
        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_cancel_that_failed_makes_no_room()
    {
        _protocol.Cancel = _ => Task.FromException<CancelOutcome>(new TransportException("x", TransportFailure.Broken));
        using var client = Client(new SubmitLimits { InFlight = 1 });
        var first = await SubmitAsync(client);
        var second = SubmitAsync(client);

        await Assert.ThrowsAsync<CancelFailedException>(() => first.CancelAsync());

        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task A_job_that_another_client_of_this_process_sees_end_makes_room()
    {
        using var submitter = Client(new SubmitLimits { InFlight = 1 });
        using var waiter = Client(null);
        var first = await SubmitAsync(submitter);
        var second = SubmitAsync(submitter);

        await _time.RunAsync(() => waiter.Resume(JobHandle.Parse(first.Handle.ToString())).WaitAsync());

        await second;
        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_job_of_the_same_id_at_another_address_is_another_job()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        using var elsewhere = new FakeClient(_protocol, new MediaClientOptions { BaseUrl = new Uri("http://127.0.0.1:9") });
        var first = await SubmitAsync(client);
        var second = SubmitAsync(client);

        await elsewhere.Resume(first.Handle).GetStatusAsync();

        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task A_job_that_is_not_polled_frees_its_slot_after_a_minute()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        await SubmitAsync(client);
        var second = SubmitAsync(client);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(second.IsCompleted);

        await AdvanceUntilAsync(second, TimeSpan.FromSeconds(1));

        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_job_that_is_seen_under_way_keeps_its_place()
    {
        _protocol.Statuses.Add(Says(JobState.Running));
        using var client = Client(new SubmitLimits { InFlight = 1, QueueTimeout = Timeout.InfiniteTimeSpan });
        using var waiter = Client(null);
        var first = await SubmitAsync(client);
        var second = SubmitAsync(client);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(59));
            await waiter.Resume(first.Handle).GetStatusAsync();
        }
        Assert.False(second.IsCompleted);

        await AdvanceUntilAsync(second, TimeSpan.FromMinutes(1));

        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task Submitting_without_waiting_continues_minute_by_minute()
    {
        using var client = Client(new SubmitLimits { InFlight = 10 });

        await _time.RunAsync(async () =>
        {
            for (var i = 0; i < 100; i++)
                await SubmitAsync(client).ConfigureAwait(false);
        });

        Assert.Equal(100, _protocol.Submits.Count);
        Assert.Equal(9, _time.Fired.Count(pause => pause == TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_matter()
    {
        var clock = new SetBackTime(_time);
        var limits = new SubmitLimits { InFlight = 1, CreatesPerMinute = 1 };
        using var client = new FakeClient(_protocol, new MediaClientOptions { TimeProvider = clock, Limits = limits });
        await SubmitAsync(client);
        clock.Ahead = TimeSpan.FromHours(-1);
        var second = SubmitAsync(client);

        await AdvanceUntilAsync(second, TimeSpan.FromMinutes(1));

        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_definitely_rejected_submit_frees_its_slot_at_once()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        _protocol.Submit = _ => throw new SubmitException("fake", "m", wasNotAccepted: true, 1, new TransportException("x", TransportFailure.NotConnected));
        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(client));
        _protocol.Submit = null;

        await SubmitAsync(client);

        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_submit_that_may_have_been_accepted_counts_as_under_way_for_a_minute()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        _protocol.Submit = _ => throw new SubmitException("fake", "m", wasNotAccepted: false, 1, new TransportException("x", TransportFailure.Broken));
        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(client));
        _protocol.Submit = null;
        var next = SubmitAsync(client);
        Assert.False(next.IsCompleted);

        await AdvanceUntilAsync(next, TimeSpan.FromMinutes(1));

        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task Without_limits_nothing_waits()
    {
        using var client = Client(null);

        for (var i = 0; i < 300; i++)
            await SubmitAsync(client);

        Assert.Empty(_time.Fired);
        Assert.Equal(300, _protocol.Submits.Count);
    }

    private FakeClient Client(SubmitLimits? limits, TimeSpan? submitTimeout = null)
    {
        var options = new MediaClientOptions { TimeProvider = _time, Limits = limits };
        if (submitTimeout is { } timeout)
            options.SubmitTimeout = timeout;
        return new FakeClient(_protocol, options);
    }

    private static Task<Job<RawJson>> SubmitAsync(MediaClient client, int input = 1) => client.SubmitAsync("m", input);

    // The head of the queue sets its timer when its turn comes, which is on another thread.
    private async Task AdvanceUntilAsync(Task task, TimeSpan by)
    {
        while (_time.Timers == 0 && !task.IsCompleted)
            await Task.Yield();
        _time.Advance(by);
        await task;
    }

    /// <summary>A clock whose time of day is set, and whose timestamps and timers go on.</summary>
    private sealed class SetBackTime(FakeTime time) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Ahead;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
