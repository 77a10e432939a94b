using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>A ledger in SQLite that is only read, by a store that notes the statements which it runs.</summary>
internal sealed class TracedSqlite(string path) : SqlLedgerStore(new Dialect(path), TimeSpan.FromSeconds(10))
{
    /// <summary>How SQLite finds the rows of what an action reads: a line for each table or index that it goes through.</summary>
    public async Task<IReadOnlyList<string>> PlanAsync(Func<SqlLedgerStore, Task> read)
    {
        Dialect.Statements.Value = [];
        await read(this);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        await connection.OpenAsync();
        var lines = new List<string>();
        foreach (var statement in Dialect.Statements.Value)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + statement;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                lines.Add(reader.GetString(3));
        }
        return lines;
    }

    private sealed class Dialect(string path) : SqlDialect
    {
        public static AsyncLocal<List<string>> Statements { get; } = new();

        public override string Now => "0";

        public override string Key => "TEXT";

        public override string Sequence => "INTEGER PRIMARY KEY AUTOINCREMENT";

        public override string Begin => "BEGIN";

        public override string Lock => "";

        public override string LockFree => "";

        public override string HasTable => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1";

        public override bool KeepsCommands => false;

        public override bool Blocks => false;

        public override bool IsReadOnly => true;

        public override string LockTable(string table) => "";

        public override string NameOf(int position) => FormattableString.Invariant($"${position}");

        public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
        {
            var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=false");
            await connection.OpenAsync(cancellationToken);
            var statements = Statements.Value!;
            raw.sqlite3_trace(connection.Handle!, (_, statement) => statements.Add(statement), null);
            return connection;
        }

        public override Task<int[]> ExecuteManyAsync(DbConnection connection, string sql, IReadOnlyList<object?[]> rows) => throw new NotSupportedException();

        public override bool IsTransient(Exception exception) => false;
    }
}
