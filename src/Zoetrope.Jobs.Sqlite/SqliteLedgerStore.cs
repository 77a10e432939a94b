using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Sqlite;

/// <summary>
/// A ledger in an SQLite file, which any number of processes of one machine may use at once. The file must be on a local disk: SQLite's locks do not hold on
/// network file systems.
/// </summary>
/// <param name="path">The path of the file; it is created if it does not exist.</param>
/// <param name="patience">How long a transaction waits for other processes; 30 seconds by default.</param>
public sealed class SqliteLedgerStore(string path, TimeSpan? patience = null) : SqlLedgerStore(new SqliteDialect(path), patience ?? TimeSpan.FromSeconds(30));
