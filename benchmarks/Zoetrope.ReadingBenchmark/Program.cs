// Usage: dotnet run -c Release --project benchmarks/Zoetrope.ReadingBenchmark [MEGABYTES]
// Large results of many shapes: parsed by JsonDocument, and read by us as they are when a job's wait gives them.

using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.ReadingBenchmark;

const int Rounds = 5;
var megabytes = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 64;

Console.WriteLine($"{megabytes} MB, the best of {Rounds}; memory is what was allocated, in multiples of the JSON");
Console.WriteLine($"| {"shape",-28} | JsonDocument | checked | as a model | both | ratio | memory | files | ratio |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
foreach (var (name, json) in Shapes.All(megabytes * 1024 * 1024))
{
    var document = Best(() =>
    {
        using var parsed = JsonDocument.Parse(json, Shapes.Deep);
    });
    var raw = RawJson.Parse(json);
    // As a response is: in the bytes that came.
    var check = Best(() => new TransportResponse(HttpStatusCode.OK, json).RequireJson());
    var model = Best(() => raw.Deserialize<Album.Result>());
    var files = Best(() => MediaFinder.Find(raw));
    var before = GC.GetAllocatedBytesForCurrentThread();
    raw.Deserialize<Album.Result>();
    var memory = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)json.Length;
    var both = check + model;
    Console.WriteLine($"| {name,-28} | {document,8:F0} ms | {check,6:F0} | {model,6:F0} | {both,6:F0} | {both / document,5:F1} | {memory,5:F1} "
        + $"| {files,6:F0} | {files / document,5:F1} |");
}
await EndToEnd.RunAsync(megabytes);

static double Best(Action action)
{
    var best = double.MaxValue;
    for (var i = 0; i < Rounds; i++)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        action();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
    return best;
}
