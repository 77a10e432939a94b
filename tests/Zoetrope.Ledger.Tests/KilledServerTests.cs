using System.Globalization;
using Zoetrope.Ledger.Kills;
using Zoetrope.Ledger.Tests.Databases;

namespace Zoetrope.Ledger.Tests;

/// <summary>
/// PostgreSQL itself is killed while three workers go on, and so is a worker now and then. ZOETROPE_DATABASE_KILLS sets the number of times.
/// </summary>
public sealed class KilledServerTests
{
    private const int Workers = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Kills => int.TryParse(
        Environment.GetEnvironmentVariable("ZOETROPE_DATABASE_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 4;

    [Fact]
    public async Task No_job_is_lost_and_none_is_accepted_twice()
    {
        SharedPostgres.SkipIfMissing();
        using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync();
        await using var provider = await HarshProvider.StartAsync(Seeded.Seed, TimeSpan.FromMilliseconds(50), Token);
        await using var queue = await LedgerQueue.OpenAsync(
            "postgres:" + server.NewLedger(), provider, Path.Combine(folder.Path, "out"), TimeSpan.FromSeconds(1), parallel: 2, Token);

        var report = await new KillRun(queue, provider)
        {
            Jobs = Kills * 30, Kills = Kills, Workers = Workers, Database = server, DatabaseKills = Kills, Between = TimeSpan.FromSeconds(3),
        }.RunAsync(Token);

        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.Empty(report.Violations);
        Assert.InRange(report.DatabaseKills, 1, Kills);
    }
}
