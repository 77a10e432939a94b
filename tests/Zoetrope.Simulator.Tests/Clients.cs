using Zoetrope.Eachlabs;
using Zoetrope.Fal;
using Zoetrope.Jobs;

namespace Zoetrope.Simulator.Tests;

/// <summary>The SDK's clients, pointed at a simulator.</summary>
internal static class Clients
{
    public const string Picture = "https://example.com/a.png";

    public static WaitOptions Quickly => new() { PollInterval = TimeSpan.FromMilliseconds(5), IncludeLogs = true };

    public static FalClient Fal(this MediaSimulator simulator, string key = "a:key", int attempts = 3) =>
        new(new() { BaseUrl = simulator.BaseUrl, ApiKey = key, SubmitAttempts = attempts });

    public static EachlabsClient Eachlabs(this MediaSimulator simulator, EachlabsAuth auth = EachlabsAuth.XApiKey) =>
        new(new() { BaseUrl = simulator.BaseUrl, ApiKey = "smk_key", Auth = auth });

    /// <summary>A simulator whose jobs take a few polls.</summary>
    public static Task<MediaSimulator> StartBrieflyAsync() => MediaSimulator.StartAsync(new()
    {
        QueueTime = TimeSpan.FromMilliseconds(40),
        JobDuration = TimeSpan.FromMilliseconds(60),
    });
}
