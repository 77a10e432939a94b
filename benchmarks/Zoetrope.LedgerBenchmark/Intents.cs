using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Json;

namespace Zoetrope.LedgerBenchmark;

/// <summary>
/// How many intents are recorded a second, beside a loop over the same driver that records the same facts: a job, found by batch, hash and due time, and the
/// first entry of its history. The loop validates nothing, and takes two spellings of one input for two.
/// </summary>
internal static class Intents
{
    private const int Count = 20_000;
    private const int Together = 500;

    public static async Task MeasureAsync(string folder)
    {
        var (own, hand) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            // In turns, so that both have the machine as it is.
            own.Add(await LedgerAsync(Path.Combine(folder, $"own{round}.db")));
            hand.Add(ByHand(Path.Combine(folder, $"hand{round}.db")));
        }
        own.Sort();
        hand.Sort();
        Console.WriteLine($"| intents a second, {Together} a commit | {own[2]:N0} | {hand[2]:N0} | {own[2] / hand[2]:0.00} |");
    }

    public static JobIntent Intent(int number) => new(
        KlingVideoO3ProImageToVideo.Endpoint,
        RawJson.Parse($$"""{"image_url":"https://example.com/a.png","prompt":"A character walks forward, take {{number}}","duration":"5"}"""))
    {
        Batch = "measured",
    };

    private static async Task<double> LedgerAsync(string path)
    {
        using var fal = new FalClient(new FalClientOptions { ApiKey = "k" });
        await using var ledger = await JobLedger.OpenAsync(new SqliteLedgerStore(path), new() { Clients = [fal] });
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i += Together)
            await ledger.IntendAsync([.. Enumerable.Range(i, Together).Select(Intent)]);
        return Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double ByHand(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        Execute("""
            CREATE TABLE jobs(
              id TEXT PRIMARY KEY, batch TEXT, hash TEXT UNIQUE, provider TEXT, endpoint TEXT, input TEXT, token TEXT, state INTEGER, due INTEGER)
            """);
        Execute("CREATE INDEX jobs_due ON jobs(state, due)");
        Execute("CREATE INDEX jobs_batch ON jobs(batch, id)");
        Execute("CREATE TABLE events(seq INTEGER PRIMARY KEY AUTOINCREMENT, job TEXT, at INTEGER, kind INTEGER)");
        Execute("CREATE INDEX events_job ON events(job, seq)");
        var start = Stopwatch.GetTimestamp();
        using var insert = Command("INSERT INTO jobs VALUES($0, 'measured', $1, 'fal', $2, $3, $4, 0, $5) ON CONFLICT DO NOTHING", 6);
        using var record = Command("INSERT INTO events(job, at, kind) VALUES($0, $1, 0)", 2);
        for (var i = 0; i < Count; i += Together)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = record.Transaction = transaction;
            for (var j = i; j < i + Together; j++)
            {
                var input = Intent(j).Input;
                var id = Guid.CreateVersion7().ToString("N");
                insert.Parameters[0].Value = id;
                insert.Parameters[1].Value = Convert.ToHexString(SHA256.HashData(input.Utf8));
                insert.Parameters[2].Value = KlingVideoO3ProImageToVideo.Endpoint.Id;
                insert.Parameters[3].Value = input.ToString();
                insert.Parameters[4].Value = RandomNumberGenerator.GetHexString(32);
                insert.Parameters[5].Value = Environment.TickCount64;
                insert.ExecuteNonQuery();
                record.Parameters[0].Value = id;
                record.Parameters[1].Value = Environment.TickCount64;
                record.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        return Count / Stopwatch.GetElapsedTime(start).TotalSeconds;

        SqliteCommand Command(string sql, int parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < parameters; i++)
                command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), "");
            return command;
        }

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
