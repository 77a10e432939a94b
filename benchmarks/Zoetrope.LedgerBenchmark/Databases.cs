using Zoetrope.Jobs.Postgres;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Storage;
using Zoetrope.Ledger.Kills;

namespace Zoetrope.LedgerBenchmark;

/// <summary>A database in which new ledgers are made, as durable as it is by default.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NewLedger">Makes the path or the connection string of a new ledger.</param>
/// <param name="Open">Opens a store.</param>
internal sealed record Database(string Name, Func<string> NewLedger, Func<string, LedgerStore> Open)
{
    /// <summary>SQLite, with files in a folder.</summary>
    public static Database Sqlite(string folder) =>
        new("SQLite", () => Path.Combine(folder, Guid.NewGuid().ToString("N") + ".db"), path => new SqliteLedgerStore(path));

    /// <summary>PostgreSQL, on a server of this run.</summary>
    public static Database Postgres(PostgresServer server) =>
        new("PostgreSQL", server.NewLedger, connection => new PostgresLedgerStore(connection));

    /// <summary>A server that writes each commit to the disk; null where none is installed.</summary>
    public static async Task<PostgresServer?> StartPostgresAsync() =>
        PostgresServer.Missing is null ? await PostgresServer.StartAsync("fsync=on", "synchronous_commit=on", "shared_buffers=256MB") : null;
}
