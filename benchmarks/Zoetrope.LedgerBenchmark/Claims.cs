using System.Diagnostics;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.LedgerBenchmark;

/// <summary>How fast three workers, each with a connection of its own, claim 50,000 due jobs.</summary>
internal static class Claims
{
    private const int Count = 50_000;

    public static async Task MeasureAsync(string folder)
    {
        var path = Path.Combine(folder, "claims.db");
        using var fal = new FalClient(new FalClientOptions { ApiKey = "k" });
        await using var ledger = await JobLedger.OpenAsync(new SqliteLedgerStore(path), new() { Clients = [fal] });
        for (var i = 0; i < Count; i += 1000)
            await ledger.IntendAsync([.. Enumerable.Range(i, 1000).Select(Intents.Intent)]);
        var start = Stopwatch.GetTimestamp();
        var claimed = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ClaimAllAsync(path)));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var ids = claimed.SelectMany(ids => ids).ToList();
        if (ids.Count != Count || ids.Distinct().Count() != Count)
            throw new InvalidOperationException($"{ids.Count} jobs were claimed, {ids.Distinct().Count()} different ones, of {Count}.");
        Console.WriteLine($"| claims a second of 3 workers, 500 a claim, none twice | {Count / elapsed.TotalSeconds:N0} | | |");
    }

    private static async Task<List<string>> ClaimAllAsync(string path)
    {
        await using var store = new SqliteLedgerStore(path);
        var owner = Guid.NewGuid().ToString("N");
        await store.RenewAsync(owner, TimeSpan.FromMinutes(5), isNew: true);
        var request = new ClaimRequest(owner, LedgerState.Intended, 500) { Providers = ["fal"] };
        var ids = new List<string>();
        while (await store.ClaimAsync(request) is { Count: > 0 } claimed)
            ids.AddRange(claimed.Select(job => job.Id));
        return ids;
    }
}
