// What the generator costs inside the compiler, for 1, 100 and all documents of a folder of fal's per-endpoint OpenAPI documents.
// Usage: dotnet run -c Release --project benchmarks/Zoetrope.GeneratorBenchmark -- FOLDER
// NSwag's generator reads the same documents.
//        dotnet run -c Release --project benchmarks/Zoetrope.GeneratorBenchmark -- copies COUNT FOLDER
// How time and peak memory grow up to so many documents, ours and Roslyn alone in processes of their own; the folder's are repeated for other endpoints.
//        dotnet run -c Release --project benchmarks/Zoetrope.GeneratorBenchmark -- apis [FILE...]
// The same for whole APIs, one document at a time: made ones whose operations describe everything for themselves, and the files named (JSON).
//        dotnet run -c Release --project benchmarks/Zoetrope.GeneratorBenchmark -- rules FOLDER
// What reading rules in words adds to it: in one process, each document alone, the least of many runs with and without rules in turn.
// Each other figure is the median of three processes, because a compiler process is cold once.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Zoetrope.GeneratorBenchmark;

const int Processes = 3;

switch (args)
{
    case ["--measure", var folder, var count]:
        Console.WriteLine(JsonSerializer.Serialize(Measurement.Take(folder, int.Parse(count, CultureInfo.InvariantCulture))));
        return 0;
    case ["--peer", var folder, var count]:
        Console.WriteLine(JsonSerializer.Serialize(PeerMeasurement.Take(folder, int.Parse(count, CultureInfo.InvariantCulture))));
        return 0;
    case ["--growth", var folder, var count]:
        Console.WriteLine(JsonSerializer.Serialize(GrowthMeasurement.OfOurs(folder, int.Parse(count, CultureInfo.InvariantCulture))));
        return 0;
    case ["--growth", var folder, var count, var files]:
        Console.WriteLine(JsonSerializer.Serialize(GrowthMeasurement.OfFloor(folder, int.Parse(count, CultureInfo.InvariantCulture), files)));
        return 0;
    case ["--write", var folder, var count, var files]:
        Console.WriteLine(JsonSerializer.Serialize(GrowthMeasurement.Write(folder, int.Parse(count, CultureInfo.InvariantCulture), files)));
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
    case ["copies", var count, var folder] when Directory.Exists(folder):
        CompareGrowth(folder, int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case [var folder] when Directory.Exists(folder):
        Compare(folder);
        return 0;
    default:
        Console.Error.WriteLine(
            "Name a folder of OpenAPI documents; or write \"copies\", a number and a folder, \"apis\" and documents of whole APIs, or \"rules\" and a folder.");
        return 2;
}

static void Compare(string folder)
{
    var runs = Array.ConvertAll(
        Counts(folder, int.MaxValue),
        count => TakeTurns(
            () => MeasureInProcess<Measurement>("--measure", folder, Text(count)),
            () => MeasureInProcess<PeerMeasurement>("--peer", folder, Text(count))));
    var ours = Array.ConvertAll(runs, static run => run.First);
    Tables.WriteTimes(Console.Out, ours);
    Tables.WriteCode(Console.Out, ours);
    Tables.WritePeer(Console.Out, ours, Array.ConvertAll(runs, static run => run.Second));
}

static void CompareGrowth(string folder, int most)
{
    var rows = new List<(string Name, GrowthMeasurement[] Run)>();
    foreach (var count in Counts(folder, most).Append(most).Distinct())
    {
        var files = Directory.CreateTempSubdirectory("zoetrope-generated-");
        MeasureInProcess<int>("--write", folder, Text(count), files.FullName);
        var (ours, floor) = TakeTurns(
            () => MeasureInProcess<GrowthMeasurement>("--growth", folder, Text(count)),
            () => MeasureInProcess<GrowthMeasurement>("--growth", folder, Text(count), files.FullName));
        rows.Add(("Zoetrope", ours));
        rows.Add(("Roslyn alone", floor));
        files.Delete(recursive: true);
    }
    Tables.WriteGrowth(Console.Out, rows);
}

static int[] Counts(string folder, int most)
{
    var all = Directory.GetFiles(folder, "*.json").Length;
    return [.. new[] { 1, 100, all }.Distinct().Where(count => count <= Math.Min(all, most))];
}

static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

static T[] MeasureInProcesses<T>(params string[] arguments) => [.. Enumerable.Range(0, Processes).Select(_ => MeasureInProcess<T>(arguments))];

// What else the machine does falls on both.
static (T1[] First, T2[] Second) TakeTurns<T1, T2>(Func<T1> first, Func<T2> second)
{
    var turns = Enumerable.Range(0, Processes).Select(_ => (First: first(), Second: second())).ToArray();
    return (Array.ConvertAll(turns, static turn => turn.First), Array.ConvertAll(turns, static turn => turn.Second));
}

static T MeasureInProcess<T>(params string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", ["exec", typeof(Measurement).Assembly.Location, .. arguments]) { RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    var line = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0
        ? JsonSerializer.Deserialize<T>(line)!
        : throw new InvalidOperationException($"The measurement {string.Join(' ', arguments)} failed.");
}
