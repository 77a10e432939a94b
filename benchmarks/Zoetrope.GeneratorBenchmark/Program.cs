// What the generator costs inside the compiler, for 1, 100 and all documents of a folder of fal's per-endpoint OpenAPI documents.
// Usage: dotnet run -c Release --project benchmarks/Zoetrope.GeneratorBenchmark -- FOLDER
// Each figure is the median of three processes, because a compiler process is cold once.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Zoetrope.GeneratorBenchmark;

if (args is ["--measure", var folder, var count])
{
    Console.WriteLine(JsonSerializer.Serialize(Measurement.Take(folder, int.Parse(count, CultureInfo.InvariantCulture))));
    return 0;
}
if (args is not [var documents] || !Directory.Exists(documents))
{
    Console.Error.WriteLine("Name a folder of OpenAPI documents.");
    return 2;
}

var all = Directory.GetFiles(documents, "*.json").Length;
Console.WriteLine("| endpoints | spec bytes | cold | warm | one spec edited | steps run by it | unrelated C# edit | C# per spec byte | IL | compile | peak memory |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
foreach (var number in new[] { 1, 100, all }.Distinct().Where(number => number <= all))
{
    var samples = Enumerable.Range(0, 3).Select(_ => MeasureInProcess(documents, number)).OrderBy(sample => sample.ColdMs).ToArray();
    Console.WriteLine(samples[1].ToRow());
}
return 0;

static Measurement MeasureInProcess(string documents, int number)
{
    var start = new ProcessStartInfo("dotnet", ["exec", typeof(Measurement).Assembly.Location, "--measure", documents, number.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
    };
    using var process = Process.Start(start)!;
    var line = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0
        ? JsonSerializer.Deserialize<Measurement>(line)!
        : throw new InvalidOperationException($"The measurement of {number} documents failed.");
}
