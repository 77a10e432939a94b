using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Zoetrope.Clients;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Jobs.Postgres;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Storage;
using Zoetrope.Json;
using Zoetrope.Ledger.Tests.Databases;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>A ledger on a database of the test's own, and the simulator as the provider.</summary>
public abstract class LedgerTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string? _postgres;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected MediaSimulator Simulator { get; private set; } = null!;

    protected FalClient Fal { get; private set; } = null!;

    protected string Folder => _folder.Path;

    public virtual async ValueTask InitializeAsync()
    {
        if (this is IOnPostgres)
            _postgres = (await SharedPostgres.GetAsync()).NewLedger();
        Simulator = await MediaSimulator.StartAsync(
            new()
            {
                JobDuration = TimeSpan.FromMilliseconds(50), QueueTime = TimeSpan.Zero, WebhookRetryDelay = TimeSpan.FromMilliseconds(50),
                MaxRecordedRequests = 1_000_000,
            },
            Token);
        Fal = new FalClient(new FalClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "test-key", SubmitTimeout = TimeSpan.FromMinutes(1) });
    }

    public async ValueTask DisposeAsync()
    {
        // A test that is skipped has neither.
        Fal?.Dispose();
        if (Simulator is { } simulator)
            await simulator.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An input that is valid, and differs by its prompt.</summary>
    protected static RawJson Input(string prompt) =>
        RawJson.Parse($$"""{"image_url":"https://example.com/a.png","prompt":"{{prompt}}"}""");

    protected static JobIntent Intent(string prompt, string batch = "", string? label = null, decimal? ceiling = null) =>
        new(KlingVideoO3ProImageToVideo.Endpoint, Input(prompt)) { Batch = batch, Label = label, Ceiling = ceiling };

    private string File => Path.Combine(Folder, "jobs.db");

    /// <summary>The store as a worker in a process of its own is given it.</summary>
    protected string StoreText => _postgres is { } connection ? "postgres:" + connection : "sqlite:" + File;

    protected LedgerStore NewStore() => NewStore(TimeSpan.FromSeconds(10));

    protected LedgerStore NewStore(TimeSpan patience) =>
        _postgres is { } connection ? new PostgresLedgerStore(connection, patience) : new SqliteLedgerStore(File, patience);

    /// <summary>The store of another ledger of the test.</summary>
    protected LedgerStore NewStore(string name) => _postgres is { } connection
        ? new PostgresLedgerStore(connection + "_" + name.Replace('.', '_'))
        : new SqliteLedgerStore(Path.Combine(Folder, name));

    /// <summary>Runs a statement on the database, beside the ledger.</summary>
    protected Task ExecuteAsync(string sql) => RunAsync(sql, command => command.ExecuteNonQueryAsync(Token));

    /// <summary>Reads a number from the database, beside the ledger.</summary>
    protected async Task<long> NumberAsync(string sql) => (long)(await RunAsync(sql, command => command.ExecuteScalarAsync(Token)))!;

    private async Task<T> RunAsync<T>(string sql, Func<DbCommand, Task<T>> runAsync)
    {
        await using DbConnection connection = _postgres is { } text ? new NpgsqlConnection(text) : new SqliteConnection($"Data Source={File};Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await runAsync(command);
    }

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
