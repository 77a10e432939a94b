using OpenTelemetry.Metrics;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Runway;
using Zoetrope.Simulator;

namespace Zoetrope.Telemetry.Tests;

/// <summary>The metrics of jobs, by provider and model.</summary>
public sealed class MetricTests
{
    private const string FalModel = "fal-ai/kling-video/o3/pro/image-to-video";

    private static readonly (string, string)[] _fal = [("zoetrope.provider", "fal"), ("zoetrope.endpoint", FalModel)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_counted_timed_and_billed_by_model()
    {
        using var telemetry = new Telemetry(traces: false);
        var clock = new SimulatorClock();
        await using var simulator = await TestClients.StartAsync(clock, Token);
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Status, StatusCode = 503 });

        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);
        Assert.Equal(1, telemetry.Only("zoetrope.jobs.in_flight", _fal).Value);
        var result = await job.WaitAsync(TestClients.Stepwise(clock), Token);

        Assert.Equal(0, telemetry.Only("zoetrope.jobs.in_flight", _fal).Value);
        Assert.Equal(1, telemetry.Only("zoetrope.submits", [.. _fal, ("zoetrope.outcome", "accepted")]).Value);
        Assert.Equal(1, telemetry.Only("zoetrope.jobs", [.. _fal, ("zoetrope.outcome", "completed")]).Value);
        Assert.Equal(1, telemetry.Only("zoetrope.poll.failures", _fal).Value);
        Assert.Equal(simulator.Counts.Statuses + simulator.Counts.Results, telemetry.Only("zoetrope.polls", _fal).Value);
        Assert.Equal(
            (1, (double)result.Metrics.BillableUnits!), (telemetry.Only("zoetrope.job.units", _fal).Count, telemetry.Only("zoetrope.job.units", _fal).Value));
        var queued = telemetry.Only("zoetrope.job.queue_time", _fal);
        var ran = telemetry.Only("zoetrope.job.run_time", [.. _fal, ("zoetrope.outcome", "completed")]);
        var total = telemetry.Only(
            "gen_ai.client.operation.duration",
            ("gen_ai.operation.name", "generate_content"), ("gen_ai.provider.name", "fal"), ("gen_ai.request.model", FalModel));
        Assert.Equal((1, 1, 1), (queued.Count, ran.Count, total.Count));
        // Each of the times is cut to a tick.
        Assert.Equal(total.Value, queued.Value + ran.Value, tolerance: 0.000001);
        Assert.Equal(1, telemetry.Only("zoetrope.job.duration", [.. _fal, ("zoetrope.outcome", "completed")]).Count);
    }

    [Fact]
    public async Task Costs_are_in_dollars_or_in_the_units_of_the_provider()
    {
        using var telemetry = new Telemetry(traces: false);
        await using var simulator = await TestClients.StartAsync(Token);
        using var eachlabs = simulator.Eachlabs();
        using var runway = simulator.Runway();

        var first = await eachlabs.KlingO3ProImageToVideo.RunAsync(
            new() { ImageUrl = TestClients.Picture, Prompt = TestClients.Prompt }, wait: TestClients.Quickly, cancellationToken: Token);
        var second = await runway.ImageToVideoGen4Turbo.RunAsync(
            new() { PromptImage = TestClients.Picture, Ratio = "1280:720", Duration = 5 }, wait: TestClients.Quickly, cancellationToken: Token);

        Assert.Equal((double)first.Metrics.Cost!, telemetry.Only("zoetrope.job.cost", ("zoetrope.endpoint", first.Handle.EndpointId)).Value, 6);
        var units = telemetry.Only("zoetrope.job.units", ("zoetrope.endpoint", second.Handle.EndpointId));
        Assert.Equal(((double)second.Metrics.BillableUnits!, "credits"), (units.Value, units.Tags["zoetrope.unit"]));
    }

    [Fact]
    public async Task Refusals_retries_failures_and_cancels_have_outcomes_of_their_own()
    {
        using var telemetry = new Telemetry(traces: false);
        var clock = new SimulatorClock();
        await using var simulator = await TestClients.StartAsync(clock, Token);
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 403 });
        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync());
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 429, Headers = TestClients.AtOnce });
        var job = await SubmitAsync();
        await job.CancelAsync(Token);
        await Assert.ThrowsAnyAsync<JobException>(() => job.WaitAsync(TestClients.Quickly, Token));
        await using (var quick = await TestClients.StartAsync(Token))
        {
            quick.AddFault(new() { Kind = FaultKind.JobFailure });
            using var other = quick.Fal();
            var failing = await other.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);
            await Assert.ThrowsAsync<JobFailedException>(() => failing.WaitAsync(TestClients.Quickly, Token));
        }

        var points = telemetry.Points();
        Assert.Equal(
            ["zoetrope.jobs canceled 1", "zoetrope.jobs failed 1", "zoetrope.submit.retries  1", "zoetrope.submits accepted 2", "zoetrope.submits failed 1"],
            points.Where(point => point.Name is "zoetrope.jobs" or "zoetrope.submits" or "zoetrope.submit.retries")
                .Select(point => $"{point.Name} {point.Tags.GetValueOrDefault("zoetrope.outcome")} {point.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["JobCanceledException", "JobFailedException"],
            points.Where(point => point.Name == "gen_ai.client.operation.duration").Select(point => point.Tags["error.type"]).Order(StringComparer.Ordinal));
        Assert.Equal(0, telemetry.Only("zoetrope.jobs.in_flight", _fal).Value);

        Task<Clients.Job<KlingVideoO3ProImageToVideo.Result>> SubmitAsync() =>
            fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);
    }

    [Fact]
    public async Task A_job_that_is_resumed_for_each_poll_is_one_job()
    {
        using var telemetry = new Telemetry(traces: false);
        var clock = new SimulatorClock();
        await using var simulator = await TestClients.StartAsync(clock, Token);
        using var fal = simulator.Fal();
        var handle = (await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token)).Handle.ToString();

        JobStatus status;
        do
        {
            status = await fal.Resume(JobHandle.Parse(handle)).GetStatusAsync(cancellationToken: Token);
            clock.Advance(TimeSpan.FromSeconds(60));
        }
        while (!status.IsTerminal);
        Assert.Equal(0, telemetry.Only("zoetrope.jobs.in_flight", _fal).Value);
        await fal.Resume(JobHandle.Parse(handle)).WaitAsync(TestClients.Quickly, Token);

        Assert.Equal((1, 1), (telemetry.Only("zoetrope.job.queue_time", _fal).Count, telemetry.Only("zoetrope.job.run_time", _fal).Count));
        Assert.Equal(1, telemetry.Only("zoetrope.jobs", _fal).Value);
        Assert.Equal(simulator.Counts.Statuses + simulator.Counts.Results, telemetry.Only("zoetrope.polls", _fal).Value);
    }

    [Theory]
    [InlineData("wait")]
    [InlineData("ask, wait")]
    [InlineData("watch, wait")]
    public async Task A_failure_that_is_taken_back_is_not_counted(string calls)
    {
        using var telemetry = new Telemetry(traces: false);
        await using var simulator = await TestClients.StartAsync(Token);
        using var runway = simulator.Runway();
        var job = await runway.ImageToVideoGen4Turbo.SubmitAsync(
            new() { PromptImage = TestClients.Picture, Ratio = "1280:720", Duration = 5 }, cancellationToken: Token);
        simulator.AddFault(new()
        {
            Kind = FaultKind.Status, Operation = SimulatorOperation.Status, StatusCode = 200,
            Body = $$"""{"id":"{{job.Handle.JobId}}","status":"FAILED"}""",
        });

        if (calls.StartsWith("ask", StringComparison.Ordinal))
            Assert.Equal(JobState.Failed, (await job.GetStatusAsync(cancellationToken: Token)).State);
        if (calls.StartsWith("watch", StringComparison.Ordinal))
            Assert.Equal(JobState.Completed, (await job.WatchAsync(TestClients.Quickly, Token).LastAsync(Token)).State);
        await job.WaitAsync(TestClients.Quickly, Token);

        Assert.True(simulator.Counts.Statuses > 1);
        var counted = telemetry.Only("zoetrope.jobs", ("zoetrope.provider", "runway"));
        Assert.Equal((1, "completed"), (counted.Value, counted.Tags["zoetrope.outcome"]));
        Assert.DoesNotContain("error.type", telemetry.Only("gen_ai.client.operation.duration", ("gen_ai.provider.name", "runway")).Tags.Keys);
    }

    [Fact]
    public async Task A_failure_that_two_waits_confirm_is_counted_once()
    {
        using var telemetry = new Telemetry(traces: false);
        await using var simulator = await TestClients.StartAsync(Token);
        using var runway = simulator.Runway();
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, Times = 3 });
        var asked = await SubmitAsync();
        var watched = await SubmitAsync();
        var awaited = await SubmitAsync();

        await asked.GetStatusAsync(cancellationToken: Token);
        Assert.DoesNotContain(telemetry.Points(), point => point.Name == "zoetrope.jobs");
        await asked.GetStatusAsync(cancellationToken: Token);
        await asked.GetStatusAsync(cancellationToken: Token);
        Assert.Equal(1, Failed());
        await watched.WatchAsync(TestClients.Quickly, Token).LastAsync(Token);
        Assert.Equal(2, Failed());
        await Assert.ThrowsAsync<JobFailedException>(() => awaited.WaitAsync(TestClients.Quickly, Token));
        await Assert.ThrowsAsync<JobFailedException>(() => watched.WaitAsync(TestClients.Quickly, Token));
        Assert.Equal(3, Failed());

        Task<Clients.Job<ImageToVideoGen4Turbo.Result>> SubmitAsync() => runway.ImageToVideoGen4Turbo.SubmitAsync(
            new() { PromptImage = TestClients.Picture, Ratio = "1280:720", Duration = 5 }, cancellationToken: Token);

        double Failed() => telemetry.Only("zoetrope.jobs", ("zoetrope.provider", "runway"), ("zoetrope.outcome", "failed")).Value;
    }

    [Fact]
    public async Task A_view_drops_the_metric_of_the_conventions_where_another_layer_has_it_too()
    {
        using var telemetry = new Telemetry(traces: false, view: static instrument =>
            instrument is { Name: "gen_ai.client.operation.duration", Meter.Name: "Zoetrope" } ? MetricStreamConfiguration.Drop : null);
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();

        await fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Quickly, cancellationToken: Token);

        Assert.Equal(1, telemetry.Only("zoetrope.job.duration", _fal).Count);
        Assert.DoesNotContain(telemetry.Points(), point => point.Name == "gen_ai.client.operation.duration");
    }

    [Fact]
    public async Task A_job_that_others_have_submitted_is_in_flight_and_its_times_are_not_guessed()
    {
        var clock = new SimulatorClock();
        await using var simulator = await TestClients.StartAsync(clock, Token);
        using var fal = simulator.Fal();
        var handle = (await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token)).Handle;
        using var telemetry = new Telemetry(traces: false);

        clock.Advance(TimeSpan.FromSeconds(60));
        var job = fal.Resume(handle);
        Assert.Equal(JobState.Running, (await job.GetStatusAsync(cancellationToken: Token)).State);
        Assert.Equal(1, telemetry.Only("zoetrope.jobs.in_flight", _fal).Value);
        await job.WaitAsync(TestClients.Stepwise(clock), Token);

        var points = telemetry.Points();
        Assert.DoesNotContain(points, point => point.Name is "zoetrope.job.queue_time" or "zoetrope.job.run_time" or "gen_ai.client.operation.duration");
        Assert.Equal(0, telemetry.Only("zoetrope.jobs.in_flight", _fal).Value);
    }

    [Fact]
    public async Task No_metric_names_a_job_a_key_or_an_input()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        await fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Quickly, cancellationToken: Token);

        Assert.Equal(
            [
                "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "zoetrope.endpoint", "zoetrope.outcome", "zoetrope.provider",
                "zoetrope.unit",
            ],
            telemetry.Points().SelectMany(point => point.Tags.Keys).Distinct().Order(StringComparer.Ordinal));
    }
}
