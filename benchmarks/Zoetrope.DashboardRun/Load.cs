using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Runway;
using Zoetrope.Simulator;

namespace Zoetrope.DashboardRun;

/// <summary>What the run does: jobs of models at three providers, more and fewer of them, of which some are refused, fail, or are hard to reach.</summary>
internal static class Load
{
    private const string Picture = "https://example.com/a.png";
    private const string Prompt = "The character walks forward";

    private static readonly Random _random = new(7);

    public static async Task RunAsync(TimeSpan duration, Func<Task> measure)
    {
        await using var slow = await StartAsync(queue: 3, runs: 9);
        await using var quick = await StartAsync(queue: 1, runs: 4);
        using var fal = new FalClient(new() { BaseUrl = slow.BaseUrl, ApiKey = "any" });
        using var eachlabs = new EachlabsClient(new() { BaseUrl = quick.BaseUrl, ApiKey = "any" });
        using var runway = new RunwayClient(new() { BaseUrl = new Uri(quick.BaseUrl, "runway"), ApiKey = "any" });
        var jobs = new List<Task>();
        var end = DateTime.UtcNow + duration;
        for (var second = 0; DateTime.UtcNow < end; second++)
        {
            // Waves of a minute.
            var most = 1.5 + Math.Sin(second / 60.0 * Math.Tau);
            Add(jobs, most, () => fal.KlingVideoO3ProImageToVideo.RunAsync(new() { ImageUrl = Picture, Prompt = Prompt }));
            Add(jobs, most / 2, () => fal.Flux2Pro.RunAsync(new() { Prompt = Prompt }));
            Add(jobs, most, () => eachlabs.KlingO3ProImageToVideo.RunAsync(new() { ImageUrl = Picture, Prompt = Prompt }));
            Add(jobs, most / 3, () => runway.ImageToVideoGen4Turbo.RunAsync(new() { PromptImage = Picture, Ratio = "1280:720", Duration = 5 }));
            Break(slow, second);
            Break(quick, second);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        // While jobs are in flight.
        await measure();
        await Task.WhenAll(jobs);
    }

    private static Task<MediaSimulator> StartAsync(double queue, double runs) =>
        MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.FromSeconds(queue), JobDuration = TimeSpan.FromSeconds(runs) });

    private static void Add(List<Task> jobs, double rate, Func<Task> run)
    {
        for (; _random.NextDouble() < rate; rate--)
            jobs.Add(RunAsync(run));
    }

    private static async Task RunAsync(Func<Task> run)
    {
        await Task.Delay(_random.Next(1000));
        try
        {
            await run();
        }
        catch (ZoetropeException)
        {
            // It is in the metrics, which is what this run is for.
        }
    }

    private static void Break(MediaSimulator simulator, int second)
    {
        if (second % 7 == 3)
            simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 429 });
        if (second % 11 == 5)
            simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        if (second % 23 == 9)
            simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 403 });
        if (second is > 90 and < 110)
            simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Status, StatusCode = 503, Times = 3 });
    }
}
