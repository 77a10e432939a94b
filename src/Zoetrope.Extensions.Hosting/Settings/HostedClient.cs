namespace Zoetrope.Extensions.Hosting.Settings;

/// <summary>What a host knows of a client beside its options.</summary>
internal sealed class HostedClient
{
    /// <summary>Whether inputs, and what providers say of them, are logged.</summary>
    public bool LogsInputs { get; set; }

    /// <summary>Returns the key for each request; null for that of the options.</summary>
    public Func<IServiceProvider, CancellationToken, ValueTask<string?>>? TokenProvider { get; set; }
}
