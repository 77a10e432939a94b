using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;
using Zoetrope.Jobs;

namespace Zoetrope.LedgerBenchmark;

/// <summary>
/// What a person would write: a loop that inserts a row and the first entry of its history, with commands that are prepared once, and commits a group. The
/// short one has the columns that a queue needs, validates nothing, and takes two spellings of one input for two. The whole one fills the tables of the
/// ledger, and keeps the same promises: its inputs are valid, and recognized in every spelling.
/// </summary>
/// <param name="what">What it does.</param>
/// <param name="isWhole">Whether it is the whole one.</param>
internal abstract class LoopByHand(string what, bool isWhole) : IAsyncDisposable
{
    protected const string Short = "INSERT INTO jobs VALUES($1, $2, $3, $4, $5, $6, $7, 0, $8) ON CONFLICT DO NOTHING";
    protected const string Whole =
        "INSERT INTO jobs(id, batch, label, provider, endpoint, input, hash, unique_key, idempotency, token, ceiling, state, version, attempts, created, due, "
        + "earlier, woken, op, partition) VALUES($1, $2, NULL, $4, $5, $6, $3, $9, NULL, $7, NULL, 0, 0, 0, $8, $8, 0, 0, $10, $11) ON CONFLICT DO NOTHING";
    protected const string ShortEvent = "INSERT INTO events(job, at, kind) VALUES($1, $2, 0)";
    protected const string WholeEvent = "INSERT INTO events(job, version, at, kind) VALUES($1, 0, $2, 0)";

    public string What => what;

    public bool IsWhole => isWhole;

    protected string Insert => isWhole ? Whole : Short;

    protected string InsertEvent => isWhole ? WholeEvent : ShortEvent;

    /// <summary>The loops of a database.</summary>
    public static IReadOnlyList<LoopByHand> Of(string database) => database == "SQLite"
        ? [new OnSqlite(isWhole: false), new OnSqlite(isWhole: true)]
        : [new OnPostgres(isWhole: false, isBatch: false), new OnPostgres(isWhole: true, isBatch: false), new OnPostgres(isWhole: true, isBatch: true)];

    /// <summary>Connects, and makes the tables of a short one.</summary>
    public abstract Task OpenAsync(string name);

    /// <summary>Records a group of jobs in a transaction.</summary>
    public abstract Task RecordAsync(IReadOnlyList<JobIntent> intents);

    public abstract ValueTask DisposeAsync();

    protected static string NameOf(bool isWhole) => isWhole ? "the same rows and promises" : "a queue's columns, not validated";

    protected static string[] Tables(string key, string sequence) =>
    [
        $"CREATE TABLE jobs(id {key} PRIMARY KEY, batch {key}, hash {key} UNIQUE, provider TEXT, endpoint TEXT, input TEXT, token TEXT, state BIGINT, "
        + "due BIGINT)",
        "CREATE INDEX jobs_due ON jobs(state, due)",
        "CREATE INDEX jobs_batch ON jobs(batch, id)",
        $"CREATE TABLE events(seq {sequence}, job {key}, at BIGINT, kind BIGINT)",
        "CREATE INDEX events_job ON events(job, seq)",
    ];

    /// <summary>The values of a row; the first and the eighth are those of its entry in the history.</summary>
    protected object[] ValuesOf(JobIntent intent)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        if (!isWhole)
        {
            var hash = Convert.ToHexString(SHA256.HashData(intent.Input.Utf8));
            return [id, intent.Batch, hash, intent.Provider, intent.EndpointId, intent.Input.ToString(), RandomNumberGenerator.GetHexString(32), now];
        }
        intent.Endpoint!.Validate(intent.Input).ThrowIfInvalid();
        var same = intent.ComputeInputHash();
        return
        [
            id, intent.Batch, same, intent.Provider, intent.EndpointId, intent.Input.ToString(), RandomNumberGenerator.GetHexString(32), now,
            $"{same}:{intent.Batch}", Guid.NewGuid().ToString("N"), (long)LedgerPartitions.Of(id),
        ];
    }

    private sealed class OnSqlite(bool isWhole) : LoopByHand(NameOf(isWhole), isWhole)
    {
        private SqliteConnection _connection = null!;
        private SqliteCommand _insert = null!;
        private SqliteCommand _record = null!;

        public override Task OpenAsync(string name)
        {
            _connection = new SqliteConnection($"Data Source={name};Pooling=False");
            _connection.Open();
            Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            if (!IsWhole)
                Array.ForEach(Tables("TEXT", "INTEGER PRIMARY KEY AUTOINCREMENT"), Execute);
            _insert = Command(Insert, IsWhole ? 11 : 8);
            _record = Command(InsertEvent, 2);
            return Task.CompletedTask;
        }

        public override Task RecordAsync(IReadOnlyList<JobIntent> intents)
        {
            using var transaction = _connection.BeginTransaction();
            _insert.Transaction = _record.Transaction = transaction;
            foreach (var intent in intents)
            {
                var values = ValuesOf(intent);
                for (var i = 0; i < values.Length; i++)
                    _insert.Parameters[i].Value = values[i];
                if (_insert.ExecuteNonQuery() == 0)
                    continue;
                (_record.Parameters[0].Value, _record.Parameters[1].Value) = (values[0], values[7]);
                _record.ExecuteNonQuery();
            }
            transaction.Commit();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            _insert.Dispose();
            _record.Dispose();
            return _connection.DisposeAsync();
        }

        private SqliteCommand Command(string sql, int parameters)
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= parameters; i++)
                command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), "");
            return command;
        }

        private void Execute(string sql)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private sealed class OnPostgres(bool isWhole, bool isBatch) : LoopByHand(NameOf(isWhole) + (isBatch ? ", sent as batches" : ""), isWhole)
    {
        private NpgsqlDataSource _source = null!;
        private NpgsqlConnection _connection = null!;

        public override async Task OpenAsync(string name)
        {
            _source = NpgsqlDataSource.Create(name + ";Max Auto Prepare=16");
            _connection = await _source.OpenConnectionAsync();
            if (IsWhole)
                return;
            var schema = new NpgsqlConnectionStringBuilder(name).SearchPath;
            foreach (var sql in (string[])[$"CREATE SCHEMA {schema}", .. Tables("TEXT COLLATE \"C\"", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")])
                await ExecuteAsync(sql, []);
        }

        public override async Task RecordAsync(IReadOnlyList<JobIntent> intents)
        {
            await using var transaction = await _connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted);
            if (isBatch)
            {
                await using var jobs = _connection.CreateBatch();
                await using var events = _connection.CreateBatch();
                foreach (var intent in intents)
                {
                    var values = ValuesOf(intent);
                    Add(jobs, Insert, values);
                    Add(events, InsertEvent, [values[0], values[7]]);
                }
                // The history of jobs that were there already would have to be left out.
                if (await jobs.ExecuteNonQueryAsync() != intents.Count || await events.ExecuteNonQueryAsync() != intents.Count)
                    throw new InvalidOperationException("Not all jobs were new.");
            }
            else
            {
                foreach (var intent in intents)
                {
                    var values = ValuesOf(intent);
                    if (await ExecuteAsync(Insert, values) > 0)
                        await ExecuteAsync(InsertEvent, [values[0], values[7]]);
                }
            }
            await transaction.CommitAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await _connection.DisposeAsync();
            await _source.DisposeAsync();
        }

        private static void Add(NpgsqlBatch batch, string sql, object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(command);
        }

        private async Task<int> ExecuteAsync(string sql, object[] values)
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            return await command.ExecuteNonQueryAsync();
        }
    }
}
