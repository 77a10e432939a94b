using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>A ledger whose page is served by <c>zoetrope jobs serve</c>.</summary>
public sealed class ServedLedger : ServedPage
{
    private ServedLedger((CliProcess Process, JsonElement Line) started)
        : base(started)
    {
    }

    public static async Task<ServedLedger> StartAsync(string ledger, params string[] more) =>
        new(await RunAsync(["jobs", "serve", "--ledger", ledger, "--json", .. more]));
}
