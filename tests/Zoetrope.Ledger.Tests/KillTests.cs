using System.Text.Json;
using Zoetrope.Jobs;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>
/// Workers are killed at random moments. Afterwards no job is lost, none was sent twice, and each that may have been accepted without a receipt is in doubt.
/// ZOETROPE_KILLS sets the number of kills.
/// </summary>
public abstract class KillTests : LedgerTest
{
    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(600);

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("ZOETROPE_KILLS"), out var kills) ? kills : 20;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // Slow enough that many kills hit a submit on its way.
        Simulator.AddFault(new()
        {
            Kind = FaultKind.Delay, Operation = SimulatorOperation.Submit, Times = int.MaxValue, Delay = TimeSpan.FromMilliseconds(60), CarryOut = true,
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_job_is_lost_and_none_is_sent_twice(int workers)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        var jobs = Kills * 12;
        await using var ledger = await OpenAsync(Options(lease: Lease));
        for (var i = 0; i < jobs; i += 200)
            await ledger.IntendAsync([.. Enumerable.Range(i, Math.Min(200, jobs - i)).Select(i => Intent($"job-{i}", "kills", ceiling: 0.5m))], Token);
        var random = new Random(Seeded.Seed);
        var outputs = Path.Combine(Folder, "out");
        var running = new WorkerProcess[workers];
        for (var i = 0; i < workers; i++)
            running[i] = await WorkerProcess.StartAsync(StoreText, Simulator.BaseUrl, outputs, Lease, Token);

        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(1, 900 / workers), Token);
            running[kill % workers].Kill();
            running[kill % workers].Dispose();
            running[kill % workers] = await WorkerProcess.StartAsync(StoreText, Simulator.BaseUrl, outputs, Lease, Token);
        }
        foreach (var worker in running)
        {
            await worker.EndAsync(Token);
            worker.Dispose();
        }

        await VerifyAsync(ledger, jobs, outputs);
    }

    [Fact]
    public async Task A_frozen_worker_that_goes_on_later_changes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        const int Jobs = 60;
        await using var ledger = await OpenAsync(Options(lease: Lease));
        await ledger.IntendAsync([.. Enumerable.Range(0, Jobs).Select(i => Intent($"job-{i}", "frozen", ceiling: 0.5m))], Token);
        var outputs = Path.Combine(Folder, "out");
        using var frozen = await WorkerProcess.StartAsync(StoreText, Simulator.BaseUrl, outputs, Lease, Token);
        for (var round = 0; round < 3 && !frozen.HasEnded; round++)
        {
            await Task.Delay(150, Token);
            await FreezeAsync(frozen);
            using var other = await WorkerProcess.StartAsync(StoreText, Simulator.BaseUrl, outputs, Lease, Token);
            await Task.Delay(Lease * 2, Token);
            frozen.Thaw();
            await Task.Delay(150, Token);
            other.Kill();
        }
        using var last = await WorkerProcess.StartAsync(StoreText, Simulator.BaseUrl, outputs, Lease, Token);
        await last.EndAsync(Token);
        await frozen.EndAsync(Token);

        await VerifyAsync(ledger, Jobs, outputs);
    }

    [Fact]
    public async Task Another_worker_takes_over_what_a_killed_one_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        await using var ledger = await OpenAsync();
        var outputs = Path.Combine(Folder, "out");
        await ledger.IntendAsync([.. Enumerable.Range(0, 10).Select(i => Intent($"job-{i}"))], Token);
        var lease = TimeSpan.FromSeconds(10);
        var killed = await WorkerProcess.StartAsync(StoreText, Simulator.BaseUrl, outputs, lease, Token);
        while (Simulator.Submits < 3)
            await Task.Delay(5, Token);
        killed.Kill();
        killed.Dispose();
        var start = TimeProvider.System.GetTimestamp();

        using var next = await WorkerProcess.StartAsync(StoreText, Simulator.BaseUrl, outputs, lease, Token);
        await next.EndAsync(Token);

        // The default lease is what the promise of 15 seconds comes from; the rest is the machine's.
        TestContext.Current.SendDiagnosticMessage($"Taken over and finished after {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s.");
        await VerifyAsync(ledger, 10, outputs);
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

    private async Task VerifyAsync(JobLedger ledger, int count, string outputs)
    {
        var sent = Simulator.Requests.Where(request => request.Operation == SimulatorOperation.Submit).Select(request => PromptOf(request.Body))
            .GroupBy(prompt => prompt).ToDictionary(group => group.Key, group => group.Count());
        Assert.DoesNotContain(sent, entry => entry.Value > 1);
        var jobs = await AllAsync(ledger);
        Assert.Equal(count, jobs.Count);
        foreach (var job in jobs)
        {
            var prompt = PromptOf(job.Input.ToString());
            Assert.True(job.State is LedgerState.Delivered or LedgerState.InDoubt, $"{prompt} has the state {job.State}: {job.Reason}");
            Assert.Null(job.Owner);
            if (job.State == LedgerState.Delivered)
                Assert.True(sent.ContainsKey(prompt) && job.Outputs.All(File.Exists) && job.Outputs.Count == 1);
            else
                Assert.NotEmpty(job.Reason!);
        }
        var summary = await ledger.SummarizeAsync(jobs[0].Batch, Token);
        TestContext.Current.SendDiagnosticMessage(
            $"{count} jobs: {summary[LedgerState.Delivered]} delivered, {summary[LedgerState.InDoubt]} in doubt, {Simulator.Submits} submits received.");
        Assert.Equal((jobs.Sum(job => job.Spent), jobs.Sum(job => job.Reserved)), (summary.Spent, summary.Reserved));
    }

    private static string PromptOf(string input)
    {
        using var document = JsonDocument.Parse(input);
        return document.RootElement.GetProperty("prompt").GetString()!;
    }
}
