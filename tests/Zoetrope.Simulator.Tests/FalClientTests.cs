using System.Collections.Concurrent;
using System.Net;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Uploads;
using Zoetrope.Validation;

namespace Zoetrope.Simulator.Tests;

/// <summary>fal's client and generated models, end to end.</summary>
public sealed class FalClientTests
{
    private static KlingVideoO3ProImageToVideo.Request Request() => new() { ImageUrl = Clients.Picture, Prompt = "The character walks forward" };

    [Fact]
    public async Task A_run_brings_a_video_that_can_be_saved()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var folder = new TemporaryFolder();
        using var fal = simulator.Fal();
        var request = Request();
        request.Duration = KlingVideoO3ProImageToVideo.Duration.Seconds10;
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(request, wait: Clients.Quickly);

        Assert.Equal("video/mp4", result.Value.Video.ContentType);
        Assert.Equal(10, result.Metrics.BillableUnits);
        Assert.Equal(result.Handle.JobId, result.RequestId);
        Assert.Equal(result.Value.Video.Url, Assert.Single(result.Media).Url);
        var path = await fal.SaveAsync(result.Value.Video, Path.Combine(folder.Path, "a.mp4"));
        Assert.Equal(result.Value.Video.FileSize, new FileInfo(path).Length);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.Counts.Files));
        Assert.DoesNotContain(simulator.Requests, sent => sent.Operation == SimulatorOperation.File && sent.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Every_request_takes_the_HTTP_version_that_the_users_client_is_set_to()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var folder = new TemporaryFolder();
        using var versions = new VersionRecorder();
        using var http = new HttpClient(versions)
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        using var fal = new FalClient(new() { BaseUrl = simulator.BaseUrl, ApiKey = "a:key", HttpClient = http });

        var picture = await fal.Files.UploadAsync(UploadFile.FromBytes([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a.png"));
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(new() { ImageUrl = picture.Url!, Prompt = "It moves" }, wait: Clients.Quickly);
        await fal.SaveAsync(result.Value.Video, Path.Combine(folder.Path, "a.mp4"));

        Assert.True(simulator.Requests.Count > 5);
        Assert.Equal(simulator.Requests.Count, versions.Seen.Count);
        Assert.All(versions.Seen, static seen => Assert.Equal((HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower), seen));
    }

    [Fact]
    public async Task A_watch_sees_the_queue_the_run_with_logs_and_the_end()
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var fal = simulator.Fal();
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request());
        var seen = new List<JobStatus>();
        await foreach (var status in job.WatchAsync(Clients.Quickly))
        {
            seen.Add(status);
            clock.Advance(TimeSpan.FromSeconds(60));
        }
        Assert.Equal([JobState.Queued, JobState.Running, JobState.Completed], seen.Select(status => status.State).Distinct());
        Assert.Equal(0, seen[0].QueuePosition);
        Assert.Equal("100% done.", seen[^1].Logs[^1].Message);
        Assert.Equal(TimeSpan.FromSeconds(100), seen[^1].Metrics.InferenceTime);
    }

    [Fact]
    public async Task Another_client_resumes_by_the_handle_without_a_second_submit()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        string handle;
        using (var first = simulator.Fal())
            handle = (await first.KlingVideoO3ProImageToVideo.SubmitAsync(Request())).Handle.ToString();

        using var second = simulator.Fal();
        var result = await second.KlingVideoO3ProImageToVideo.Resume(JobHandle.Parse(handle)).WaitAsync(Clients.Quickly);
        Assert.Equal("output.mp4", result.Value.Video.FileName);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }

    [Fact]
    public async Task A_cancel_has_its_three_outcomes()
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var fal = simulator.Fal();
        var first = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request());
        var second = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request());
        Assert.Equal(CancelOutcome.Requested, await first.CancelAsync());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(CancelOutcome.AlreadyCompleted, await second.CancelAsync());
        var unknown = fal.Resume(new JobHandle("fal", Support.FalId, "nobody"));
        Assert.Equal(CancelOutcome.NotFound, await unknown.CancelAsync());
        await Assert.ThrowsAnyAsync<JobException>(() => first.WaitAsync(Clients.Quickly));
    }

    [Fact]
    public async Task A_failed_job_says_why()
    {
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => fal.KlingVideoO3ProImageToVideo.RunAsync(Request(), wait: Clients.Quickly));
        Assert.Contains("content_policy_violation", failure.Error.Type + failure.Error.Fields.FirstOrDefault()?.Type);
        Assert.Equal(1, simulator.Submits);
    }

    [Theory]
    [InlineData(FaultKind.Reset, true)]
    [InlineData(FaultKind.Truncate, false)]
    [InlineData(FaultKind.Malformed, false)]
    public async Task A_submit_whose_response_is_lost_is_not_sent_again(FaultKind kind, bool carryOut)
    {
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = kind, CarryOut = carryOut });
        var failure = await Assert.ThrowsAsync<SubmitException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request()));
        Assert.False(failure.WasNotAccepted);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }

    [Fact]
    public async Task A_submit_that_surely_was_not_accepted_is_sent_again()
    {
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal();
        simulator.AddFault(new()
        {
            Kind = FaultKind.Status,
            Operation = SimulatorOperation.Submit,
            StatusCode = 429,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "0" },
        });
        await fal.KlingVideoO3ProImageToVideo.RunAsync(Request(), wait: Clients.Quickly);
        Assert.Equal((2, 1), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }

    [Theory]
    [InlineData(SimulatorOperation.Status)]
    [InlineData(SimulatorOperation.Result)]
    public async Task Polls_that_fail_in_every_way_do_not_fail_the_job(SimulatorOperation operation)
    {
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal();
        foreach (var kind in new[] { FaultKind.Status, FaultKind.Reset, FaultKind.Truncate, FaultKind.Malformed })
            simulator.AddFault(
                new() { Kind = kind, Operation = operation, StatusCode = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } });
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(Request(), wait: Clients.Quickly);
        Assert.Equal("video/mp4", result.Value.Video.ContentType);
        Assert.Equal(1, simulator.Submits);
    }

    [Fact]
    public async Task A_wrong_request_is_not_sent()
    {
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal();
        var request = Request();
        request.Duration = "2";
        request.MultiPrompt = [new() { Prompt = null! }];
        var refusal = await Assert.ThrowsAsync<RequestValidationException>(() => fal.KlingVideoO3ProImageToVideo.RunAsync(request));
        Assert.Equal(["duration", "multi_prompt[0].prompt", "prompt"], refusal.Result.Issues.Select(issue => issue.Path).Order());
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_request_that_is_not_checked_here_is_refused_there()
    {
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal();
        var request = Request();
        request.Duration = "2";
        var refusal = await Assert.ThrowsAsync<SubmitException>(() => fal.KlingVideoO3ProImageToVideo.RunAsync(request, new() { Validate = false }));
        Assert.Equal("literal_error", Assert.Single(refusal.Service!.Error.Fields).Type);
        Assert.Equal(0, simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_bad_key_is_refused()
    {
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal("bad-key");
        var refusal = await Assert.ThrowsAsync<SubmitException>(() => fal.KlingVideoO3ProImageToVideo.RunAsync(Request()));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refusal.Service!.StatusCode);
    }

    [Fact]
    public async Task A_direct_run_brings_the_result_at_once()
    {
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal();
        var result = await fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, Request());
        Assert.Equal(("output.mp4", 5m), (result.Value.Video.FileName, result.Metrics.BillableUnits!.Value));
        Assert.Equal((0, 1), (simulator.Counts.Submits, simulator.Counts.DirectRuns));
    }

    [Fact]
    public async Task A_webhook_and_a_start_timeout_reach_the_provider()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var simulator = await Support.StartAsync();
        using var fal = simulator.Fal();
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(
            Request(),
            new FalSubmitOptions { WebhookUrl = new(receiver.Url), StartTimeout = TimeSpan.FromSeconds(30) });
        var (body, _) = await receiver.NextAsync();
        Assert.Equal(job.Handle.JobId, body["request_id"]!.ToString());
        Assert.Contains(simulator.Requests, sent => sent.Headers.GetValueOrDefault("X-Fal-Request-Timeout") is "30" or "30.0");
    }

    private sealed class VersionRecorder() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        public ConcurrentBag<(Version, HttpVersionPolicy)> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add((request.Version, request.VersionPolicy));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
