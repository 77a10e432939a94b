namespace Zoetrope.Simulator.Fal;

/// <summary>The hosts of fal that have a folder of their own at the simulator.</summary>
internal static class FalHosts
{
    /// <summary>The host of the queue, which has none.</summary>
    public const string Queue = "queue.fal.run";

    /// <summary>The host that a folder stands for; null for any other first segment of a path.</summary>
    public static string? Of(string folder) => folder switch
    {
        "run" => "fal.run",
        "platform" => "api.fal.ai",
        _ => null,
    };
}
