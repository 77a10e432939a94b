using Npgsql;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Postgres;

/// <summary>
/// A ledger in a PostgreSQL database (14 or later), which any number of processes on any number of machines may use at once. Its tables are created in the
/// first schema of the search path.
/// </summary>
public sealed class PostgresLedgerStore : SqlLedgerStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource? _own;

    /// <summary>Initializes a new instance of the <see cref="PostgresLedgerStore"/> class with connections of its own.</summary>
    /// <param name="connectionString">
    /// How the database is reached, such as <c>Host=db.example.com;Database=media;Username=worker;Password=…</c>. <c>Search Path</c> names the schema, which
    /// is created if it does not exist, so that one database can have several ledgers.
    /// </param>
    /// <param name="patience">
    /// How long a transaction is tried again while the server cannot be reached or is busy; 30 seconds by default. A server that does not respond at all adds
    /// the timeouts of the connection string (<c>Timeout</c> and <c>Command Timeout</c>).
    /// </param>
    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public PostgresLedgerStore(string connectionString, TimeSpan? patience = null)
        : this(PostgresDialect.SourceOf(connectionString), patience ?? Patience)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PostgresLedgerStore"/> class with the connections of the application, which are not closed with the store.
    /// </summary>
    /// <param name="source">The connections. Their commands must have a timeout.</param>
    /// <param name="patience">How long a transaction is tried again while the server cannot be reached or is busy; 30 seconds by default.</param>
    public PostgresLedgerStore(NpgsqlDataSource source, TimeSpan? patience = null)
        : base(new PostgresDialect(source ?? throw new ArgumentNullException(nameof(source))), patience ?? Patience)
    {
    }

    private PostgresLedgerStore(NpgsqlDataSource own, TimeSpan patience)
        : base(new PostgresDialect(own), patience) => _own = own;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        if (_own is { } own)
            await own.DisposeAsync().ConfigureAwait(false);
    }
}
