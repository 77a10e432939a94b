using Zoetrope.LedgerBenchmark;

// Usage: dotnet run -c Release --project benchmarks/Zoetrope.LedgerBenchmark -- [intents] [claims] [waits [JOBS]]; all of them by default.
var folder = Directory.CreateTempSubdirectory("zoetrope-ledger-").FullName;
try
{
    Console.WriteLine("| what | ledger | by hand | ratio |\n|---|---|---|---|");
    if (args.Length == 0 || args.Contains("intents"))
        await Intents.MeasureAsync(folder);
    if (args.Length == 0 || args.Contains("claims"))
        await Claims.MeasureAsync(folder);
    if (args.Length == 0 || args.Contains("waits"))
        await Waits.MeasureAsync(folder, args is [.., "waits", var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 100_000);
}
finally
{
    Directory.Delete(folder, recursive: true);
}
