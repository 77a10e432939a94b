using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Sqlite;

/// <summary>
/// A ledger in an SQLite file, which any number of processes of one machine may use at once. The file must be on a local disk: SQLite's locks do not hold on
/// network file systems.
/// </summary>
public sealed class SqliteLedgerStore : SqlLedgerStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Initializes a new instance of the <see cref="SqliteLedgerStore"/> class.</summary>
    /// <param name="path">The path of the file; it is created if it does not exist.</param>
    /// <param name="patience">How long a transaction waits for other processes; 30 seconds by default.</param>
    public SqliteLedgerStore(string path, TimeSpan? patience = null)
        : base(new SqliteDialect(path, isReadOnly: false), patience ?? Patience)
    {
    }

    private SqliteLedgerStore(SqliteDialect dialect, TimeSpan patience)
        : base(dialect, patience)
    {
    }

    /// <summary>
    /// A store that only reads, whichever process works on the ledger meanwhile: the file must exist, is neither created nor migrated, and every change is
    /// refused with a <see cref="LedgerException"/>. SQLite may leave two files beside it by which readers and writers agree, <c>-wal</c>, which is empty, and
    /// <c>-shm</c>.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="patience">How long a read waits for other processes; 30 seconds by default.</param>
    public static SqliteLedgerStore ReadOnly(string path, TimeSpan? patience = null) => new(new SqliteDialect(path, isReadOnly: true), patience ?? Patience);
}
