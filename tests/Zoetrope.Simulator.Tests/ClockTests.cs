using System.Diagnostics;
using System.Runtime.CompilerServices;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;

namespace Zoetrope.Simulator.Tests;

/// <summary>Jobs go by the clock of a test, so that no test waits for them.</summary>
public sealed class ClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static KlingVideoO3ProImageToVideo.Request Input => new() { ImageUrl = Clients.Picture, Prompt = "She turns around" };

    [Fact]
    public async Task A_job_of_ten_minutes_ends_when_the_clock_is_moved()
    {
        var clock = new SimulatorClock(Noon);
        await using var simulator = await MediaSimulator.StartAsync(
            new() { TimeProvider = clock, QueueTime = TimeSpan.FromMinutes(1), JobDuration = TimeSpan.FromMinutes(9) }, Token);
        using var fal = simulator.Fal();
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(Input, cancellationToken: Token);

        Assert.Equal(JobState.Queued, (await job.GetStatusAsync(cancellationToken: Token)).State);
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(JobState.Running, (await job.GetStatusAsync(cancellationToken: Token)).State);
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull((await job.WaitAsync(cancellationToken: Token)).Value.Video.Url);
        Assert.Equal(Noon.AddMinutes(10), simulator.Requests[^1].Received);
    }

    [Fact]
    public async Task With_skipped_delays_client_and_simulator_need_no_time_at_all()
    {
        var clock = new SimulatorClock(Noon) { SkipsDelays = true };
        await using var simulator = await MediaSimulator.StartAsync(
            new() { TimeProvider = clock, QueueTime = TimeSpan.FromMinutes(1), JobDuration = TimeSpan.FromMinutes(9) }, Token);
        using var fal = new FalClient(new() { BaseUrl = simulator.BaseUrl, ApiKey = "a:key", TimeProvider = clock });
        var watch = Stopwatch.StartNew();

        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(Input, cancellationToken: Token);
        var direct = await fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, Input, cancellationToken: Token);

        Assert.NotNull(result.Value.Video.Url);
        Assert.NotNull(direct.Value.Video.Url);
        Assert.InRange(clock.GetUtcNow() - Noon, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30));
        // Nineteen minutes of jobs; the bound is the promise, with a margin for a busy machine.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Timers_fire_in_their_order_and_at_their_time()
    {
        var clock = new SimulatorClock(Noon);
        var fired = new List<(string Name, DateTimeOffset At)>();
        await using var late = clock.CreateTimer(_ => fired.Add(("late", clock.GetUtcNow())), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        await using var often = clock.CreateTimer(_ => fired.Add(("often", clock.GetUtcNow())), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        var gone = clock.CreateTimer(_ => fired.Add(("gone", clock.GetUtcNow())), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await gone.DisposeAsync();

        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal([("often", Noon.AddSeconds(1)), ("late", Noon.AddSeconds(3)), ("often", Noon.AddSeconds(3))], fired);
        Assert.Equal(Noon.AddSeconds(4), clock.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task A_skipped_delay_passes_the_deadlines_before_its_end()
    {
        var clock = new SimulatorClock(Noon) { SkipsDelays = true };
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), clock);

        await Task.Delay(TimeSpan.FromSeconds(59), clock, Token);
        Assert.False(deadline.IsCancellationRequested);
        await Task.Delay(TimeSpan.FromSeconds(2), clock, Token);

        Assert.True(deadline.IsCancellationRequested);
        Assert.Equal(Noon.AddSeconds(61), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_direct_run_responds_when_the_clock_has_come_to_its_end()
    {
        var clock = new SimulatorClock(Noon);
        await using var simulator = await MediaSimulator.StartAsync(new() { TimeProvider = clock, JobDuration = TimeSpan.FromMinutes(9) }, Token);
        using var client = simulator.Client();

        var run = client.SendAsync("POST", "run/" + Support.FalId, Support.GoodInput());
        while (simulator.Counts.DirectRuns == 0)
            await Task.Delay(5, Token);
        Assert.False(run.IsCompleted);
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(5, Token);
        }

        Assert.Equal(200, (await run).Status);
    }

    [Fact]
    public async Task A_delay_that_is_canceled_moves_no_time()
    {
        var clock = new SimulatorClock(Noon) { SkipsDelays = true };
        using var stop = new CancellationTokenSource();
        await BeginAsync(clock);
        var canceled = Task.Delay(TimeSpan.FromHours(5), clock, stop.Token);
        stop.Cancel();
        var disposed = clock.CreateTimer(_ => { }, null, TimeSpan.FromHours(4), Timeout.InfiniteTimeSpan);
        await disposed.DisposeAsync();

        await Task.Delay(TimeSpan.FromSeconds(3), clock, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);

        Assert.Equal(Noon.AddSeconds(4), clock.GetUtcNow());
    }

    [Fact]
    public async Task Delays_that_are_begun_together_end_by_their_lengths_and_then_in_their_order()
    {
        for (var round = 0; round < 5; round++)
        {
            var clock = new SimulatorClock(Noon) { SkipsDelays = true };
            var ended = new List<(int Number, double Seconds)>();
            await BeginAsync(clock);

            await Task.WhenAll(new[] { 30, 10, 20, 10, 600, 10 }.Select((seconds, i) => WaitAsync(i, seconds)));

            Assert.Equal([(1, 10), (3, 10), (5, 10), (2, 20), (0, 30), (4, 600)], ended);

            async Task WaitAsync(int number, int seconds)
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), clock, Token).ConfigureAwait(false);
                ended.Add((number, (clock.GetUtcNow() - Noon).TotalSeconds - 1));
            }
        }
    }

    [Fact]
    public async Task A_timeout_does_not_fire_while_what_it_limits_is_done_in_real_time()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await Task.Delay(20, Token);
            await exchange.ReplyAsync(200, "{}");
        });
        using var http = new HttpClient();
        var clock = new SimulatorClock(Noon) { SkipsDelays = true };

        // Nothing else waits: the clock stands.
        Assert.Equal("{}", await http.GetStringAsync(server.Url, Token).WaitAsync(TimeSpan.FromSeconds(1), clock, Token));
        using (var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(1), clock))
            Assert.Equal("{}", await http.GetStringAsync(server.Url, deadline.Token));
        Assert.Equal(Noon, clock.GetUtcNow());

        // Something else waits for longer than the timeout: it stands until the exchange has ended.
        var longer = Task.Delay(TimeSpan.FromMinutes(10), clock, Token);
        Assert.Equal("{}", await http.GetStringAsync(server.Url, Token).WaitAsync(TimeSpan.FromSeconds(1), clock, Token));
        await longer;
        Assert.Equal(Noon.AddMinutes(10), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_timeout_fires_when_a_delay_moves_the_clock_past_it()
    {
        var clock = new SimulatorClock(Noon) { SkipsDelays = true };
        var never = new TaskCompletionSource<int>();
        var limited = never.Task.WaitAsync(TimeSpan.FromMinutes(1), clock, Token);

        await Task.Delay(TimeSpan.FromSeconds(59), clock, Token);
        Assert.False(limited.IsCompleted);
        await Task.Delay(TimeSpan.FromSeconds(2), clock, Token);

        await Assert.ThrowsAsync<TimeoutException>(() => limited);
    }

    [Fact]
    public async Task What_goes_on_after_a_delay_may_block_until_the_next_one()
    {
        var clock = new SimulatorClock(Noon) { SkipsDelays = true };

        await Task.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromMinutes(1), clock, Token);
#pragma warning disable xUnit1031 // This is what is tested.
            Task.Delay(TimeSpan.FromMinutes(1), clock, Token).Wait(Token);
#pragma warning restore xUnit1031
        }, Token);

        Assert.Equal(Noon.AddMinutes(2), clock.GetUtcNow());
    }

    /// <summary>Goes on within a step of the clock, which moves on when the test waits for it: however busy the machine is.</summary>
    private static ConfiguredTaskAwaitable BeginAsync(SimulatorClock clock) =>
        Task.Delay(TimeSpan.FromSeconds(1), clock, Token).ConfigureAwait(false);
}
