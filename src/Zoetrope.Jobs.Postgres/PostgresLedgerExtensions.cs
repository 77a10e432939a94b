using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Zoetrope.Jobs.Hosting;

namespace Zoetrope.Jobs.Postgres;

/// <summary>Keeps the ledger of hosts in PostgreSQL.</summary>
public static class PostgresLedgerExtensions
{
    /// <summary>Keeps the ledger in a PostgreSQL database, with connections of its own.</summary>
    /// <param name="builder">The ledger.</param>
    /// <param name="connectionString">How the database is reached; see <see cref="PostgresLedgerStore(string, TimeSpan?)"/>.</param>
    public static ZoetropeJobsBuilder UsePostgres(this ZoetropeJobsBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return builder.UseStore(_ => new PostgresLedgerStore(connectionString));
    }

    /// <summary>Keeps the ledger in a PostgreSQL database, with the connections of the host: its service of the type <see cref="NpgsqlDataSource"/>.</summary>
    /// <param name="builder">The ledger.</param>
    public static ZoetropeJobsBuilder UsePostgres(this ZoetropeJobsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseStore(provider => new PostgresLedgerStore(provider.GetRequiredService<NpgsqlDataSource>()));
    }
}
