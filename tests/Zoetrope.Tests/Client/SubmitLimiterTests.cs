using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>The client keeps the limits that a provider documents, by waiting.</summary>
public sealed class SubmitLimiterTests
{
    private readonly FakeTime _time = new();
    private readonly FakeProtocol _protocol = new();

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
        await first.CancelAsync();

        Assert.False(second.IsCompleted);
        Assert.Single(_protocol.Submits);
    }

    [Fact]
    public async Task A_job_that_nobody_waits_for_makes_room_after_a_while()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        await SubmitAsync(client);
        var second = SubmitAsync(client);
        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.False(second.IsCompleted);

        await AdvanceUntilAsync(second, TimeSpan.FromMinutes(1));

        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task Who_comes_first_goes_first()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        var last = await SubmitAsync(client, 0);
        var waiting = new List<Task<Job<RawJson>>>();
        for (var i = 1; i <= 5; i++)
            waiting.Add(SubmitAsync(client, i));

        foreach (var next in waiting)
        {
            await last.GetStatusAsync();
            last = await next;
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], _protocol.Submits.Select(submit => int.Parse(submit.Input.ToString())));
    }

    [Fact]
    public async Task Waiting_for_room_can_be_cancelled_and_nothing_is_sent()
    {
        using var cancellation = new CancellationTokenSource();
        using var client = Client(new SubmitLimits { InFlight = 1 });
        var first = await SubmitAsync(client);
        var second = client.SubmitAsync("m", RawJson.Parse("2"), null, cancellation.Token);
        var third = client.SubmitAsync("m", RawJson.Parse("3"));

        cancellation.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first.GetStatusAsync();
        await third;

        Assert.IsNotType<SubmitCanceledException>(exception);
        Assert.Equal(["1", "3"], _protocol.Submits.Select(submit => submit.Input.ToString()));
    }

    [Fact]
    public async Task A_program_that_stops_sends_nothing_that_waits_for_room()
    {
        using var stopping = new CancellationTokenSource();
        using var client = Client(new SubmitLimits { InFlight = 1 });
        await SubmitAsync(client);
        var second = client.SubmitAsync("m", RawJson.Parse("2"), new SubmitOptions { Stopping = stopping.Token });

        stopping.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(stopping.Token, exception.CancellationToken);
        Assert.Single(_protocol.Submits);
    }

    [Fact]
    public async Task Disposing_the_client_ends_the_waits_for_room()
    {
        var client = Client(new SubmitLimits { InFlight = 1 });
        await SubmitAsync(client);
        var second = SubmitAsync(client);
        var third = SubmitAsync(client);

        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => second);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => third);
        Assert.Single(_protocol.Submits);
    }

    [Fact]
    public async Task A_submit_that_surely_was_not_accepted_makes_room_at_once()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        _protocol.Submit = _ => throw new SubmitException("fake", "m", surelyNotAccepted: true, 1, new TransportException("x", TransportFailure.NotConnected));
        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(client));
        _protocol.Submit = null;

        await SubmitAsync(client);

        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task A_submit_that_may_have_been_accepted_counts_as_under_way()
    {
        using var client = Client(new SubmitLimits { InFlight = 1 });
        _protocol.Submit = _ => throw new SubmitException("fake", "m", surelyNotAccepted: false, 1, new TransportException("x", TransportFailure.Broken));
        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(client));
        _protocol.Submit = null;
        var next = SubmitAsync(client);
        Assert.False(next.IsCompleted);

        await AdvanceUntilAsync(next, TimeSpan.FromMinutes(15));

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

    private FakeClient Client(SubmitLimits? limits) => new(_protocol, new MediaClientOptions { TimeProvider = _time, Limits = limits });

    private static Task<Job<RawJson>> SubmitAsync(MediaClient client, int input = 1) => client.SubmitAsync("m", input);

    // The head of the queue sets its timer when its turn comes, which is on another thread.
    private async Task AdvanceUntilAsync(Task task, TimeSpan by)
    {
        while (_time.Timers == 0 && !task.IsCompleted)
            await Task.Yield();
        _time.Advance(by);
        await task;
    }
}
