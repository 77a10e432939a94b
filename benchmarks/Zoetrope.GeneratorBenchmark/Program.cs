// What the generator costs inside the compiler, for 1, 100 and all documents of a folder of fal's per-endpoint OpenAPI documents.
// Usage: dotnet run -c Release --project benchmarks/Zoetrope.GeneratorBenchmark -- FOLDER [NSWAG]
// NSWAG is a folder with NSwag.CodeGeneration.CSharp.dll, such as node_modules/nswag/bin/binaries/Net100 of the npm package nswag; without it there is no
// comparison.
//        dotnet run -c Release --project benchmarks/Zoetrope.GeneratorBenchmark -- apis [FILE...]
// The same for whole APIs, one document at a time: made ones whose operations describe everything for themselves, and the files named (JSON).
//        dotnet run -c Release --project benchmarks/Zoetrope.GeneratorBenchmark -- rules FOLDER
// What reading rules in words adds to it: in one process, each document alone, the least of many runs with and without rules in turn.
// Each other figure is the median of three processes, because a compiler process is cold once.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Zoetrope.GeneratorBenchmark;

switch (args)
{
    case ["--measure", var folder, var count]:
        Console.WriteLine(JsonSerializer.Serialize(Measurement.Take(folder, int.Parse(count, CultureInfo.InvariantCulture))));
        return 0;
    case ["--peer", var folder, var count, var nswag]:
        Console.WriteLine(JsonSerializer.Serialize(PeerMeasurement.Take(folder, int.Parse(count, CultureInfo.InvariantCulture), nswag)));
        return 0;
    case ["--api", var document]:
        Console.WriteLine(JsonSerializer.Serialize(ApiMeasurement.Take(document)));
        return 0;
    case ["rules", var folder] when Directory.Exists(folder):
        Tables.WriteRules(Console.Out, RuleMeasurement.Take(folder));
        return 0;
    case ["apis", .. var files] when files.All(File.Exists):
        Tables.WriteApis(Console.Out, [.. ApiMeasurement.Made.Concat(files).Select(document => MeasureInProcesses<ApiMeasurement>("--api", document))]);
        return 0;
    case [var folder] when Directory.Exists(folder):
        Compare(folder, nswag: null);
        return 0;
    case [var folder, var nswag] when Directory.Exists(folder) && Directory.Exists(nswag):
        Compare(folder, Path.GetFullPath(nswag));
        return 0;
    default:
        Console.Error.WriteLine(
            "Name a folder of OpenAPI documents and, for the comparison, one with NSwag.CodeGeneration.CSharp.dll; or write \"apis\" and name documents of whole APIs, or "
                + "\"rules\" and name a folder.");
        return 2;
}

static void Compare(string folder, string? nswag)
{
    var all = Directory.GetFiles(folder, "*.json").Length;
    var counts = new[] { 1, 100, all }.Distinct().Where(count => count <= all).ToArray();
    var ours = Array.ConvertAll(counts, count => MeasureInProcesses<Measurement>("--measure", folder, Text(count)));
    Tables.WriteTimes(Console.Out, ours);
    Tables.WriteCode(Console.Out, ours);
    if (nswag is not null)
        Tables.WritePeer(Console.Out, ours, Array.ConvertAll(counts, count => MeasureInProcesses<PeerMeasurement>("--peer", folder, Text(count), nswag)));
}

static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

static T[] MeasureInProcesses<T>(params string[] arguments) => [.. Enumerable.Range(0, 3).Select(_ => MeasureInProcess<T>(arguments))];

static T MeasureInProcess<T>(string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", ["exec", typeof(Measurement).Assembly.Location, .. arguments]) { RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    var line = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0
        ? JsonSerializer.Deserialize<T>(line)!
        : throw new InvalidOperationException($"The measurement {string.Join(' ', arguments)} failed.");
}
