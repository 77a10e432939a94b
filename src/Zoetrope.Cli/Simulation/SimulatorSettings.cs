namespace Zoetrope.Cli.Simulation;

/// <summary>How a simulator inside this process behaves.</summary>
internal sealed record SimulatorSettings
{
    /// <summary>The port to listen on; 0 chooses a free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder of the documents; null uses those that the simulator contains.</summary>
    public string? Specs { get; init; }

    /// <summary>Whether only endpoints with a document are played.</summary>
    public bool DocumentedOnly { get; init; }

    /// <summary>Called with the provider and the id when an endpoint without a document is played for the first time; null for nothing.</summary>
    public Action<string, string>? OnUndocumentedEndpoint { get; init; }

    /// <summary>How long a job waits before it runs; null for the simulator's default.</summary>
    public TimeSpan? QueueTime { get; init; }

    /// <summary>How long a job runs; null for the simulator's default.</summary>
    public TimeSpan? JobTime { get; init; }

    /// <summary>Whether the limits that the documents state are enforced.</summary>
    public bool EnforceLimits { get; init; }

    /// <summary>The file of a fixture that is played back in place of the documents; null for none.</summary>
    public string? Replay { get; init; }

    /// <summary>Whether a fixture is played back at its recorded times.</summary>
    public bool OriginalTiming { get; init; }

    /// <summary>Where a line for each request goes that a fixture does not have.</summary>
    public TextWriter? Problems { get; init; }

    /// <summary>Faults for the next requests: the name of a kind, or JSON.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Where a line for each request goes; null for nowhere.</summary>
    public TextWriter? Log { get; init; }
}
