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
    private const int CannotOpen = 14;

    // A commit must survive a loss of power: what it says was sent is sent next. The keys of a batch of 50,000 fit into the cache (8 MB).
    private const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000";

    private readonly string _path;
    private readonly bool _isReadOnly;

    public SqliteDialect(string path, bool isReadOnly)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _isReadOnly = isReadOnly;
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

    public override bool IsReadOnly => _isReadOnly;

    public override string LockTable(string table) => "";

    public override string NameOf(int position) => "$" + position.ToString(CultureInfo.InvariantCulture);

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_isReadOnly)
                return await OpenAsync(_path, SqliteOpenMode.ReadWriteCreate, Settings, cancellationToken).ConfigureAwait(false);
            try
            {
                return await OpenAsync(_path, SqliteOpenMode.ReadOnly, "PRAGMA schema_version", cancellationToken).ConfigureAwait(false);
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == CannotOpen && File.Exists(_path) && !File.Exists(_path + "-wal"))
            {
                // Nobody has it open, and SQLite may not write beside it what readers and writers agree with, as on a disk that is read-only.
                var source = new Uri(_path).AbsoluteUri + "?immutable=1";
                return await OpenAsync(source, SqliteOpenMode.ReadOnly, "PRAGMA schema_version", cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SqliteException exception) when (!IsTransient(exception))
        {
            var question = _isReadOnly ? "Is it there, and can it be read?" : "Is its folder there, and can it be written?";
            throw new LedgerException($"The ledger '{_path}' cannot be opened: {exception.Message} {question}", exception);
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

    private static async Task<DbConnection> OpenAsync(string source, SqliteOpenMode mode, string begin, CancellationToken cancellationToken)
    {
        // A pooled connection would keep the file open after the store is disposed. Waiting for other processes is the store's own.
        var options = new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = 1 };
        var connection = new SqliteConnection(options.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            using var command = connection.CreateCommand();
            command.CommandText = begin;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
