using Zoetrope.Ledger.Kills;
using Zoetrope.Ledger.Tests.Databases;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>The server that all tests share: it is started when the first asks for it, and ended after the last.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync());

    /// <summary>The server. The test is skipped where there is none.</summary>
    public static Task<PostgresServer> GetAsync()
    {
        SkipIfMissing();
        return Server.Value;
    }

    /// <summary>Skips the test where no server can be started.</summary>
    public static void SkipIfMissing() => Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
            await (await Server.Value).DisposeAsync();
    }
}
