using Zoetrope.Jobs.Hosting;

namespace Zoetrope.Jobs.Sqlite;

/// <summary>Keeps the ledger of a host in SQLite.</summary>
public static class SqliteLedgerExtensions
{
    /// <summary>Keeps the ledger in an SQLite file on a local disk.</summary>
    /// <param name="builder">The ledger.</param>
    /// <param name="path">The path of the file; it is created if it does not exist.</param>
    public static ZoetropeJobsBuilder UseSqlite(this ZoetropeJobsBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.UseStore(_ => new SqliteLedgerStore(path));
    }
}
