using System.Globalization;
using Zoetrope.Jobs;
using Zoetrope.Ledger.Kills;

namespace Zoetrope.Ledger.Tests;

/// <summary>
/// Workers are killed at random moments, while requests, responses and webhooks are lost, late or repeated. Afterwards no job is lost, none was accepted twice,
/// and each that may have been accepted without a receipt is in doubt. ZOETROPE_KILLS sets the number of kills.
/// </summary>
public abstract class KillTests : LedgerTest
{
    private const int Parallel = 2;

    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan JobDuration = TimeSpan.FromMilliseconds(50);

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("ZOETROPE_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 20;

    private string Outputs => Path.Combine(Folder, "out");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_job_is_lost_and_none_is_accepted_twice(int workers)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        await using var provider = await HarshProvider.StartAsync(Seeded.Seed, JobDuration, Token);
        await using var queue = await LedgerQueue.OpenAsync(StoreText, provider, Outputs, Lease, Parallel, Token);
        var run = new KillRun(queue, provider) { Jobs = Kills * 12, Kills = Kills, Workers = workers, Seed = Seeded.Seed };

        Verify(await run.RunAsync(Token));
    }

    [Fact]
    public async Task A_frozen_worker_that_goes_on_later_changes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        const int Jobs = 60;
        await using var provider = await HarshProvider.StartAsync(Seeded.Seed, JobDuration, Token);
        await using var queue = await LedgerQueue.OpenAsync(StoreText, provider, Outputs, Lease, Parallel, Token);
        var prompts = PromptsOf(Jobs);
        await queue.AddAsync(prompts, Token);
        using var frozen = await queue.StartAsync(Token);
        for (var round = 0; round < 3 && !frozen.HasEnded; round++)
        {
            await Task.Delay(150, Token);
            await FreezeAsync(frozen);
            using var other = await queue.StartAsync(Token);
            await Task.Delay(Lease * 2, Token);
            frozen.Thaw();
            await Task.Delay(150, Token);
            other.Kill();
        }
        await frozen.EndAsync(Token);

        Verify(await new KillRun(queue, provider) { Jobs = Jobs, Kills = 0 }.RunAsync(Token));
    }

    [Fact]
    public async Task Another_worker_takes_over_what_a_killed_one_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        const int Jobs = 10;
        await using var provider = await HarshProvider.StartAsync(Seeded.Seed, JobDuration, Token);
        provider.Calm();
        await using var queue = await LedgerQueue.OpenAsync(StoreText, provider, Outputs, TimeSpan.FromSeconds(10), Parallel, Token);
        await queue.AddAsync(PromptsOf(Jobs), Token);
        using (var killed = await queue.StartAsync(Token))
        {
            while (provider.Submits < 3)
                await Task.Delay(5, Token);
            killed.Kill();
        }
        var start = TimeProvider.System.GetTimestamp();

        using var next = await queue.StartAsync(Token);
        await next.EndAsync(Token);

        // The default lease is what the promise of 15 seconds comes from; the rest is the machine's.
        TestContext.Current.SendDiagnosticMessage($"Taken over and finished after {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s.");
        Verify(await new KillRun(queue, provider) { Jobs = Jobs, Kills = 0 }.RunAsync(Token));
    }

    private static List<string> PromptsOf(int count) => [.. Enumerable.Range(0, count).Select(i => $"job-{i}")];

    private static void Verify(KillReport report)
    {
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.Empty(report.Violations);
        // At most the submits that a killed worker had under way, and those whose response was lost.
        Assert.InRange(report.InDoubt, 0, (Parallel * report.Kills) + (report.Jobs / 4));
    }

    // A process that is frozen within a transaction keeps its locks, and all others wait for it: such a moment is not the one that is tested.
    private async Task FreezeAsync(WorkerProcess worker)
    {
        while (true)
        {
            worker.Freeze();
            await using var probe = NewStore(TimeSpan.FromMilliseconds(300));
            try
            {
                await probe.ReleaseAsync(null, Token);
                return;
            }
            catch (LedgerException)
            {
                worker.Thaw();
                await Task.Delay(7, Token);
            }
        }
    }
}
