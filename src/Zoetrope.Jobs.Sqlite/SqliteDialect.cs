using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Sqlite;

/// <summary>SQLite's dialect.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private const int Busy = 5;
    private const int Locked = 6;

    private readonly string _path;
    private readonly string _connection;

    public SqliteDialect(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        // A pooled connection would keep the file open after the store is disposed. Waiting for other processes is the store's own.
        _connection = new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 1 }.ToString();
    }

    public override string Now => "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    public override string Key => "TEXT";

    public override string Sequence => "INTEGER PRIMARY KEY AUTOINCREMENT";

    // A deferred transaction that has read cannot always begin to write.
    public override string Begin => "BEGIN IMMEDIATE";

    public override string Lock => "";

    public override string LockFree => "";

    public override string HasTable => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1";

    public override bool KeepsCommands => true;

    public override bool Blocks => true;

    public override string LockTable(string table) => "";

    public override string NameOf(int position) => "$" + position.ToString(CultureInfo.InvariantCulture);

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            using var command = connection.CreateCommand();
            // A commit must survive a loss of power: what it says was sent is sent next. The keys of a batch of 50,000 fit into the cache (8 MB).
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000";
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (exception is SqliteException && !IsTransient(exception))
                throw new LedgerException($"The ledger '{_path}' cannot be opened: {exception.Message} Is its folder there, and can it be written?", exception);
            throw;
        }
    }

    public override Task<int[]> ExecuteManyAsync(DbConnection connection, string sql, IReadOnlyList<object?[]> rows)
    {
        using var statement = new SqliteManyRows((SqliteConnection)connection, sql);
        var changed = new int[rows.Count];
        for (var i = 0; i < changed.Length; i++)
            changed[i] = statement.Execute(rows[i]);
        return Task.FromResult(changed);
    }

    public override bool IsTransient(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };
}
