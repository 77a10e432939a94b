using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Hosting;
using Zoetrope.Jobs.Postgres;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Storage;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>The ledger in a host.</summary>
public abstract class HostingTests : LedgerTest
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

    [Fact]
    public async Task A_host_that_only_records_works_on_nothing()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        UseStore(builder.Services.AddZoetropeLedger(_ => Options()));
        using var recording = builder.Build();
        await recording.StartAsync(Token);
        var ledger = recording.Services.GetRequiredService<JobLedger>();
        var job = await ledger.IntendAsync(Intent("recorded"), Token);
        // Longer than a worker takes to claim it.
        await Task.Delay(1000, Token);
        Assert.Equal((LedgerState.Intended, null), await ledger.FindAsync(job.Id, Token) is { } recorded ? (recorded.State, recorded.Owner) : default);

        using var working = Build();
        await working.StartAsync(Token);
        while (!(await ledger.FindAsync(job.Id, Token))!.IsFinished)
            await Task.Delay(20, Token);
        await working.StopAsync(Token);
        await recording.StopAsync(Token);

        Assert.Equal(1, Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task What_a_person_must_know_is_logged_once()
    {
        using var log = new LedgerLog();
        using var host = Build(log);
        Simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, Times = 1, CarryOut = true });
        await host.StartAsync(Token);
        var ledger = host.Services.GetRequiredService<JobLedger>();
        var doubtful = await ledger.IntendAsync(Intent("doubtful"), Token);
        while ((await ledger.FindAsync(doubtful.Id, Token))!.State != LedgerState.InDoubt)
            await Task.Delay(20, Token);
        await ledger.SetCapAsync(SpendScope.Batch("capped"), 1.5m, Token);
        await ledger.IntendAsync([.. Enumerable.Range(0, 5).Select(i => Intent($"l{i}", "capped", ceiling: 1m))], Token);
        while ((await ledger.SummarizeAsync("capped", Token)) is not { Paused: 4, Finished: 1 })
            await Task.Delay(20, Token);
        await ledger.Store.WakePausedAsync(Token);
        while ((await ledger.SummarizeAsync("capped", Token)).Paused < 4)
            await Task.Delay(20, Token);
        await host.StopAsync(Token);

        Assert.Contains(log.Lines, line => line.StartsWith($"30 Error Zoetrope.Jobs: Whether fal accepted the job {doubtful.Id} ", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("32 Warning Zoetrope.Jobs: Jobs wait, ", StringComparison.Ordinal)
            && line.Contains("batch:capped has a cap of $1.50: ", StringComparison.Ordinal));
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public void A_host_has_one_ledger()
    {
        var services = new ServiceCollection();
        services.AddZoetropeJobs(_ => Options());

        Assert.Throws<InvalidOperationException>(() => services.AddZoetropeLedger(_ => Options()));
    }

    private IHost Build(ILoggerProvider? log = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (log is not null)
            builder.Logging.AddProvider(log);
        UseStore(builder.Services.AddZoetropeJobs(_ => Options()));
        return builder.Build();
    }

    private void UseStore(ZoetropeJobsBuilder jobs)
    {
        if (StoreText.Split(':', 2) is ["postgres", var connection])
            jobs.UsePostgres(connection);
        else
            jobs.UseSqlite(Path.Combine(Folder, "hosted.db"));
    }
}
