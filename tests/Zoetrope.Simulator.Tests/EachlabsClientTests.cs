using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Jobs;
using Zoetrope.Validation;

namespace Zoetrope.Simulator.Tests;

/// <summary>Eachlabs' client and generated models, end to end.</summary>
public sealed class EachlabsClientTests
{
    private static KlingO3ProImageToVideo.Request Request() => new() { ImageUrl = Clients.Picture, Prompt = "The character walks forward" };

    [Theory]
    [InlineData(EachlabsAuth.XApiKey)]
    [InlineData(EachlabsAuth.Bearer)]
    public async Task A_run_brings_a_video_its_time_and_its_cost(EachlabsAuth auth)
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var folder = new TemporaryFolder();
        using var eachlabs = simulator.Eachlabs(auth);
        var request = Request();
        request.Duration = KlingO3ProImageToVideo.Duration.Seconds15;
        var result = await eachlabs.KlingO3ProImageToVideo.RunAsync(request, wait: Clients.Quickly);
        Assert.Equal((1.5m, TimeSpan.FromMilliseconds(60)), (result.Metrics.Cost!.Value, result.Metrics.InferenceTime!.Value));
        var path = await eachlabs.SaveAsync(Assert.Single(result.Media), Path.Combine(folder.Path, "a.mp4"));
        Assert.True(new FileInfo(path).Length > 1000);
        Assert.Equal(1, simulator.Submits);
    }

    [Fact]
    public async Task A_watch_sees_every_state()
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var eachlabs = simulator.Eachlabs();
        var job = await eachlabs.KlingO3ProImageToVideo.SubmitAsync(Request());
        var seen = new List<JobState>();
        await foreach (var status in job.WatchAsync(Clients.Quickly))
        {
            seen.Add(status.State);
            clock.Advance(TimeSpan.FromSeconds(60));
        }
        Assert.Equal([JobState.Queued, JobState.Running, JobState.Completed], seen.Distinct());
    }

    [Fact]
    public async Task Another_client_resumes_by_the_handle_without_a_second_submit()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        string handle;
        using (var first = simulator.Eachlabs())
            handle = (await first.KlingO3ProImageToVideo.SubmitAsync(Request())).Handle.ToString();
        using var second = simulator.Eachlabs(EachlabsAuth.Bearer);
        var result = await second.KlingO3ProImageToVideo.Resume(JobHandle.Parse(handle)).WaitAsync(Clients.Quickly);
        Assert.EndsWith(".mp4", result.Value.Video.Url);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }

    [Fact]
    public async Task A_cancel_has_its_three_outcomes()
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var eachlabs = simulator.Eachlabs();
        var first = await eachlabs.KlingO3ProImageToVideo.SubmitAsync(Request());
        var second = await eachlabs.KlingO3ProImageToVideo.SubmitAsync(Request());
        Assert.Equal(CancelOutcome.Requested, await first.CancelAsync());
        await Assert.ThrowsAsync<JobCanceledException>(() => first.WaitAsync(Clients.Quickly));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(CancelOutcome.AlreadyCompleted, await second.CancelAsync());
        Assert.Equal(CancelOutcome.NotFound, await eachlabs.Resume(new JobHandle("eachlabs", Support.EachlabsId, "nobody")).CancelAsync());
    }

    [Fact]
    public async Task A_failed_prediction_says_why()
    {
        await using var simulator = await Support.StartAsync();
        using var eachlabs = simulator.Eachlabs();
        simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => eachlabs.KlingO3ProImageToVideo.RunAsync(Request(), wait: Clients.Quickly));
        Assert.Contains("The provider rejected the request.", failure.Error.Message);
    }

    [Fact]
    public async Task A_create_whose_response_is_lost_is_not_sent_again()
    {
        await using var simulator = await Support.StartAsync();
        using var eachlabs = simulator.Eachlabs();
        simulator.AddFault(new() { Kind = FaultKind.Reset, CarryOut = true });
        var failure = await Assert.ThrowsAsync<SubmitException>(() => eachlabs.KlingO3ProImageToVideo.SubmitAsync(Request()));
        Assert.False(failure.WasNotAccepted);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }

    [Fact]
    public async Task Polls_that_fail_in_every_way_do_not_fail_the_prediction()
    {
        await using var simulator = await Support.StartAsync();
        using var eachlabs = simulator.Eachlabs();
        foreach (var kind in new[] { FaultKind.Status, FaultKind.Reset, FaultKind.Truncate, FaultKind.Malformed })
            simulator.AddFault(
                new() { Kind = kind, Operation = SimulatorOperation.Status, Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } });
        var result = await eachlabs.KlingO3ProImageToVideo.RunAsync(Request(), wait: Clients.Quickly);
        Assert.EndsWith(".mp4", result.Value.Video.Url);
        Assert.Equal(1, simulator.Submits);
    }

    [Fact]
    public async Task Six_shots_data_URIs_and_local_URLs_are_not_sent()
    {
        await using var simulator = await Support.StartAsync();
        using var eachlabs = simulator.Eachlabs();
        var request = new KlingO3ProImageToVideo.Request
        {
            ImageUrl = "data:image/png;base64,AAAA",
            EndImageUrl = "http://localhost/b.png",
            MultiPrompt = ["1", "2", "3", "4", "5", "6"]
        };
        var refusal = await Assert.ThrowsAsync<RequestValidationException>(() => eachlabs.KlingO3ProImageToVideo.RunAsync(request));
        Assert.Equal(["end_image_url", "image_url", "multi_prompt"], refusal.Result.Issues.Select(issue => issue.Path).Order());
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_webhook_comes_with_its_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var simulator = await Support.StartAsync();
        using var eachlabs = simulator.Eachlabs();
        var job = await eachlabs.KlingO3ProImageToVideo.SubmitAsync(
            Request(),
            new EachlabsSubmitOptions { WebhookUrl = new(receiver.Url), WebhookSecret = "a-secret" });
        var (body, secret) = await receiver.NextAsync();
        Assert.Equal((job.Handle.JobId, "a-secret"), (body["exec_id"]!.ToString(), secret));
    }
}
