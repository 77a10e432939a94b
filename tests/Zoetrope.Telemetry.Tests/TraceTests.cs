using System.Diagnostics;
using OpenTelemetry.Trace;
using Zoetrope.Catalog;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Routing;
using Zoetrope.Runway;
using Zoetrope.Simulator;
using Zoetrope.Uploads;

namespace Zoetrope.Telemetry.Tests;

/// <summary>The trace of a job: from its submit to its result, in one process or in several.</summary>
public sealed class TraceTests
{
    private const string FalModel = "fal-ai/kling-video/o3/pro/image-to-video";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_one_span_with_its_submit_and_its_wait()
    {
        using var telemetry = new Telemetry();
        var clock = new SimulatorClock();
        await using var simulator = await TestClients.StartAsync(clock, Token);
        using var fal = simulator.Fal();

        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Stepwise(clock), cancellationToken: Token);

        Assert.Equal(["zoetrope.submit", "zoetrope.wait", "zoetrope.run"], telemetry.Spans.Select(span => span.OperationName));
        var (submit, wait, run) = (telemetry.Spans[0], telemetry.Spans[1], telemetry.Spans[2]);
        Assert.Equal((run.SpanId, run.SpanId, default), (submit.ParentSpanId, wait.ParentSpanId, run.ParentSpanId));
        Assert.Equal(["submit " + FalModel, "wait " + FalModel, "generate_content " + FalModel], telemetry.Spans.Select(span => span.DisplayName));
        Assert.Equal(["submit", "wait", "generate_content"], telemetry.Spans.Select(span => span.GetTagItem("gen_ai.operation.name")));
        Assert.All(telemetry.Spans, span => Assert.Equal(
            ("fal", FalModel, result.Handle.JobId, "fal", FalModel, result.Handle.JobId),
            (span.GetTagItem("gen_ai.provider.name"), span.GetTagItem("gen_ai.request.model"), span.GetTagItem("gen_ai.response.id"),
                span.GetTagItem("zoetrope.provider"), span.GetTagItem("zoetrope.endpoint"), span.GetTagItem("zoetrope.job_id"))));
        Assert.All([wait, run], span => Assert.Equal(
            ("video", 1, "units"), (span.GetTagItem("gen_ai.output.type"), span.GetTagItem("zoetrope.output.files"), span.GetTagItem("zoetrope.unit"))));
        Assert.Equal((double)result.Metrics.BillableUnits!.Value, run.GetTagItem("zoetrope.job.billed"));
        Assert.Equal(result.Metrics.InferenceTime!.Value.TotalSeconds, run.GetTagItem("zoetrope.job.inference_time"));
        Assert.Equal(
            ["queued", "running", "completed"],
            wait.Events.Where(entry => entry.Name == "zoetrope.status").Select(entry => TagOf(entry, "zoetrope.state")).Distinct());
        Assert.Equal("zoetrope.result", wait.Events.Last().Name);
        Assert.Equal(simulator.Counts.Statuses + simulator.Counts.Results, wait.GetTagItem("zoetrope.polls"));
        Assert.Empty(wait.Links);
        Assert.Equal($"00-{run.TraceId}-{submit.SpanId}-01", result.Handle.TraceParent);
    }

    [Fact]
    public async Task A_sampler_sees_the_attributes_before_the_span_begins()
    {
        var seen = new List<string>();
        using var telemetry = new Telemetry(more: builder => builder.SetSampler(new Recording(seen)));
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();

        await fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Quickly, cancellationToken: Token);

        string[] known = ["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "zoetrope.endpoint", "zoetrope.provider"];
        Assert.Equal(
            [
                "zoetrope.run: " + string.Join(' ', known),
                "zoetrope.submit: " + string.Join(' ', known),
                "zoetrope.wait: " + string.Join(' ', known.Append("gen_ai.response.id").Append("zoetrope.job_id").Order(StringComparer.Ordinal)),
            ],
            seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wait_in_another_process_is_linked_to_the_submit_through_the_handle(bool isWithinAnother)
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        string stored;
        using (var first = simulator.Fal())
        {
            using var request = Telemetry.Own.StartActivity("request");
            stored = (await first.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token)).Handle.ToString();
        }

        using (var second = simulator.Fal())
        {
            using var later = isWithinAnother ? Telemetry.Own.StartActivity("later") : null;
            await second.Resume(JobHandle.Parse(stored)).WaitAsync(TestClients.Quickly, Token);
        }

        var (submit, wait) = (telemetry.Span("zoetrope.submit"), telemetry.Span("zoetrope.wait"));
        var link = Assert.Single(wait.Links);
        Assert.Equal((submit.TraceId, submit.SpanId, true), (link.Context.TraceId, link.Context.SpanId, link.Context.IsRemote));
        // Where nothing else is traced, the wait goes on with the trace of the submit.
        Assert.Equal(!isWithinAnother, wait.TraceId == submit.TraceId);
        Assert.Equal(!isWithinAnother, wait.ParentSpanId == submit.SpanId);
    }

    [Fact]
    public async Task A_handle_stays_as_it_was_where_that_is_chosen()
    {
        using var telemetry = new Telemetry(configure: options => options.TraceInHandles = false);
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();

        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);

        Assert.Equal($"fal:{FalModel}:{job.Handle.JobId}", job.Handle.ToString());
    }

    [Fact]
    public async Task What_is_not_recorded_or_not_instrumented_leaves_handles_alone()
    {
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        using (new Telemetry(more: builder => builder.SetSampler(new AlwaysOffSampler())))
            Assert.Null((await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token)).Handle.TraceParent);
        using (new Telemetry(traces: false))
            Assert.Null((await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token)).Handle.TraceParent);
        using (var first = new Telemetry())
        {
            using (new Telemetry())
            {
            }
            // The first provider is still there.
            Assert.NotNull((await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token)).Handle.TraceParent);
        }
        Assert.Null((await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token)).Handle.TraceParent);
    }

    [Fact]
    public async Task Failures_retries_and_failed_polls_are_seen_with_their_types_and_without_texts()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 429, Headers = TestClients.AtOnce });
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Status, StatusCode = 503, Headers = TestClients.AtOnce });
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, Body = $$"""{"detail":"refused: {{TestClients.Prompt}}"}""", StatusCode = 422 });

        await Assert.ThrowsAsync<JobFailedException>(
            () => fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Quickly, cancellationToken: Token));

        var (submit, wait, run) = (telemetry.Span("zoetrope.submit"), telemetry.Span("zoetrope.wait"), telemetry.Span("zoetrope.run"));
        Assert.Equal((1, ActivityStatusCode.Unset), (submit.GetTagItem("zoetrope.submit.retries"), submit.Status));
        Assert.Equal("ServiceException", TagOf(Assert.Single(submit.Events, entry => entry.Name == "zoetrope.retry"), "error.type"));
        Assert.Equal(1, wait.GetTagItem("zoetrope.poll.failures"));
        Assert.Equal("ServiceException", TagOf(Assert.Single(wait.Events, entry => entry.Name == "zoetrope.poll.failure"), "error.type"));
        Assert.All([wait, run], span => Assert.Equal(
            (ActivityStatusCode.Error, null, "JobFailedException"), (span.Status, span.StatusDescription, span.GetTagItem("error.type"))));
        Assert.Null(run.GetTagItem("gen_ai.output.type"));
        AssertNothingSecret(telemetry);
    }

    [Fact]
    public async Task A_request_that_is_not_valid_and_one_that_is_refused_are_failures_of_the_run()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 403 });

        await Assert.ThrowsAsync<Validation.RequestValidationException>(
            () => fal.KlingVideoO3ProImageToVideo.RunAsync(new() { ImageUrl = "not a URL" }, cancellationToken: Token));
        await Assert.ThrowsAsync<SubmitException>(() => fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, cancellationToken: Token));

        Assert.Equal(
            ["zoetrope.run RequestValidationException", "zoetrope.submit SubmitException", "zoetrope.run SubmitException"],
            telemetry.Spans.Select(span => $"{span.OperationName} {span.GetTagItem("error.type")}"));
        Assert.All(telemetry.Spans, span => Assert.Null(span.GetTagItem("gen_ai.response.id")));
        Assert.All(telemetry.Spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public async Task A_submit_that_ends_before_it_is_sent_has_a_span_that_failed_and_is_no_submit()
    {
        using var telemetry = new Telemetry();
        var clock = new SimulatorClock();
        await using var simulator = await TestClients.StartAsync(clock, Token);
        using var fal = new FalClient(new()
        {
            BaseUrl = simulator.BaseUrl, ApiKey = TestClients.Key, Limits = new() { InFlight = 1, QueueTimeout = TimeSpan.FromMilliseconds(1) },
        });
        using var workflows = simulator.Workflows();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Upload, StatusCode = 403, Times = 100 });
        var strict = new FalSubmitOptions { MaxCost = new(0.01m) { IsStrict = true } };
        var local = new KlingVideoO3ProImageToVideo.Request { ImageUrl = UploadFile.FromBytes([1], "a.png"), Prompt = TestClients.Prompt };
        var bulk = new KlingVideoO3ProImageToVideo.Request[] { local, local };

        await Assert.ThrowsAsync<CostLimitException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, strict, Token));
        await Assert.ThrowsAsync<UploadException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(local, cancellationToken: Token));
        await Assert.ThrowsAsync<UploadException>(() => workflows.TriggerBulkAsync("story", "v1", bulk, cancellationToken: Token));
        await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);
        await Assert.ThrowsAsync<SubmitLimitException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token));

        Assert.Equal(
            [
                "zoetrope.submit Error CostLimitException", "zoetrope.submit Error UploadException", "zoetrope.submit Error UploadException",
                "zoetrope.submit Unset ", "zoetrope.submit Error SubmitLimitException",
            ],
            telemetry.Spans.Select(span => $"{span.OperationName} {span.Status} {span.GetTagItem("error.type")}"));
        Assert.All(telemetry.Spans, span => Assert.Null(span.StatusDescription));
        Assert.Equal("accepted", telemetry.Only("zoetrope.submits").Tags["zoetrope.outcome"]);
    }

    [Fact]
    public async Task The_end_of_a_wait_is_seen_however_often_the_place_in_the_queue_changed()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        for (var place = 80; place > 0; place--)
        {
            simulator.AddFault(new()
            {
                Kind = FaultKind.Status, Operation = SimulatorOperation.Status, StatusCode = 200, FromCall = 81 - place,
                Body = $$"""{"status":"IN_QUEUE","queue_position":{{place}}}""",
            });
        }
        simulator.AddFault(
            new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Status, StatusCode = 200, FromCall = 81, Body = """{"status":"IN_PROGRESS"}""" });

        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);
        await job.WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(1) }, Token);

        var wait = telemetry.Span("zoetrope.wait");
        Assert.Equal(83, wait.GetTagItem("zoetrope.polls"));
        Assert.Equal(67, wait.Events.Count());
        Assert.Equal(
            [("zoetrope.status", "queued"), ("zoetrope.status", "running"), ("zoetrope.status", "completed"), ("zoetrope.result", null)],
            wait.Events.Skip(63).Select(entry => (entry.Name, (string?)TagOf(entry, "zoetrope.state"))));
    }

    [Fact]
    public async Task A_request_for_several_jobs_is_one_submit_that_names_none_of_them()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var workflows = simulator.Workflows();
        RawJson[] inputs = [RawJson.Parse("{}"), RawJson.Parse("{}"), RawJson.Parse("{}")];

        var several = await workflows.TriggerBulkAsync("story", "v1", inputs, cancellationToken: Token);
        var single = await workflows.TriggerBulkAsync("story", "v1", inputs[..1], cancellationToken: Token);
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 403 });
        await Assert.ThrowsAsync<SubmitException>(() => workflows.TriggerBulkAsync("story", "v1", inputs, cancellationToken: Token));

        var id = Assert.Single(single.Jobs).Handle.JobId;
        Assert.Equal(
            [(null, null, 3), (id, id, null), (null, null, null)],
            telemetry.Spans.Select(span =>
                (span.GetTagItem("gen_ai.response.id"), span.GetTagItem("zoetrope.job_id"), span.GetTagItem("zoetrope.submit.jobs"))));
        Assert.All(several.Jobs, job => Assert.Equal(telemetry.Spans[0].Id, job.Handle.TraceParent));
        Assert.Equal(4, telemetry.Only("zoetrope.submits", ("zoetrope.outcome", "accepted")).Value);
        Assert.Equal(3, telemetry.Only("zoetrope.submits", ("zoetrope.outcome", "failed")).Value);
    }

    [Fact]
    public async Task Eachlabs_and_a_declared_provider_are_traced_alike()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var eachlabs = simulator.Eachlabs();
        using var runway = simulator.Runway();

        var first = await eachlabs.KlingO3ProImageToVideo.RunAsync(
            new() { ImageUrl = TestClients.Picture, Prompt = TestClients.Prompt }, wait: TestClients.Quickly, cancellationToken: Token);
        var second = await runway.ImageToVideoGen4Turbo.RunAsync(
            new() { PromptImage = TestClients.Picture, Ratio = "1280:720", Duration = 5 }, wait: TestClients.Quickly, cancellationToken: Token);

        var runs = telemetry.Spans.Where(span => span.OperationName == "zoetrope.run").ToList();
        Assert.Equal(
            [("eachlabs", first.Handle.EndpointId, "video"), ("runway", second.Handle.EndpointId, "video")],
            runs.Select(span => (span.GetTagItem("gen_ai.provider.name"), span.GetTagItem("gen_ai.request.model"), span.GetTagItem("gen_ai.output.type"))));
        Assert.Equal(["USD", "credits"], runs.Select(span => span.GetTagItem("zoetrope.unit")));
        AssertNothingSecret(telemetry);
    }

    [Fact]
    public async Task A_routed_run_names_the_model_first_and_then_the_provider_that_took_it()
    {
        using var telemetry = new Telemetry();
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        using var eachlabs = simulator.Eachlabs();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, Provider = "fal", StatusCode = 403 });
        var router = new MediaRouter(fal, eachlabs);

        var result = await router.KlingO3ProImageToVideo.RunAsync(
            new() { ImageUrl = TestClients.Picture, Prompt = TestClients.Prompt }, new() { Wait = TestClients.Quickly }, Token);

        Assert.Equal("eachlabs", result.Handle.Provider);
        Assert.Equal(
            ["zoetrope.submit fal", "zoetrope.submit eachlabs", "zoetrope.wait eachlabs", "zoetrope.run eachlabs"],
            telemetry.Spans.Select(span => $"{span.OperationName} {span.GetTagItem("gen_ai.provider.name")}"));
        var run = telemetry.Span("zoetrope.run");
        Assert.Equal(("kling-o3-pro-image-to-video", result.Handle.EndpointId), (run.GetTagItem("gen_ai.request.model"), run.GetTagItem("zoetrope.endpoint")));
        Assert.Equal(ActivityStatusCode.Unset, run.Status);
    }

    [Fact]
    public async Task A_listener_that_throws_loses_neither_a_handle_nor_a_result()
    {
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        using var telemetry = new Telemetry();
        using var meters = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Zoetrope")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("mine"));
        meters.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("mine"));
        meters.Start();
        var (begun, ended) = (0, 0);
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Zoetrope",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = _ => Throw(ref begun),
            ActivityStopped = _ => Throw(ref ended),
        };
        ActivitySource.AddActivityListener(activities);

        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: Token);
        var result = await job.WaitAsync(TestClients.Quickly, Token);
        var again = await fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Quickly, cancellationToken: Token);

        Assert.Single(result.Media);
        Assert.Single(again.Media);
        // A span that has begun for others ends for them, too.
        Assert.Equal((5, 5), (begun, ended));
        Assert.Equal(5, telemetry.Spans.Count);

        static void Throw(ref int calls)
        {
            calls++;
            throw new InvalidOperationException("mine");
        }
    }

    private static object? TagOf(ActivityEvent entry, string name) => entry.Tags.SingleOrDefault(tag => tag.Key == name).Value;

    private static void AssertNothingSecret(Telemetry telemetry)
    {
        var texts = telemetry.Spans.SelectMany(span => span.TagObjects.Concat(span.Events.SelectMany(entry => entry.Tags))
            .Select(tag => $"{tag.Key}={tag.Value}").Append(span.DisplayName).Append($"{span.StatusDescription}"));
        Assert.All(texts, text =>
        {
            Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("never", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("http", text, StringComparison.OrdinalIgnoreCase);
        });
    }

    private sealed class Recording(List<string> seen) : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
        {
            var names = samplingParameters.Tags!.Select(tag => tag.Key).Order(StringComparer.Ordinal);
            seen.Add($"{samplingParameters.Name}: {string.Join(' ', names)}");
            return new SamplingResult(SamplingDecision.RecordAndSample);
        }
    }
}
