using System.Diagnostics;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.LedgerBenchmark;

/// <summary>How fast three workers, each with a connection of its own, claim 50,000 due jobs.</summary>
internal static class Claims
{
    private const int Count = 50_000;
    private const int Rounds = 3;

    public static async Task MeasureAsync(Database database)
    {
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
            rates.Add(await RoundAsync(database));
        Console.WriteLine($"| {database.Name}: claims a second of 3 workers, 500 a claim, none twice | {rates.Order().ElementAt(Rounds / 2):N0} | | |");
    }

    private static async Task<double> RoundAsync(Database database)
    {
        var name = database.NewLedger();
        using var fal = new FalClient(new FalClientOptions { ApiKey = "k" });
        await using var ledger = await JobLedger.OpenAsync(database.Open(name), new() { Clients = [fal] });
        await ledger.IntendAsync([.. Enumerable.Range(0, Count).Select(Intents.Intent)]);
        var start = Stopwatch.GetTimestamp();
        var claimed = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => ClaimAllAsync(database.Open(name)))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var ids = claimed.SelectMany(ids => ids).ToList();
        if (ids.Count != Count || ids.Distinct().Count() != Count)
            throw new InvalidOperationException($"{ids.Count} jobs were claimed, {ids.Distinct().Count()} different ones, of {Count}.");
        return Count / elapsed.TotalSeconds;
    }

    private static async Task<List<string>> ClaimAllAsync(LedgerStore store)
    {
        await using var end = store;
        var owner = Guid.NewGuid().ToString("N");
        await store.RenewAsync(owner, TimeSpan.FromMinutes(5), isNew: true);
        var request = new ClaimRequest(owner, LedgerState.Intended, 500) { Providers = ["fal"] };
        var ids = new List<string>();
        while (await store.ClaimAsync(request) is { Count: > 0 } claimed)
            ids.AddRange(claimed.Select(job => job.Id));
        return ids;
    }
}
