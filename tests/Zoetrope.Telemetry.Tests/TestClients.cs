using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Runway;
using Zoetrope.Simulator;

namespace Zoetrope.Telemetry.Tests;

/// <summary>Clients at a simulator, and what they send. The texts must be in no telemetry.</summary>
internal static class TestClients
{
    public const string Key = "never:in-telemetry";
    public const string Prompt = "The character walks forward, secretly";
    public const string Picture = "https://example.com/a.png?signature=secret-signature";

    /// <summary>The headers of a response after which a request may be repeated at once.</summary>
    public static IReadOnlyDictionary<string, string> AtOnce { get; } = new Dictionary<string, string> { ["Retry-After"] = "0" };

    public static WaitOptions Quickly => new() { PollInterval = TimeSpan.FromMilliseconds(5) };

    public static KlingVideoO3ProImageToVideo.Request Request => new() { ImageUrl = Picture, Prompt = Prompt };

    /// <summary>A simulator whose jobs end at once.</summary>
    public static Task<MediaSimulator> StartAsync(CancellationToken ct) =>
        MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, ct);

    /// <summary>A simulator whose jobs are in the queue for ten seconds of a clock, and run for a hundred.</summary>
    public static Task<MediaSimulator> StartAsync(SimulatorClock clock, CancellationToken ct) => MediaSimulator.StartAsync(
        new() { TimeProvider = clock, QueueTime = TimeSpan.FromSeconds(10), JobDuration = TimeSpan.FromSeconds(100) }, ct);

    /// <summary>A wait that moves the clock with each status that it sees, so that it sees all states.</summary>
    public static WaitOptions Stepwise(SimulatorClock clock) => new()
    {
        PollInterval = TimeSpan.FromMilliseconds(5),
        OnUpdate = _ => clock.Advance(TimeSpan.FromSeconds(60)),
    };

    public static FalClient Fal(this MediaSimulator simulator) => new(new() { BaseUrl = simulator.BaseUrl, ApiKey = Key });

    public static EachlabsClient Eachlabs(this MediaSimulator simulator) => new(new() { BaseUrl = simulator.BaseUrl, ApiKey = Key });

    public static EachlabsWorkflowClient Workflows(this MediaSimulator simulator) => new(new() { BaseUrl = simulator.BaseUrl, ApiKey = Key });

    public static RunwayClient Runway(this MediaSimulator simulator) => new(new() { BaseUrl = new(simulator.BaseUrl, "runway"), ApiKey = Key });
}
