using Zoetrope.Cli.Models;

namespace Zoetrope.Cli.Play;

/// <summary>How the playground runs jobs.</summary>
/// <param name="Connection">The clients of the providers that can be used.</param>
/// <param name="Folder">The folder of the ledger and of the files.</param>
internal sealed record PlaySettings(Connection Connection, string Folder)
{
    /// <summary>Where the simulator is; null where jobs are paid for.</summary>
    public Uri? Simulator { get; init; }

    /// <summary>Whether jobs are paid for.</summary>
    public bool IsPaid => Simulator is null;

    /// <summary>The most that a job may cost, in US dollars; null for any cost that is confirmed.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Whether no job is sent whose cost is not known to be within <see cref="MaxCost"/>.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether a provider can be used.</summary>
    public bool CanRun(Provider provider) => Connection.Clients.Any(client => client.Provider == provider.Name);
}
