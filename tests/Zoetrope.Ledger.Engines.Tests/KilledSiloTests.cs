using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Zoetrope.Jobs.Orleans;
using Zoetrope.Ledger.Kills;
using Zoetrope.Ledger.Silo;

namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>
/// Silos in processes of their own, which are killed in turn without ceremony. This process only keeps the members of the cluster. ZOETROPE_KILLS sets the
/// number of kills.
/// </summary>
public sealed class KilledSiloTests
{
    private const int Silos = 3;

    // What a silo of the tests submits at once.
    private const int Parallel = 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("ZOETROPE_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : Silos;

    [Fact]
    public async Task No_job_is_lost_and_none_is_accepted_twice()
    {
        var primary = FreePort();
        using var members = Members(primary);
        await members.StartAsync(Token);
        try
        {
            await KillInTurnAsync(primary.ToString(CultureInfo.InvariantCulture));
        }
        finally
        {
            await members.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>As people run it: the members and the reminders in Redis, the ledger on one disk or in PostgreSQL.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_members_and_reminders_in_Redis_the_same_holds(bool isPostgres)
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        Assert.SkipWhen(isPostgres && PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync(Token);
        await using var postgres = isPostgres ? await PostgresServer.StartAsync() : null;

        await KillInTurnAsync("redis:" + redis.Address, postgres?.NewLedger());

        Assert.Contains("reminder", await redis.KeysAsync(Token), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task KillInTurnAsync(string members, string? postgres = null)
    {
        using var folder = new TemporaryFolder();
        var store = postgres is null ? "sqlite:" + Path.Combine(folder.Path, "jobs.db") : "postgres:" + postgres;
        var outputs = Path.Combine(folder.Path, "out");
        await using var provider = await HarshProvider.StartAsync(Seeded.Seed, TimeSpan.FromMilliseconds(300), Token);
        await using var queue = await LedgerQueue.OpenAsync(store, provider, () => Silo(store, provider, members, outputs), endsByItself: false, Token);

        // A silo takes seconds to join, and the others work meanwhile.
        var report = await new KillRun(queue, provider)
        {
            Jobs = Kills * 80, Kills = Kills, Workers = Silos, Seed = Seeded.Seed, Between = TimeSpan.FromSeconds(3),
        }.RunAsync(Token);

        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.Empty(report.Violations);
        // At most the submits that a killed silo had under way, and those whose response was lost.
        Assert.InRange(report.InDoubt, 0, (Parallel * report.Kills) + (report.Jobs / 4));
    }

    /// <summary>A silo that has the table of members, and none of the ledger's grains.</summary>
    private static IHost Members(int port)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(port, FreePort(), new IPEndPoint(IPAddress.Loopback, port))
            .UseQuickMembership()
            .Configure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly == typeof(SiloLedgerExtensions).Assembly)));
        return builder.Build();
    }

    private static IReadOnlyList<string> Silo(string store, HarshProvider provider, string members, string outputs) =>
    [
        "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Zoetrope.Ledger.Silo.dll"), store, provider.BaseUrl.AbsoluteUri,
        FreePort().ToString(CultureInfo.InvariantCulture), FreePort().ToString(CultureInfo.InvariantCulture), members, outputs,
        provider.WebhookUrl.AbsoluteUri,
    ];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
