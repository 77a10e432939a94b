using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Zoetrope.Jobs.Orleans;
using Zoetrope.Ledger.Silo;
using Zoetrope.Ledger.Tests.Databases;

namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>Silos in processes of their own, which are killed in turn without ceremony. This process only keeps the members of the cluster.</summary>
public sealed class KilledSiloTests : EngineTest
{
    private const int Jobs = 240;

    [Fact]
    public async Task No_job_is_lost_and_none_is_sent_twice()
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
        if (postgres is not null)
            await UsePostgresAsync(postgres.NewLedger());

        await KillInTurnAsync("redis:" + redis.Address);

        Assert.Contains("reminder", await redis.KeysAsync(Token), StringComparison.OrdinalIgnoreCase);
    }

    private async Task KillInTurnAsync(string members)
    {
        var silos = new List<Process>();
        try
        {
            for (var i = 0; i < 3; i++)
                silos.Add(await StartAsync(members));
            await IntendAsync(Jobs);
            for (var i = 0; i < 3; i++)
            {
                var submits = Simulator.Submits;
                await UntilAsync(() => Task.FromResult(Simulator.Submits >= submits + 20), () => "the silos submit");
                silos[i].Kill();
                await silos[i].WaitForExitAsync(Token);
                silos[i].Dispose();
                silos[i] = await StartAsync(members);
            }
            await SettledAsync(Jobs);
        }
        finally
        {
            foreach (var silo in silos)
            {
                if (!silo.HasExited)
                    silo.Kill();
                silo.Dispose();
            }
        }

        var doubts = await VerifyAsync(Jobs);
        TestContext.Current.SendDiagnosticMessage($"{Jobs} jobs, 3 silos killed: {doubts} in doubt, {Simulator.Submits} submits received.");
        // At most what each of those that were killed sent at once.
        Assert.InRange(doubts, 0, 3 * Options.Parallel);
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

    private async Task<Process> StartAsync(string members)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Zoetrope.Ledger.Silo.dll"), StoreText, Simulator.BaseUrl.AbsoluteUri },
        };
        foreach (var port in new[] { FreePort(), FreePort() })
            start.ArgumentList.Add(port.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(members);
        var process = Process.Start(start)!;
        Assert.Equal("joined", await process.StandardOutput.ReadLineAsync(Token));
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
