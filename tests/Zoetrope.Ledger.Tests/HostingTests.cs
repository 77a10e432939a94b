using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;

namespace Zoetrope.Ledger.Tests;

/// <summary>The ledger in a host.</summary>
public sealed class HostingTests : LedgerTest
{
    [Fact]
    public async Task Hosts_with_one_ledger_share_its_jobs()
    {
        using var one = Build();
        using var two = Build();
        await one.StartAsync(Token);
        await two.StartAsync(Token);
        var ledger = one.Services.GetRequiredService<JobLedger>();

        await ledger.IntendAsync([.. Enumerable.Range(0, 10).Select(i => Intent($"h{i}"))], Token);
        while ((await ledger.SummarizeAsync(cancellationToken: Token)).Finished < 10)
            await Task.Delay(20, Token);
        await one.StopAsync(Token);
        await two.StopAsync(Token);

        Assert.Equal(10, Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_ledger_without_a_store_is_refused_at_the_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddZoetropeJobs(_ => Options());
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));

        Assert.Equal("The ledger has no store: call UseSqlite or UsePostgres after AddZoetropeJobs.", exception.Message);
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddZoetropeJobs(_ => Options()).UseSqlite(Path.Combine(Folder, "hosted.db"));
        return builder.Build();
    }
}
