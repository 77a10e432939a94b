using System.Diagnostics;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.LedgerBenchmark;

/// <summary>
/// How many intents are recorded a second, beside loops over the same driver, with as many rows a commit: see <see cref="LoopByHand"/>. All take turns, so
/// that each has the machine as it is; the first round warms up.
/// </summary>
internal static class Intents
{
    private const int Count = 10_000;
    private const int Together = 500;
    private const int Rounds = 5;

    public static async Task MeasureAsync(Database database)
    {
        var hands = LoopByHand.Of(database.Name);
        var (own, byHand) = (new List<double>(), hands.Select(_ => new List<double>()).ToList());
        for (var round = 0; round <= Rounds; round++)
        {
            own.Add(await LedgerAsync(database));
            for (var i = 0; i < hands.Count; i++)
                byHand[i].Add(await LoopAsync(database, hands[i]));
        }
        for (var i = 0; i < hands.Count; i++)
        {
            var (ledger, hand) = (Median(own), Median(byHand[i]));
            var what = $"{database.Name}: intents a second, {Together} a commit; by hand: {hands[i].What}";
            Console.WriteLine($"| {what} | {ledger:N0} | {hand:N0} | {ledger / hand:0.00} |");
        }
    }

    public static JobIntent Intent(int number) => new(
        KlingVideoO3ProImageToVideo.Endpoint,
        RawJson.Parse($$"""{"image_url":"https://example.com/a.png","prompt":"A character walks forward, take {{number}}","duration":"5"}"""))
    {
        Batch = "measured",
    };

    private static double Median(List<double> rounds) => rounds.Skip(1).Order().ElementAt(Rounds / 2);

    private static async Task<double> LedgerAsync(Database database)
    {
        using var fal = new FalClient(new FalClientOptions { ApiKey = "k" });
        await using var ledger = await JobLedger.OpenAsync(database.Open(database.NewLedger()), new() { Clients = [fal] });
        return await RateAsync(intents => ledger.IntendAsync(intents));
    }

    private static async Task<double> LoopAsync(Database database, LoopByHand loop)
    {
        var name = database.NewLedger();
        if (loop.IsWhole)
        {
            await using var store = database.Open(name);
            await store.OpenAsync();
        }
        await using var end = loop;
        await loop.OpenAsync(name);
        return await RateAsync(loop.RecordAsync);
    }

    private static async Task<double> RateAsync(Func<IReadOnlyList<JobIntent>, Task> record)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i += Together)
            await record([.. Enumerable.Range(i, Together).Select(Intent)]);
        return Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
