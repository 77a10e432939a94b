using Zoetrope.Eachlabs.Models;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Fal.Platform;
using Zoetrope.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Telemetry.Tests;

/// <summary>Jobs and calls of all kinds and with all ends, which bring about all that the telemetry has.</summary>
internal static class Scenario
{
    public static async Task RunAsync(CancellationToken ct)
    {
        var clock = new SimulatorClock();
        await using var stepwise = await TestClients.StartAsync(clock, ct);
        await using var quick = await TestClients.StartAsync(ct);
        using var first = stepwise.Fal();
        using var fal = quick.Fal();
        using var eachlabs = quick.Eachlabs();
        using var platform = new FalPlatformClient(new() { BaseUrl = new Uri(quick.BaseUrl, "platform/v1"), ApiKey = TestClients.Key, Attempts = 2 });
        Fault(quick, SimulatorOperation.Submit, 429);
        Fault(quick, SimulatorOperation.Status, 503);
        quick.AddFault(new()
        {
            Kind = FaultKind.JobResult,
            Body = """{"video":{"url":"https://example.com/a.mp4?signature=secret","content_type":"video/mp4","width":1280,"height":720,"duration":5.04}}""",
        });
        await fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Quickly, cancellationToken: ct);
        quick.AddFault(new() { Kind = FaultKind.JobFailure });
        await FailAsync(() => fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Quickly, cancellationToken: ct));
        Fault(quick, SimulatorOperation.Submit, 403);
        await FailAsync(() => fal.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, cancellationToken: ct));
        await first.KlingVideoO3ProImageToVideo.RunAsync(TestClients.Request, wait: TestClients.Stepwise(clock), cancellationToken: ct);
        await eachlabs.KlingO3ProImageToVideo.RunAsync(
            new() { ImageUrl = TestClients.Picture, Prompt = TestClients.Prompt }, wait: TestClients.Quickly, cancellationToken: ct);
        await foreach (var _ in (await first.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: ct)).WatchAsync(
            TestClients.Stepwise(clock), ct))
        {
        }
        await WatchAndCancelAsync(quick, fal, ct);
        await RunDirectAsync(quick, fal, ct);
        using var workflows = quick.Workflows();
        await workflows.TriggerBulkAsync("story", "v1", [RawJson.Parse("{}"), RawJson.Parse("{}")], cancellationToken: ct);
        quick.AddFault(new() { Kind = FaultKind.Status, PathPrefix = "/platform", StatusCode = 429, Headers = TestClients.AtOnce });
        await platform.ListModelsAsync(cancellationToken: ct);
        quick.AddFault(new() { Kind = FaultKind.Status, PathPrefix = "/platform", StatusCode = 403 });
        await FailAsync(() => platform.ListModelsAsync(cancellationToken: ct));
    }

    private static async Task WatchAndCancelAsync(MediaSimulator simulator, FalClient fal, CancellationToken ct)
    {
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(TestClients.Request, cancellationToken: ct);
        Fault(simulator, SimulatorOperation.Status, 503);
        await foreach (var _ in job.WatchAsync(TestClients.Quickly, ct))
        {
        }
        await job.CancelAsync(ct);
        Fault(simulator, SimulatorOperation.Cancel, 403);
        await FailAsync(() => job.CancelAsync(ct));
        for (var i = 0; i < 5; i++)
            Fault(simulator, SimulatorOperation.Status, 403);
        await FailAsync(async () =>
        {
            await foreach (var _ in fal.Resume(job.Handle).WatchAsync(TestClients.Quickly, ct))
            {
            }
        });
    }

    private static async Task RunDirectAsync(MediaSimulator simulator, FalClient fal, CancellationToken ct)
    {
        Fault(simulator, SimulatorOperation.DirectRun, 429);
        await fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, TestClients.Request, cancellationToken: ct);
        Fault(simulator, SimulatorOperation.DirectRun, 403);
        await FailAsync(() => fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, TestClients.Request, cancellationToken: ct));
    }

    private static void Fault(MediaSimulator simulator, SimulatorOperation operation, int status) => simulator.AddFault(
        new() { Kind = FaultKind.Status, Operation = operation, StatusCode = status, Headers = TestClients.AtOnce });

    private static async Task FailAsync(Func<Task> call) => await Assert.ThrowsAnyAsync<ZoetropeException>(call);
}
