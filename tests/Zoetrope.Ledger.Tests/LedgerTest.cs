using Zoetrope.Clients;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Storage;
using Zoetrope.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>A ledger on a file, and the simulator as the provider.</summary>
public abstract class LedgerTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected MediaSimulator Simulator { get; private set; } = null!;

    protected FalClient Fal { get; private set; } = null!;

    protected string Folder => _folder.Path;

    public virtual async ValueTask InitializeAsync()
    {
        Simulator = await MediaSimulator.StartAsync(
            new()
            {
                JobDuration = TimeSpan.FromMilliseconds(50), QueueTime = TimeSpan.Zero, WebhookRetryDelay = TimeSpan.FromMilliseconds(50),
                MaxRecordedRequests = 1_000_000,
            },
            Token);
        Fal = new FalClient(new FalClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "test-key", SubmitTimeout = TimeSpan.FromSeconds(5) });
    }

    public async ValueTask DisposeAsync()
    {
        Fal.Dispose();
        await Simulator.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An input that is valid, and differs by its prompt.</summary>
    protected static RawJson Input(string prompt) =>
        RawJson.Parse($$"""{"image_url":"https://example.com/a.png","prompt":"{{prompt}}"}""");

    protected static JobIntent Intent(string prompt, string batch = "", string? label = null, decimal? ceiling = null) =>
        new(KlingVideoO3ProImageToVideo.Endpoint, Input(prompt)) { Batch = batch, Label = label, Ceiling = ceiling };

    protected LedgerStore NewStore() => new SqliteLedgerStore(Path.Combine(Folder, "jobs.db"), TimeSpan.FromSeconds(10));

    protected Task<JobLedger> OpenAsync(LedgerOptions? options = null) => JobLedger.OpenAsync(NewStore(), options ?? Options(), Token);

    protected LedgerOptions Options(IOutputStore? outputs = null, TimeSpan? lease = null, string? batch = null, params MediaClient[] clients) => new()
    {
        Clients = clients.Length > 0 ? clients : [Fal],
        Outputs = outputs,
        Batch = batch,
        PollInterval = TimeSpan.FromMilliseconds(20),
        ListLookup = TimeSpan.FromSeconds(2),
        Lease = lease ?? TimeSpan.FromSeconds(10),
    };

    protected static async Task<List<LedgerEventKind>> HistoryAsync(JobLedger ledger, string id)
    {
        var kinds = new List<LedgerEventKind>();
        await foreach (var entry in ledger.EventsAsync(id, cancellationToken: Token))
            kinds.Add(entry.Kind);
        return kinds;
    }

    protected static async Task<List<LedgerJob>> AllAsync(JobLedger ledger, LedgerQuery? query = null)
    {
        var jobs = new List<LedgerJob>();
        await foreach (var job in ledger.ListAsync(query ?? new(), Token))
            jobs.Add(job);
        return jobs;
    }
}
