using System.Diagnostics;
using Zoetrope.Errors;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Telemetry.Tests;

/// <summary>The spans beside a run's: of who follows a job without its result, cancels it, or runs a model without a job.</summary>
public sealed class OtherSpanTests
{
    private const string FalModel = "fal-ai/kling-video/o3/pro/image-to-video";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_follows_a_job_has_one_span_which_is_not_the_parent_of_what_the_follower_does()
    {
        using var telemetry = new Telemetry();
        var clock = new SimulatorClock();
        await using var simulator = await TestClients.StartAsync(clock, Token);
        using var fal = simulator.Fal();
        using var request = Telemetry.Own.StartActivity("request");
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);

        var states = new List<JobState>();
        var others = new List<Activity?>();
        await foreach (var status in job.WatchAsync(TestClients.Stepwise(clock), Token))
        {
            states.Add(status.State);
            others.Add(Activity.Current);
            // Each step begins with what is current here.
            using var own = Telemetry.Own.StartActivity("own");
            others.Add(own!.Parent);
        }

        Assert.All(others, other => Assert.Same(request, other));
        Assert.Same(request, Activity.Current);
        var watch = telemetry.Span("zoetrope.watch");
        var submit = telemetry.Span("zoetrope.submit");
        Assert.Equal(("watch " + FalModel, "watch", request!.SpanId), (watch.DisplayName, watch.GetTagItem("gen_ai.operation.name"), watch.ParentSpanId));
        Assert.Equal(
            (job.Handle.JobId, FalModel, "fal"),
            (watch.GetTagItem("gen_ai.response.id"), watch.GetTagItem("zoetrope.endpoint"), watch.GetTagItem("zoetrope.provider")));
        Assert.Equal(submit.SpanId, Assert.Single(watch.Links).Context.SpanId);
        Assert.Equal(ActivityStatusCode.Unset, watch.Status);
        Assert.Equal(simulator.Counts.Statuses, watch.GetTagItem("zoetrope.polls"));
        Assert.Equal([JobState.Queued, JobState.Running, JobState.Completed], states.Distinct());
        Assert.Equal(
            ["queued", "running", "completed"],
            watch.Events.Where(entry => entry.Name == "zoetrope.status")
                .Select(entry => entry.Tags.Single(tag => tag.Key == "zoetrope.state").Value).Distinct());
    }

    [Fact]
    public async Task A_watch_that_is_left_ends_without_an_error_and_one_that_cannot_go_on_with_its_type()
    {
        using var telemetry = new Telemetry();
        var clock = new SimulatorClock();
        await using var simulator = await TestClients.StartAsync(clock, Token);
        using var fal = simulator.Fal();
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);

        await foreach (var _ in job.WatchAsync(TestClients.Quickly, Token))
            break;
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Status, StatusCode = 403, Times = 5, Headers = TestClients.AtOnce });
        await Assert.ThrowsAsync<JobWatchException>(async () =>
        {
            await foreach (var _ in job.WatchAsync(TestClients.Quickly, Token))
            {
            }
        });

        Assert.Equal(
            [(ActivityStatusCode.Unset, null), (ActivityStatusCode.Error, nameof(JobWatchException))],
            telemetry.Spans.Where(span => span.OperationName == "zoetrope.watch").Select(span => (span.Status, (string?)span.GetTagItem("error.type"))));
        Assert.Equal(5, telemetry.Spans[^1].GetTagItem("zoetrope.poll.failures"));
        Assert.Null(Activity.Current);
    }

    [Theory]
    [InlineData(null, "requested", null)]
    [InlineData(403, null, nameof(ServiceException))]
    public async Task A_cancel_has_its_outcome_or_the_type_of_its_failure(int? status, string? outcome, string? failure)
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(new SimulatorClock(), Token);
        using var fal = simulator.Fal();
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);
        if (status is { } code)
            simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Cancel, StatusCode = code });

        await Record.ExceptionAsync(() => job.CancelAsync(Token));

        var cancel = telemetry.Span("zoetrope.cancel");
        Assert.Equal("cancel " + FalModel, cancel.DisplayName);
        Assert.Equal((outcome, failure), ((string?)cancel.GetTagItem("zoetrope.outcome"), (string?)cancel.GetTagItem("error.type")));
        Assert.Equal(job.Handle.JobId, cancel.GetTagItem("zoetrope.job_id"));
        Assert.Equal(telemetry.Span("zoetrope.submit").SpanId, Assert.Single(cancel.Links).Context.SpanId);
    }

    [Fact]
    public async Task A_direct_run_is_a_run_with_what_its_result_is()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        simulator.AddFault(
            new() { Kind = FaultKind.Status, Operation = SimulatorOperation.DirectRun, StatusCode = 429, Headers = TestClients.AtOnce });

        var typed = await fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, TestClients.Request, cancellationToken: Token);
        var raw = await fal.RunDirectAsync(FalModel, RawJson.From(TestClients.Request), cancellationToken: Token);

        Assert.Equal(["zoetrope.run", "zoetrope.run"], telemetry.Spans.Select(span => span.OperationName));
        Assert.Equal([typed.RequestId, raw.RequestId], telemetry.Spans.Select(span => span.GetTagItem("gen_ai.response.id")));
        Assert.NotNull(typed.RequestId);
        Assert.All(telemetry.Spans, span => Assert.Equal(
            ("generate_content " + FalModel, "fal", "video", 1, (double)typed.Metrics.BillableUnits!.Value, null),
            (span.DisplayName, span.GetTagItem("gen_ai.provider.name"), span.GetTagItem("gen_ai.output.type"), span.GetTagItem("zoetrope.output.files"),
                span.GetTagItem("zoetrope.job.billed"), span.GetTagItem("zoetrope.job_id"))));
        Assert.Equal([1, null], telemetry.Spans.Select(span => span.GetTagItem("zoetrope.submit.retries")));
    }

    [Fact]
    public async Task A_direct_run_that_fails_has_the_type_and_no_text()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.DirectRun, StatusCode = 403 });
        simulator.AddFault(new() { Kind = FaultKind.JobResult, Body = "[7]" });

        await Assert.ThrowsAsync<ServiceException>(
            () => fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, TestClients.Request, cancellationToken: Token));
        await Assert.ThrowsAsync<TransportException>(
            () => fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, TestClients.Request, cancellationToken: Token));
        await Assert.ThrowsAnyAsync<Exception>(
            () => fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, new() { ImageUrl = "", Prompt = TestClients.Prompt }, cancellationToken: Token));

        Assert.Equal(3, telemetry.Spans.Count);
        Assert.All(telemetry.Spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal([nameof(ServiceException), nameof(TransportException)], telemetry.Spans.Take(2).Select(span => span.GetTagItem("error.type")));
        Assert.All(telemetry.Spans, span => Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_the_package_they_have_the_attributes_of_the_core()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Zoetrope",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();

        await fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, TestClients.Request, cancellationToken: Token);
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);
        await foreach (var _ in job.WatchAsync(TestClients.Quickly, Token))
        {
        }
        await job.CancelAsync(Token);

        Assert.Equal(
            [
                "zoetrope.run: zoetrope.endpoint zoetrope.provider", "zoetrope.submit: zoetrope.endpoint zoetrope.job_id zoetrope.provider",
                "zoetrope.watch: zoetrope.endpoint zoetrope.job_id zoetrope.provider",
                "zoetrope.cancel: zoetrope.endpoint zoetrope.job_id zoetrope.outcome zoetrope.provider",
            ],
            ended.Select(span => $"{span.OperationName}: {string.Join(' ', span.TagObjects.Select(tag => tag.Key).Order(StringComparer.Ordinal))}"));
        Assert.Equal("already_completed", ended[^1].GetTagItem("zoetrope.outcome"));
    }
}
