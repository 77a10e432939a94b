using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Postgres;

/// <summary>PostgreSQL's dialect.</summary>
/// <param name="source">The connections.</param>
internal sealed class PostgresDialect(NpgsqlDataSource source) : SqlDialect
{
    // Any number that all programs agree on: who holds it creates or migrates tables of the database.
    private const string LockSchema = "SELECT pg_advisory_xact_lock(20511)";

    // The time of the statement, not that of the transaction: leases are compared with it after waits. clock_timestamp() would keep indexes from being used.
    public override string Now => "CAST(FLOOR(EXTRACT(EPOCH FROM statement_timestamp()) * 1000) AS BIGINT)";

    // An index in the order of a language is wrong after an update of the system's libraries, and with it the uniqueness that keeps jobs from being paid twice.
    public override string Key => "TEXT COLLATE \"C\"";

    public override string Sequence => "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    // Whatever the database's defaults are. A process that is frozen in a transaction loses it, with its locks, after ten seconds. A commit is on the server's
    // disk before the response, since what it says was sent is sent next; a stricter setting is kept.
    public override string Begin =>
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL idle_in_transaction_session_timeout = '10s'; "
        + "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

    public override string Lock => " FOR UPDATE";

    public override string LockFree => " FOR UPDATE SKIP LOCKED";

    public override string HasTable => "SELECT 1 WHERE to_regclass($1) IS NOT NULL";

    public override bool KeepsCommands => true;

    public override bool Blocks => false;

    /// <summary>Connections as this store needs them.</summary>
    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public static NpgsqlDataSource SourceOf(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableTransportSecurity();
        var options = builder.ConnectionStringBuilder;
        options.ApplicationName ??= "zoetrope";
        // A transaction of the application has nothing to do with what the ledger commits.
        options.Enlist = false;
        // Without end, a server that hangs would hang the worker.
        if (options.CommandTimeout == 0)
            options.CommandTimeout = 30;
        if (options.Timeout == 0)
            options.Timeout = 15;
        if (options.MaxAutoPrepare == 0)
            options.MaxAutoPrepare = 64;
        return builder.Build();
    }

    public override string LockTable(string table) => $"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE";

    public override string NameOf(int position) => "";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    public override async Task PrepareAsync(DbConnection connection)
    {
        // CREATE TABLE IF NOT EXISTS of two transactions at once can fail.
        await ScalarAsync(connection, LockSchema).ConfigureAwait(false);
        if (await ScalarAsync(connection, "SELECT current_schema()").ConfigureAwait(false) is not null)
            return;
        var path = await ScalarAsync(connection, "SELECT current_setting('search_path')").ConfigureAwait(false) ?? "";
        var first = path.Split(',')[0].Trim();
        if (first.Length == 0 || !first.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') || char.IsAsciiDigit(first[0]))
        {
            throw new LedgerException(
                $"None of the schemas in the search path '{path}' exists. Create one, or name one of letters, digits and underscores with 'Search Path' in the "
                + "connection string, which is created.");
        }
        await ScalarAsync(connection, $"CREATE SCHEMA {first}").ConfigureAwait(false);
    }

    public override async Task<int[]> ExecuteManyAsync(DbConnection connection, string sql, IReadOnlyList<object?[]> rows)
    {
        // All of them are sent before the first response is read.
        var batch = ((NpgsqlConnection)connection).CreateBatch();
        await using var end = batch.ConfigureAwait(false);
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in row)
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        var changed = new int[rows.Count];
        for (var i = 0; i < changed.Length; i++)
            changed[i] = batch.BatchCommands[i].RecordsAffected;
        return changed;
    }

    public override bool IsTransient(Exception exception) => exception switch
    {
        // Lost connections (08), transactions that ran into each other (40), limits of the server (53), a server that stops or starts (57P), or ends a
        // statement (57014) or an idle transaction (25P03), one that has become a standby (25006), a lock that was not available (55P03), a failing
        // system (58).
        PostgresException { SqlState: var state } =>
            state[..2] is "08" or "40" or "53" or "58" || state is "57P01" or "57P02" or "57P03" or "57P05" or "57014" or "25P03" or "25006" or "55P03",
        // A certificate that is not trusted stays so.
        NpgsqlException { InnerException: AuthenticationException } => false,
        // The driver's own: no connection, or one that broke. A server that ends while a connection is opened sends its last words where the driver expects a
        // response about encryption, and only the text of the exception says so.
        NpgsqlException or SocketException => true,
        _ => false,
    };

    private static async Task<string?> ScalarAsync(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants, and a name of letters and digits.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync().ConfigureAwait(false) as string;
    }
}
