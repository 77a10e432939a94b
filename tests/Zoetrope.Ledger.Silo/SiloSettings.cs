using Orleans.Configuration;

namespace Zoetrope.Ledger.Silo;

/// <summary>What the silos of the tests share.</summary>
public static class SiloSettings
{
    /// <summary>Notices a silo that was killed within seconds.</summary>
    public static ISiloBuilder UseQuickMembership(this ISiloBuilder silo) => silo.Configure<ClusterMembershipOptions>(options =>
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 2;
        options.NumVotesForDeathDeclaration = 1;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
    });
}
