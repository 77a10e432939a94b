using Zoetrope.Ledger.Kills;
namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>
/// A server that tests hang and kill. It waits for a standby that does not exist, so that a commit of the role <c>worker</c> hangs after it has taken effect
/// while the role's setting is <c>on</c>; and a commit hangs before it takes effect while the table <c>hang</c> has a row.
/// </summary>
public sealed class OwnPostgres : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    /// <summary>How a worker reaches a ledger of its own, without the right to anything else.</summary>
    public string NewLedger() => Server.NewLedger().Replace("Username=postgres", "Username=worker", StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Missing is not null)
            return;
        Server = await PostgresServer.StartAsync("synchronous_standby_names=nobody", "synchronous_commit=local");
        await Server.ExecuteAsync(
            """
            CREATE ROLE worker LOGIN;
            GRANT CREATE ON DATABASE postgres TO worker;
            CREATE TABLE hang(x INT);
            GRANT SELECT ON hang TO worker;
            CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN IF EXISTS (SELECT 1 FROM public.hang) THEN PERFORM pg_sleep(60); END IF; RETURN NULL; END';
            """);
    }

    /// <summary>Lets each commit of a ledger look whether it shall hang.</summary>
    public async Task WatchAsync(string ledger)
    {
        var schema = ledger[(ledger.IndexOf("Search Path=", StringComparison.Ordinal) + 12)..];
        foreach (var table in new[] { "jobs", "workers", "caps" })
        {
            await Server.ExecuteAsync(
                $"CREATE CONSTRAINT TRIGGER hang AFTER INSERT OR UPDATE OR DELETE ON {schema}.{table} DEFERRABLE INITIALLY DEFERRED "
                + "FOR EACH ROW EXECUTE FUNCTION public.hang()");
        }
    }

    /// <summary>Lets commits of connections that are opened from now on hang, after or before they take effect, or not any more.</summary>
    public Task HangAsync(bool? afterwards) => Server.ExecuteAsync(afterwards switch
    {
        true => "ALTER ROLE worker SET synchronous_commit = 'on'",
        false => "INSERT INTO hang VALUES(1)",
        null => "ALTER ROLE worker SET synchronous_commit = 'local'; DELETE FROM hang",
    });

    /// <summary>Terminates the connection whose commit hangs, once it does.</summary>
    public async Task TerminateAsync(CancellationToken ct)
    {
        const string Hanging = "FROM pg_stat_activity WHERE usename = 'worker' AND wait_event IN ('SyncRep', 'PgSleep')";
        while (await Server.ExecuteAsync($"SELECT pid {Hanging}") is null)
            await Task.Delay(10, ct);
        await HangAsync(null);
        Assert.Equal(true, await Server.ExecuteAsync($"SELECT pg_terminate_backend(pid) {Hanging}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is { } server)
            await server.DisposeAsync();
    }
}
