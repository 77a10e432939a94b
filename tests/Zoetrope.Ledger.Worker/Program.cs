using System.Globalization;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Jobs.Postgres;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Storage;

// A worker that tests kill: STORE BASE-URL OUTPUT-FOLDER LEASE-MILLISECONDS SUBMITS-AT-ONCE [WEBHOOK-URL], where STORE is sqlite:PATH or
// postgres:CONNECTION-STRING. It writes a line when it works, and ends when nothing is left.
var store = StoreOf(args[0]);
using var fal = new FalClient(new FalClientOptions { BaseUrl = new Uri(args[1]), ApiKey = "test-key", SubmitTimeout = TimeSpan.FromSeconds(5) });
var options = new LedgerOptions
{
    Clients = [fal],
    Outputs = new FolderOutputStore(args[2]),
    Lease = TimeSpan.FromMilliseconds(double.Parse(args[3], CultureInfo.InvariantCulture)),
    WebhookUrl = args.Length > 5 ? new Uri(args[5]) : null,
    PollInterval = TimeSpan.FromMilliseconds(30),
    Parallel = int.Parse(args[4], CultureInfo.InvariantCulture),
};
await using var ledger = await JobLedger.OpenAsync(store, options);
Console.WriteLine("working");
await ledger.RunAsync();
Console.WriteLine("done");

static LedgerStore StoreOf(string text) => text.Split(':', 2) switch
{
    ["sqlite", var path] => new SqliteLedgerStore(path),
    ["postgres", var connection] => new PostgresLedgerStore(connection),
    _ => throw new ArgumentException($"'{text}' is not a store."),
};
