using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>A ledger in SQLite whose store notes the statements that it runs.</summary>
internal sealed class TracedSqlite : SqlLedgerStore
{
    private readonly string _source;
    private readonly Dialect _dialect;

    /// <summary>Initializes a new instance of the <see cref="TracedSqlite"/> class.</summary>
    /// <param name="path">The file, which exists.</param>
    public TracedSqlite(string path)
        : this(new Dialect($"Data Source={path};Pooling=false")) => _source = $"Data Source={path};Pooling=false";

    private TracedSqlite(Dialect dialect)
        : base(dialect, TimeSpan.FromSeconds(10)) => (_dialect, _source) = (dialect, "");

    /// <summary>The statements that an action runs, with their values.</summary>
    public async Task<IReadOnlyList<string>> StatementsAsync(Func<Task> runAsync)
    {
        _dialect.Statements.Clear();
        await runAsync();
        return [.. _dialect.Statements];
    }

    /// <summary>How SQLite finds the rows of what an action reads: a line for each table or index that it goes through.</summary>
    public async Task<IReadOnlyList<string>> PlanAsync(Func<Task> readAsync)
    {
        var statements = await StatementsAsync(readAsync);
        await using var connection = new SqliteConnection(_source);
        await connection.OpenAsync();
        var lines = new List<string>();
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + statement;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                lines.Add(reader.GetString(3));
        }
        return lines;
    }

    private sealed class Dialect(string source) : SqlDialect
    {
        public ConcurrentQueue<string> Statements { get; } = [];

        public override string Now => "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

        public override string Key => "TEXT";

        public override string Sequence => "INTEGER PRIMARY KEY AUTOINCREMENT";

        public override string Begin => "BEGIN IMMEDIATE";

        public override string Lock => "";

        public override string LockFree => "";

        public override string HasTable => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1";

        public override bool KeepsCommands => false;

        public override bool Blocks => false;

        public override string LockTable(string table) => "";

        public override string NameOf(int position) => FormattableString.Invariant($"${position}");

        public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
        {
            var connection = new SqliteConnection(source);
            await connection.OpenAsync(cancellationToken);
            raw.sqlite3_trace(connection.Handle!, (_, statement) => Statements.Enqueue(statement), null);
            return connection;
        }

        public override async Task<int[]> ExecuteManyAsync(DbConnection connection, string sql, IReadOnlyList<object?[]> rows)
        {
            var changed = new int[rows.Count];
            for (var i = 0; i < changed.Length; i++)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                for (var column = 0; column < rows[i].Length; column++)
                {
                    var parameter = command.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = (NameOf(column + 1), rows[i][column] ?? DBNull.Value);
                    command.Parameters.Add(parameter);
                }
                changed[i] = await command.ExecuteNonQueryAsync();
            }
            return changed;
        }

        public override bool IsTransient(Exception exception) => false;
    }
}
