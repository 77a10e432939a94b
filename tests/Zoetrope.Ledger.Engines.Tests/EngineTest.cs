using System.Text.Json;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>A ledger on a file, and the simulator as the provider, which takes long enough for a submit that something can happen meanwhile.</summary>
public abstract class EngineTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected MediaSimulator Simulator { get; private set; } = null!;

    protected FalClient Fal { get; private set; } = null!;

    protected JobLedger Ledger { get; private set; } = null!;

    protected string Database => Path.Combine(_folder.Path, "jobs.db");

    protected LedgerOptions Options => new() { Clients = [Fal], PollInterval = TimeSpan.FromMilliseconds(30), Lease = TimeSpan.FromSeconds(2), Parallel = 2 };

    public async ValueTask InitializeAsync()
    {
        Simulator = await MediaSimulator.StartAsync(
            new() { JobDuration = TimeSpan.FromMilliseconds(300), QueueTime = TimeSpan.Zero, MaxRecordedRequests = 1_000_000 }, Token);
        Simulator.AddFault(new()
        {
            Kind = FaultKind.Delay, Operation = SimulatorOperation.Submit, Times = int.MaxValue, Delay = TimeSpan.FromMilliseconds(60), CarryOut = true,
        });
        Fal = new FalClient(new FalClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "test-key", SubmitTimeout = TimeSpan.FromMinutes(1) });
        Ledger = await JobLedger.OpenAsync(new SqliteLedgerStore(Database), Options, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Fal.Dispose();
        await Simulator.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static JobIntent Intent(string prompt) => new(
        KlingVideoO3ProImageToVideo.Endpoint, RawJson.Parse($$"""{"image_url":"https://example.com/a.png","prompt":"{{prompt}}"}"""));

    protected async Task IntendAsync(int count, string prefix = "p") =>
        await Ledger.IntendAsync([.. Enumerable.Range(0, count).Select(i => Intent($"{prefix}{i}"))], Token);

    protected static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> what)
    {
        // Far longer than it takes, so that only what never happens fails.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"It did not happen: {what()}.");
            await Task.Delay(50, Token);
        }
    }

    /// <summary>Waits until nothing is left that happens by itself.</summary>
    protected async Task SettledAsync(int count)
    {
        var left = new List<string>();
        await UntilAsync(
            async () =>
            {
                left.Clear();
                var all = 0;
                await foreach (var job in Ledger.ListAsync(new(), Token))
                {
                    all++;
                    if (!job.IsFinished && job.State != LedgerState.InDoubt)
                        left.Add($"{job.State} in partition {LedgerPartitions.Of(job.Id)}, of {job.Owner ?? "none"}");
                }
                return all == count && left.Count == 0;
            },
            () => $"{count} jobs are finished or in doubt, {string.Join("; ", left)}");
    }

    /// <summary>No job is lost, none was submitted twice, and only those are in doubt that may have been on their way.</summary>
    /// <returns>The number of jobs in doubt.</returns>
    protected async Task<int> VerifyAsync(int count)
    {
        var submits = Simulator.Requests.Where(request => request.Operation == SimulatorOperation.Submit)
            .CountBy(request => PromptOf(request.Body)).ToDictionary();
        Assert.DoesNotContain(submits, submit => submit.Value > 1);
        var doubts = 0;
        var all = 0;
        await foreach (var job in Ledger.ListAsync(new(), Token))
        {
            all++;
            Assert.True(job.State is LedgerState.Delivered or LedgerState.InDoubt, $"{job.Id} has the state {job.State}: {job.Reason}");
            if (job.State == LedgerState.InDoubt)
                doubts++;
            else
                Assert.True(submits.ContainsKey(PromptOf(job.Input.ToString())));
        }
        Assert.Equal(count, all);
        return doubts;
    }

    private static string PromptOf(string input)
    {
        using var document = JsonDocument.Parse(input);
        return document.RootElement.GetProperty("prompt").GetString()!;
    }
}
