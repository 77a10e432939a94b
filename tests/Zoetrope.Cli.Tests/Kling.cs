using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>The model that the tests run.</summary>
internal static class Kling
{
    public const string Neutral = "kling-o3-pro-image-to-video";
    public const string FalEndpoint = "fal-ai/kling-video/o3/pro/image-to-video";
    public const string ImageUrl = "https://example.com/a.png";
    public const string Image = "image_url=" + ImageUrl;
    public const string Prompt = "prompt=The character walks forward";

    /// <summary>Jobs that are quickly done.</summary>
    public static Task<MediaSimulator> QuickAsync() =>
        MediaSimulator.StartAsync(new SimulatorOptions { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMilliseconds(50) });

    /// <summary>Jobs that do not end while a test runs.</summary>
    /// <param name="clock">The clock of delays; null for the system's.</param>
    public static Task<MediaSimulator> EndlessAsync(TimeProvider? clock = null) => MediaSimulator.StartAsync(
        new SimulatorOptions { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromHours(1), TimeProvider = clock ?? TimeProvider.System });

    /// <summary>The arguments of a good run, and more.</summary>
    public static string[] Run(MediaSimulator simulator, params string[] more) =>
        ["run", Neutral, "--input", Image, "--input", Prompt, "--base-url", simulator.BaseUrl.ToString(), .. more];
}
