using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Zoetrope.Ledger.Kills;

namespace Zoetrope.KillBenchmark.Others;

/// <summary>
/// A loop by hand with a row for each job, in which the provider's id is stored after the submit: what a crash cannot take is not submitted again. Durable
/// steps of engines come down to the same: a step that has returned is not run again, and one that has not is.
/// </summary>
/// <param name="path">The SQLite file.</param>
/// <param name="provider">The provider.</param>
/// <param name="outputs">The folder of results.</param>
internal sealed class RowQueue(string path, Uri provider, string outputs) : KilledQueue
{
    private const int AtOnce = 10;

    // One try and four retries, as Inngest has by default.
    private const int Tries = 5;

    public override bool EndsByItself => true;

    public override Task AddAsync(IReadOnlyList<string> prompts, CancellationToken ct)
    {
        using var rows = new Rows(path);
        rows.Execute("CREATE TABLE jobs(prompt TEXT PRIMARY KEY, request TEXT, tries INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, reason TEXT)");
        rows.Execute("BEGIN IMMEDIATE");
        foreach (var prompt in prompts)
            rows.Execute("INSERT INTO jobs(prompt) VALUES($0)", prompt);
        rows.Execute("COMMIT");
        return Task.CompletedTask;
    }

    public override Task<WorkerProcess> StartAsync(CancellationToken ct) =>
        WorkerProcess.StartAsync(Program.Worker("row", path, provider.AbsoluteUri, outputs), ct);

    public override Task<int> CountOpenAsync(CancellationToken ct)
    {
        using var rows = new Rows(path);
        return Task.FromResult(int.Parse(rows.Read("SELECT COUNT(*) FROM jobs WHERE done = 0 AND tries < $0", Tries)[0][0]!));
    }

    public override Task<IReadOnlyDictionary<string, JobEnd>> EndsAsync(CancellationToken ct)
    {
        using var rows = new Rows(path);
        var ends = new Dictionary<string, JobEnd>();
        foreach (var row in rows.Read("SELECT prompt, done, tries, reason FROM jobs"))
        {
            var isDone = row[1] == "1" && File.Exists(MediaLoop.PathOf(outputs, row[0]!));
            ends.Add(row[0]!, new JobEnd(isDone ? JobFate.Delivered : int.Parse(row[2]!) >= Tries ? JobFate.Failed : JobFate.Open, row[3]));
        }
        return Task.FromResult<IReadOnlyDictionary<string, JobEnd>>(ends);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Works until nothing is left.</summary>
    public static async Task WorkAsync(string path, string provider, string outputs)
    {
        using var rows = new Rows(path);
        using var loop = new MediaLoop(provider, outputs);
        Console.WriteLine("working");
        // What was submitted comes first, as it is paid for.
        var left = new ConcurrentQueue<string>(
            rows.Read("SELECT prompt FROM jobs WHERE done = 0 AND tries < $0 ORDER BY request IS NULL", Tries).Select(row => row[0]!));
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (left.TryDequeue(out var prompt))
                await RunAsync(rows, loop, prompt);
        })));
    }

    private static async Task RunAsync(Rows rows, MediaLoop loop, string prompt)
    {
        while (true)
        {
            try
            {
                var request = rows.Read("SELECT request FROM jobs WHERE prompt = $0", prompt)[0][0];
                if (request is null)
                {
                    request = await loop.SubmitAsync(prompt, CancellationToken.None);
                    rows.Execute("UPDATE jobs SET request = $1 WHERE prompt = $0", prompt, request);
                }
                await loop.DeliverAsync(prompt, request, CancellationToken.None);
                rows.Execute("UPDATE jobs SET done = 1 WHERE prompt = $0", prompt);
                return;
            }
            catch (Exception exception) when (exception is not SqliteException)
            {
                rows.Execute("UPDATE jobs SET tries = tries + 1, reason = $1 WHERE prompt = $0", prompt, exception.Message);
                if (int.Parse(rows.Read("SELECT tries FROM jobs WHERE prompt = $0", prompt)[0][0]!) >= Tries)
                    return;
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private sealed class Rows : IDisposable
    {
        private readonly SqliteConnection _connection;

        public Rows(string path)
        {
            _connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=30");
            _connection.Open();
            Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        }

        public void Execute(string sql, params object[] values) => Read(sql, values);

        public List<string?[]> Read(string sql, params object[] values)
        {
            lock (_connection)
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                for (var i = 0; i < values.Length; i++)
                    command.Parameters.AddWithValue($"${i}", values[i]);
                using var reader = command.ExecuteReader();
                var rows = new List<string?[]>();
                while (reader.Read())
                    rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
                return rows;
            }
        }

        public void Dispose() => _connection.Dispose();
    }
}
