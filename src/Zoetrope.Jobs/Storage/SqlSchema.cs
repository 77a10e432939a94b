using System.Globalization;

namespace Zoetrope.Jobs.Storage;

/// <summary>The tables of a ledger, and how older ones become them.</summary>
internal static class SqlSchema
{
    /// <summary>The version of the tables that this assembly reads and writes.</summary>
    public const long Version = 2;

    /// <summary>The states of jobs that the provider may be working on, as a list of numbers.</summary>
    public static string InFlight { get; } = $"{(long)LedgerState.Sent}, {(long)LedgerState.InDoubt}, {(long)LedgerState.Accepted}";

    /// <summary>Creates or migrates the tables, in one transaction.</summary>
    /// <exception cref="LedgerException">They were written by a newer version.</exception>
    public static async Task<bool> ApplyAsync(SqlSession session, SqlDialect dialect)
    {
        // A process that only works on the ledger needs no right to create tables.
        if (await FoundAsync(session, dialect).ConfigureAwait(false) == Version)
            return true;
        await dialect.PrepareAsync(session.Connection).ConfigureAwait(false);
        var found = await FoundAsync(session, dialect).ConfigureAwait(false);
        RefuseNewer(found);
        for (var next = found; next < Version; next++)
        {
            foreach (var statement in Migrations(dialect)[(int)next])
                await session.ExecuteAsync(statement).ConfigureAwait(false);
        }
        await session.ExecuteAsync("UPDATE ledger_meta SET value = $1 WHERE name = 'schema'", Version).ConfigureAwait(false);
        return true;
    }

    /// <summary>Requires the tables as they are, without a change to them.</summary>
    /// <exception cref="LedgerException">They are missing, or were written by another version.</exception>
    public static async Task<bool> RequireAsync(SqlSession session, SqlDialect dialect)
    {
        var found = await FoundAsync(session, dialect).ConfigureAwait(false);
        RefuseNewer(found);
        if (found < Version)
        {
            throw new LedgerException(string.Create(
                CultureInfo.InvariantCulture,
                $"The ledger has version {found} of its tables, and this program reads version {Version}. Open it once with one that works on it."));
        }
        return true;
    }

    private static void RefuseNewer(long found)
    {
        if (found <= Version)
            return;
        throw new LedgerException(string.Create(
            CultureInfo.InvariantCulture,
            $"The ledger has version {found} of its tables, and this program knows version {Version}: a newer one has written it. Update this program."));
    }

    private static async Task<long> FoundAsync(SqlSession session, SqlDialect dialect) =>
        await session.NumberAsync(dialect.HasTable, "ledger_meta").ConfigureAwait(false) is null
            ? 0
            : await session.NumberAsync("SELECT value FROM ledger_meta WHERE name = 'schema'").ConfigureAwait(false) ?? 0;

    // Each leads from one version to the next, and is never changed after a release.
    private static string[][] Migrations(SqlDialect dialect) =>
    [
        [
            $"CREATE TABLE ledger_meta(name {dialect.Key} PRIMARY KEY, value BIGINT NOT NULL)",
            // The version, and rows that only serve as locks: see SqlLedgerStore.WaitForTurnAsync.
            "INSERT INTO ledger_meta(name, value) VALUES('schema', 0), ('sending', 0), ('receipts', 0), ('history', 0)",
            $"""
            CREATE TABLE jobs(
              id {dialect.Key} PRIMARY KEY, batch {dialect.Key} NOT NULL, label TEXT, provider {dialect.Key} NOT NULL, endpoint TEXT NOT NULL,
              input TEXT NOT NULL, hash TEXT NOT NULL, unique_key {dialect.Key} UNIQUE, idempotency TEXT, token TEXT NOT NULL, ceiling BIGINT,
              state BIGINT NOT NULL, version BIGINT NOT NULL, owner {dialect.Key}, attempts BIGINT NOT NULL, handle TEXT, remote {dialect.Key},
              created BIGINT NOT NULL, due BIGINT NOT NULL, sent BIGINT, accepted BIGINT, ended BIGINT, delivered BIGINT, reason TEXT,
              cost BIGINT, cost_unit TEXT,
              earlier BIGINT NOT NULL, result TEXT, outputs TEXT, woken BIGINT NOT NULL, op TEXT,
              partition BIGINT NOT NULL)
            """,
            // In the order in which they are claimed: tens of thousands may be due at once, and nothing is to be sorted.
            "CREATE INDEX jobs_free ON jobs(state, provider, due, id, partition) WHERE owner IS NULL",
            "CREATE INDEX jobs_owned ON jobs(owner) WHERE owner IS NOT NULL",
            "CREATE INDEX jobs_woken ON jobs(owner) WHERE woken > 0",
            "CREATE INDEX jobs_batch ON jobs(batch, id)",
            $"CREATE INDEX jobs_in_flight ON jobs(provider, state) WHERE state IN ({InFlight})",
            "CREATE INDEX jobs_sent ON jobs(provider, sent) WHERE sent IS NOT NULL",
            "CREATE INDEX jobs_remote ON jobs(remote) WHERE remote IS NOT NULL",
            $"""
            CREATE TABLE events(
              seq {dialect.Sequence}, job {dialect.Key} NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL, kind BIGINT NOT NULL, text TEXT)
            """,
            "CREATE INDEX events_job ON events(job, seq)",
            $"CREATE TABLE workers(id {dialect.Key} PRIMARY KEY, lease BIGINT NOT NULL)",
            $"CREATE TABLE spend(scope {dialect.Key} PRIMARY KEY, spent BIGINT NOT NULL, reserved BIGINT NOT NULL)",
            $"CREATE TABLE caps(scope {dialect.Key} PRIMARY KEY, amount BIGINT NOT NULL)",
        ],
        [
            $"CREATE TABLE subscribers(name {dialect.Key} PRIMARY KEY, position BIGINT NOT NULL, batch {dialect.Key})",
            "ALTER TABLE jobs ADD COLUMN failing BIGINT",
            $"""
            CREATE TABLE notifications(
              subscriber {dialect.Key} NOT NULL, seq BIGINT NOT NULL, job {dialect.Key} NOT NULL, kind BIGINT NOT NULL, at BIGINT NOT NULL,
              state BIGINT NOT NULL, attempts BIGINT NOT NULL, due BIGINT NOT NULL, reason TEXT, PRIMARY KEY(subscriber, seq))
            """,
            "CREATE INDEX notifications_due ON notifications(subscriber, due) WHERE state = 0",
            "CREATE INDEX notifications_job ON notifications(job, seq)",
            $"""
            CREATE TABLE uploads(
              provider {dialect.Key}, account {dialect.Key}, hash {dialect.Key}, reference TEXT NOT NULL, expires BIGINT, until BIGINT NOT NULL,
              PRIMARY KEY(provider, account, hash))
            """,
            $"CREATE INDEX events_sent_again ON events(at) WHERE kind = {(long)LedgerEventKind.SentAgain}",
            "CREATE INDEX uploads_until ON uploads(until)",
            // The identity of a job that is made again, and where the files of its input are until when.
            "ALTER TABLE jobs ADD COLUMN identity TEXT",
            "ALTER TABLE jobs ADD COLUMN account TEXT",
            "ALTER TABLE jobs ADD COLUMN expires BIGINT",
            // For lists, in their order.
            $"CREATE INDEX jobs_listed ON jobs(state, id) WHERE state IN ({InFlight})",
            "CREATE INDEX jobs_outputs ON jobs(id) WHERE outputs <> '[]'",
            "CREATE INDEX jobs_outputs_of_batch ON jobs(batch, id) WHERE outputs <> '[]'",
        ],
    ];
}
