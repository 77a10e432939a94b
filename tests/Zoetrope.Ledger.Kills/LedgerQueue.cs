using System.Globalization;
using System.Text.Json;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Postgres;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Storage;
using Zoetrope.Json;
using Zoetrope.Webhooks;

namespace Zoetrope.Ledger.Kills;

/// <summary>A ledger, and workers of it in processes of their own.</summary>
public sealed class LedgerQueue : KilledQueue
{
    private const decimal Ceiling = 0.5m;

    private readonly FalClient _fal;
    private readonly Func<IReadOnlyList<string>> _worker;

    private LedgerQueue(FalClient fal, JobLedger ledger, Func<IReadOnlyList<string>> worker, bool endsByItself) =>
        (_fal, Ledger, _worker, EndsByItself) = (fal, ledger, worker, endsByItself);

    /// <summary>The ledger.</summary>
    public JobLedger Ledger { get; }

    /// <inheritdoc/>
    public override bool EndsByItself { get; }

    /// <summary>Opens a ledger whose workers are those of the tests.</summary>
    /// <param name="store">The store, as <c>sqlite:PATH</c> or <c>postgres:CONNECTION-STRING</c>.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="outputs">The folder of results.</param>
    /// <param name="lease">The lease of a worker.</param>
    /// <param name="parallel">The number of submits that a worker has under way at once.</param>
    /// <param name="ct">A token to cancel.</param>
    public static Task<LedgerQueue> OpenAsync(
        string store, HarshProvider provider, string outputs, TimeSpan lease, int parallel, CancellationToken ct) =>
        OpenAsync(store, provider, () => WorkerOf(store, provider.BaseUrl, outputs, lease, parallel, provider.WebhookUrl), endsByItself: true, ct);

    /// <summary>The command that starts the worker of the tests.</summary>
    /// <param name="store">The store, as <c>sqlite:PATH</c> or <c>postgres:CONNECTION-STRING</c>.</param>
    /// <param name="provider">Where fal is played.</param>
    /// <param name="outputs">The folder of results.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="parallel">The number of submits that it has under way at once.</param>
    /// <param name="webhooks">Where webhooks are received; null for nowhere.</param>
    public static IReadOnlyList<string> WorkerOf(string store, Uri provider, string outputs, TimeSpan lease, int parallel, Uri? webhooks = null) =>
    [
        "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Zoetrope.Ledger.Worker.dll"), store, provider.AbsoluteUri, outputs,
        lease.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), parallel.ToString(CultureInfo.InvariantCulture),
        .. webhooks is null ? [] : new[] { webhooks.AbsoluteUri },
    ];

    /// <summary>Opens a ledger.</summary>
    /// <param name="store">The store, as <c>sqlite:PATH</c> or <c>postgres:CONNECTION-STRING</c>.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="worker">Makes the command that starts a worker.</param>
    /// <param name="endsByItself">Whether a worker ends when nothing is left.</param>
    /// <param name="ct">A token to cancel.</param>
    public static async Task<LedgerQueue> OpenAsync(
        string store, HarshProvider provider, Func<IReadOnlyList<string>> worker, bool endsByItself, CancellationToken ct)
    {
        var fal = new FalClient(new FalClientOptions { BaseUrl = provider.BaseUrl, ApiKey = "test-key" });
        // A webhook waits for the store for as long as its provider may wait for the response.
        var patience = TimeSpan.FromSeconds(10);
        LedgerStore own = store.Split(':', 2) switch
        {
            ["sqlite", var path] => new SqliteLedgerStore(path, patience),
            ["postgres", var connection] => new PostgresLedgerStore(connection, patience),
            _ => throw new ArgumentException($"'{store}' is not a store.", nameof(store)),
        };
        var queue = new LedgerQueue(fal, await JobLedger.OpenAsync(own, new() { Clients = [fal] }, ct), worker, endsByItself);
        provider.PostTo(queue);
        return queue;
    }

    /// <inheritdoc/>
    public override async Task AddAsync(IReadOnlyList<string> prompts, CancellationToken ct)
    {
        foreach (var page in prompts.Chunk(500))
        {
            await Ledger.IntendAsync(
                [.. page.Select(prompt => new JobIntent(
                    KlingVideoO3ProImageToVideo.Endpoint, RawJson.Parse($$"""{"image_url":"https://example.com/a.png","prompt":"{{prompt}}"}"""))
                {
                    Batch = "kills", Label = prompt, Ceiling = Ceiling,
                })],
                ct);
        }
    }

    /// <inheritdoc/>
    public override Task<WorkerProcess> StartAsync(CancellationToken ct) => WorkerProcess.StartAsync(_worker(), ct);

    /// <inheritdoc/>
    public override async Task<int> CountOpenAsync(CancellationToken ct)
    {
        var summary = await Ledger.SummarizeAsync(cancellationToken: ct);
        return (int)new[] { LedgerState.Intended, LedgerState.Sent, LedgerState.Accepted, LedgerState.Ended }.Sum(state => summary[state]);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyDictionary<string, JobEnd>> EndsAsync(CancellationToken ct)
    {
        var ends = new Dictionary<string, JobEnd>();
        await foreach (var job in Ledger.ListAsync(new(), ct))
        {
            var fate = job.State switch
            {
                LedgerState.Delivered when job.Outputs.Count == 1 && File.Exists(job.Outputs[0]) => JobFate.Delivered,
                LedgerState.InDoubt when !string.IsNullOrEmpty(job.Reason) => JobFate.InDoubt,
                LedgerState.Failed or LedgerState.Canceled => JobFate.Failed,
                _ => JobFate.Open,
            };
            ends.Add(PromptOf(job), new JobEnd(fate, $"{job.State}: {job.Reason}"));
        }
        return ends;
    }

    /// <inheritdoc/>
    public override async Task ReceiveAsync(IReadOnlyDictionary<string, string> query, WebhookDelivery delivery, CancellationToken ct)
    {
        if (await Ledger.ReceiveAsync(query[JobLedger.TokenParameter], delivery, ct) is null)
            throw new InvalidOperationException($"The ledger does not know the job of the webhook {delivery.JobId}.");
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken ct)
    {
        var faults = new List<string>();
        var (spent, reserved) = (0m, 0m);
        await foreach (var job in Ledger.ListAsync(new(), ct))
        {
            if (job.Owner is not null)
                faults.Add($"The job {PromptOf(job)} still has the owner {job.Owner}.");
            spent += job.Spent;
            reserved += job.Reserved;
        }
        var summary = await Ledger.SummarizeAsync("kills", ct);
        if ((summary.Spent, summary.Reserved) != (spent, reserved))
            faults.Add($"The sums of the ledger are {summary.Spent} and {summary.Reserved}, those of its jobs {spent} and {reserved}.");
        return faults;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _fal.Dispose();
    }

    private static string PromptOf(LedgerJob job)
    {
        using var input = JsonDocument.Parse(job.Input.ToString());
        return input.RootElement.GetProperty("prompt").GetString()!;
    }
}
