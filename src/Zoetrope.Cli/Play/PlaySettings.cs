using Zoetrope.Cli.Models;
using Zoetrope.Costs;

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

    /// <summary>The option that limits what a job costs, as a person wrote it; null for none.</summary>
    public string? Limit => MaxCost is { } most ? $"--max-cost {new CostAmount(most, CostAmount.Usd)}" : null;

    /// <summary>Why a job is not sent: it is too expensive, or may be; null where it is sent.</summary>
    /// <param name="least">The least that it costs, in US dollars; null where that is not known.</param>
    /// <param name="most">The most that it costs, in US dollars; null where that is not known.</param>
    /// <param name="cost">What it costs, in words.</param>
    public string? RefusalOf(decimal? least, decimal? most, string cost) =>
        least > MaxCost ? $"It costs {cost}, which is more than {Limit} allows."
        : IsStrict && (most is null || most > MaxCost) ? $"It is not known to be within {Limit}, which --strict-cost asks for."
        : null;

    /// <summary>Whether a provider can be used.</summary>
    public bool CanRun(Provider provider) => Connection.Clients.Any(client => client.Provider == provider.Name);
}
