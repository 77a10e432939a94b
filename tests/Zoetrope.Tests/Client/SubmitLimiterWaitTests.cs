using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>A submit that waits for its turn has a deadline, an order, and can be canceled.</summary>
public sealed class SubmitLimiterWaitTests
{
    private readonly FakeTime _time = new();
    // What is seen of a job counts in the whole process, so these have a provider of their own.
    private readonly FakeProtocol _protocol = new("limited");

    [Fact]
    public async Task No_submit_waits_for_a_slot_beyond_its_deadline_and_the_exception_names_the_holders()
    {
        using var client = Client(new SubmitLimits { InFlight = 2 }, TimeSpan.FromSeconds(30));
        var first = await SubmitAsync(client);
        var second = await SubmitAsync(client);

        var exception = await Assert.ThrowsAsync<SubmitLimitException>(() => _time.RunAsync(() => client.SubmitAsync("some/model", 3)));

        Assert.Equal([first.Handle, second.Handle], exception.Holders);
        Assert.Equal((true, 0, TimeSpan.FromSeconds(30)), (exception.WasNotAccepted, exception.Attempts, exception.Waited));
        Assert.Equal(("limited", "some/model"), (exception.Provider, exception.EndpointId));
        Assert.Contains($"2 jobs are in flight, and limited accepts 2 at once: {first.Handle}, {second.Handle}. ", exception.Message);
        Assert.Contains("QueueTimeout", exception.Message);
        Assert.Equal(2, _protocol.Submits.Count);
    }

    [Fact]
    public async Task The_exception_names_few_jobs_and_counts_those_without_an_id()
    {
        using var client = Client(new SubmitLimits { InFlight = 14 }, TimeSpan.FromSeconds(30));
        for (var i = 0; i < 13; i++)
            await SubmitAsync(client);
        _protocol.Submit = _ => throw new SubmitException("limited", "m", wasNotAccepted: false, 1, new TransportException("x", TransportFailure.Broken));
        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(client));

        var exception = await Assert.ThrowsAsync<SubmitLimitException>(() => _time.RunAsync(() => SubmitAsync(client)));

        Assert.Equal(13, exception.Holders.Count);
        Assert.Contains("limited:m:job-10 and 3 more, and 1 whose id is not known. ", exception.Message);
    }

    [Fact]
    public async Task A_submit_further_back_in_the_queue_has_a_deadline_too()
    {
        using var client = Client(new SubmitLimits { CreatesPerMinute = 1 }, TimeSpan.FromSeconds(30));
        await SubmitAsync(client);
        var waiting = Enumerable.Range(0, 5).Select(_ => SubmitAsync(client)).ToArray();

        foreach (var submit in waiting)
        {
            var exception = await Assert.ThrowsAsync<SubmitLimitException>(() => _time.RunAsync(() => submit));
            Assert.Contains("1 jobs were submitted within a minute, and limited accepts 1", exception.Message);
            Assert.Empty(exception.Holders);
        }
    }

    [Fact]
    public async Task Running_waits_for_its_turn_as_long_as_it_would_wait_for_the_result()
    {
        _protocol.Statuses.Add(Says(JobState.Running));
        using var client = Client(new SubmitLimits { InFlight = 1, InFlightExpiry = TimeSpan.FromMinutes(8) }, TimeSpan.FromSeconds(30));
        var model = client.Model(new ModelEndpoint<TestRequest, TestResult>("limited", "m"));
        await SubmitAsync(client);

        var run = await Assert.ThrowsAsync<SubmitLimitException>(
            () => _time.RunAsync(() => model.RunAsync(new TestRequest { Prompt = "a" }, wait: new WaitOptions { Timeout = TimeSpan.FromMinutes(5) })));
        var shortRun = await Assert.ThrowsAsync<SubmitLimitException>(
            () => _time.RunAsync(() => model.RunAsync(new TestRequest { Prompt = "a" }, wait: new WaitOptions { Timeout = TimeSpan.FromSeconds(5) })));
        var submit = await Assert.ThrowsAsync<SubmitLimitException>(() => _time.RunAsync(() => model.SubmitAsync(new TestRequest { Prompt = "a" })));

        Assert.Equal((5 * 60, 30, 30), (run.Waited.TotalSeconds, shortRun.Waited.TotalSeconds, submit.Waited.TotalSeconds));
        Assert.Single(_protocol.Submits);
    }

    [Fact]
    public async Task A_deadline_of_its_own_goes_before_the_others()
    {
        using var client = Client(new SubmitLimits { InFlight = 1, QueueTimeout = TimeSpan.FromSeconds(7) });
        await SubmitAsync(client);

        var exception = await Assert.ThrowsAsync<SubmitLimitException>(() => _time.RunAsync(() => SubmitAsync(client)));

        Assert.Equal(TimeSpan.FromSeconds(7), exception.Waited);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubmitLimits { QueueTimeout = TimeSpan.Zero });
    }

    [Fact]
    public async Task Submits_are_served_in_order_of_arrival()
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
    public async Task Waiting_for_room_can_be_canceled_and_nothing_is_sent()
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

        foreach (var waiting in (Task<Job<RawJson>>[])[second, third])
        {
            var exception = await Assert.ThrowsAsync<SubmitException>(() => waiting);
            Assert.True(exception.WasNotAccepted);
            Assert.Contains("disposed", exception.Message);
        }
        Assert.Single(_protocol.Submits);
    }

    private FakeClient Client(SubmitLimits? limits, TimeSpan? submitTimeout = null)
    {
        var options = new MediaClientOptions { TimeProvider = _time, Limits = limits };
        if (submitTimeout is { } timeout)
            options.SubmitTimeout = timeout;
        return new FakeClient(_protocol, options);
    }

    private static Task<Job<RawJson>> SubmitAsync(MediaClient client, int input = 1) => client.SubmitAsync("m", input);
}
