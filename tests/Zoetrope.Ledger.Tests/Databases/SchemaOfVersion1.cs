namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>A ledger as the first version of the tables has it, with one job, written by statements that no later version changes.</summary>
internal static class SchemaOfVersion1
{
    private const string Statements = """
        CREATE TABLE ledger_meta(name {key} PRIMARY KEY, value BIGINT NOT NULL);
        INSERT INTO ledger_meta(name, value) VALUES('schema', 1), ('sending', 0), ('receipts', 0), ('history', 0);
        CREATE TABLE jobs(
          id {key} PRIMARY KEY, batch {key} NOT NULL, label TEXT, provider {key} NOT NULL, endpoint TEXT NOT NULL,
          input TEXT NOT NULL, hash TEXT NOT NULL, unique_key {key} UNIQUE, idempotency TEXT, token TEXT NOT NULL, ceiling BIGINT,
          state BIGINT NOT NULL, version BIGINT NOT NULL, owner {key}, attempts BIGINT NOT NULL, handle TEXT, remote {key},
          created BIGINT NOT NULL, due BIGINT NOT NULL, sent BIGINT, accepted BIGINT, ended BIGINT, delivered BIGINT, reason TEXT,
          cost BIGINT, cost_unit TEXT,
          earlier BIGINT NOT NULL, result TEXT, outputs TEXT, woken BIGINT NOT NULL, op TEXT,
          partition BIGINT NOT NULL);
        CREATE INDEX jobs_free ON jobs(state, due, partition) WHERE owner IS NULL;
        CREATE INDEX jobs_owned ON jobs(owner) WHERE owner IS NOT NULL;
        CREATE INDEX jobs_woken ON jobs(owner) WHERE woken > 0;
        CREATE INDEX jobs_batch ON jobs(batch, id);
        CREATE INDEX jobs_in_flight ON jobs(provider, state) WHERE state IN (1, 2, 3);
        CREATE INDEX jobs_sent ON jobs(provider, sent) WHERE sent IS NOT NULL;
        CREATE INDEX jobs_remote ON jobs(remote) WHERE remote IS NOT NULL;
        CREATE TABLE events(
          seq {sequence}, job {key} NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL, kind BIGINT NOT NULL, text TEXT);
        CREATE INDEX events_job ON events(job, seq);
        CREATE TABLE workers(id {key} PRIMARY KEY, lease BIGINT NOT NULL);
        CREATE TABLE spend(scope {key} PRIMARY KEY, spent BIGINT NOT NULL, reserved BIGINT NOT NULL);
        CREATE TABLE caps(scope {key} PRIMARY KEY, amount BIGINT NOT NULL);
        INSERT INTO jobs(id, batch, provider, endpoint, input, hash, token, state, version, attempts, created, due, earlier, woken, partition)
          VALUES('0001', 'a', 'fal', 'fal-ai/kling-video/o3/pro/image-to-video', '{"image_url":"https://example.com/a.png","prompt":"p"}', 'h', 't',
            0, 0, 0, 1, 1, 0, 0, 0);
        INSERT INTO events(job, version, at, kind) VALUES('0001', 0, 1, 0)
        """;

    /// <summary>Creates it.</summary>
    /// <param name="executeAsync">Runs a statement on the empty database.</param>
    /// <param name="isPostgres">Whether that is PostgreSQL.</param>
    public static async Task CreateAsync(Func<string, Task> executeAsync, bool isPostgres)
    {
        var sequence = isPostgres ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT";
        if (isPostgres)
            await executeAsync("DO $$ BEGIN EXECUTE 'CREATE SCHEMA ' || split_part(current_setting('search_path'), ',', 1); END $$");
        foreach (var statement in Statements.Split(';'))
        {
            await executeAsync(statement.Replace("{key}", isPostgres ? "TEXT COLLATE \"C\"" : "TEXT", StringComparison.Ordinal)
                .Replace("{sequence}", sequence, StringComparison.Ordinal));
        }
    }
}
