namespace Zoetrope.Extensions.Hosting.Settings;

/// <summary>What the section of a client says, as the configuration binder's generator reads it. What is null keeps its default.</summary>
internal sealed class ClientSettings
{
    public string? ApiKey { get; set; }

    public Uri? BaseUrl { get; set; }

    public TimeSpan? SubmitTimeout { get; set; }

    public TimeSpan? PollTimeout { get; set; }

    public int? SubmitAttempts { get; set; }

    public LimitSettings? Limits { get; set; }

    public long? MaxResponseBytes { get; set; }

    public long? MaxDownloadBytes { get; set; }

    public long? MinBytesPerSecond { get; set; }

    public TimeSpan? TransferTimeout { get; set; }

    public bool? LogInputs { get; set; }

    public Uri? RunUrl { get; set; }

    public Uri? RestUrl { get; set; }

    public bool? UseBackupHosts { get; set; }

    public TimeSpan? RunTimeout { get; set; }

    public TimeSpan? StreamIdleTimeout { get; set; }
}

/// <summary>What the section of a client says about limits.</summary>
internal sealed class LimitSettings
{
    public int? CreatesPerMinute { get; set; }

    public int? InFlight { get; set; }

    public TimeSpan? InFlightExpiry { get; set; }

    public TimeSpan? QueueTimeout { get; set; }
}
