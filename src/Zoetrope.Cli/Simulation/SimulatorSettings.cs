namespace Zoetrope.Cli.Simulation;

/// <summary>How a simulator inside this process behaves.</summary>
internal sealed record SimulatorSettings
{
    /// <summary>The port to listen on; 0 chooses a free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder of the documents; null uses those that the simulator contains.</summary>
    public string? Specs { get; init; }

    /// <summary>How long a job waits before it runs; null for the simulator's default.</summary>
    public TimeSpan? QueueTime { get; init; }

    /// <summary>How long a job runs; null for the simulator's default.</summary>
    public TimeSpan? JobTime { get; init; }

    /// <summary>Faults for the next requests: the name of a kind, or JSON.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Where a line for each request goes; null for nowhere.</summary>
    public TextWriter? Log { get; init; }
}
