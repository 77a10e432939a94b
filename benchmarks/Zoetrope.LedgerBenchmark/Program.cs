using System.Globalization;
using Zoetrope.LedgerBenchmark;

// Usage: dotnet run -c Release --project benchmarks/Zoetrope.LedgerBenchmark -- [intents] [claims] [waits [JOBS]]; all of them by default.
var folder = Directory.CreateTempSubdirectory("zoetrope-ledger-").FullName;
await using var server = await Database.StartPostgresAsync();
try
{
    var databases = new List<Database> { Database.Sqlite(folder) };
    if (server is null)
        Console.Error.WriteLine("PostgreSQL is not installed, and is left out.");
    else
        databases.Add(Database.Postgres(server));
    Console.WriteLine("| what | ledger | by hand | ratio |\n|---|---|---|---|");
    foreach (var database in databases)
    {
        if (args.Length == 0 || args.Contains("intents"))
            await Intents.MeasureAsync(database);
        if (args.Length == 0 || args.Contains("claims"))
            await Claims.MeasureAsync(database);
    }
    if (args.Length == 0 || args.Contains("waits"))
        await Waits.MeasureAsync(databases[0], args is [.., "waits", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 100_000);
}
finally
{
    Directory.Delete(folder, recursive: true);
}
