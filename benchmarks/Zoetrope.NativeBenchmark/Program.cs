// Publishes the apps of ../apps as NativeAOT, lets those of each client make the same video at the same simulator in turn, and prints what they cost.
// Usage: dotnet run -c Release --project benchmarks/Zoetrope.NativeBenchmark [-- [commands] [RUNS]]; with `commands` only the command lines are compared.
//        dotnet run -c Release --project benchmarks/Zoetrope.NativeBenchmark -- warm
// Only calls without the network are compared, in a process that has made them many times.

using System.Globalization;
using Zoetrope.NativeBenchmark;
using Zoetrope.Simulator;
using Zoetrope.TestKit;

var root = Repository.Root;
var readme = Path.Combine(root, "benchmarks", "README.md");
if (args is ["warm"])
{
    await CompareWarmCallsAsync(NativeApp.Publish(root, "FirstCall"));
    return;
}
var onlyCommands = args is ["commands", ..];
var runs = args[(onlyCommands ? 1 : 0)..] is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 40;
if (onlyCommands)
{
    await CompareCommandsAsync();
    return;
}

var peakMemory = NativeApp.Publish(root, "PeakMemory");
string[] names = ["HttpClientApp", "ZoetropeApp", "HandWrittenApp", "NSwagApp", "RefitApp", "KiotaApp"];
var apps = names.Select(name => NativeApp.Publish(root, name)).ToArray();

await using var simulator = await MediaSimulator.StartAsync(new SimulatorOptions { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });
var baseUrl = simulator.BaseUrl.ToString();

// All are run before anything counts, so that the simulator is compiled and the files are in memory.
for (var i = 0; i < 5; i++)
{
    foreach (var app in apps)
        await app.MeasureAsync(baseUrl);
}

var samples = apps.ToDictionary(app => app, _ => new List<Sample>());
for (var i = 0; i < runs; i++)
{
    foreach (var app in apps)
        samples[app].Add(await app.MeasureAsync(baseUrl));
}

var peaks = new List<long>();
foreach (var app in apps)
    peaks.Add(await peakMemory.MedianAsync(5, app.Program, baseUrl));

var instructions = new List<long?>();
foreach (var app in apps)
    instructions.Add(await InstructionCount.OfAsync(app, baseUrl));

var firstCall = NativeApp.Publish(root, "FirstCall");
var firstCalls = new Dictionary<string, long>();
foreach (var serializer in new[] { "Zoetrope", "SystemTextJson" })
    firstCalls[serializer] = await firstCall.MedianAsync(runs, serializer);

var table = ResultTable.Write(apps, samples, peaks, instructions, firstCalls, runs);
Console.WriteLine(table);
ResultTable.Insert(readme, "native", table);

var sizes = ResultTable.OfSizes(
    ("HandWrittenRunwayApp", NativeApp.Publish(root, "HandWrittenRunwayApp").Size),
    ("RunwayApp", NativeApp.Publish(root, "RunwayApp").Size),
    ("RunwayApp, beside the packages of nine other providers", NativeApp.Publish(root, "RunwayApp", "-p:Providers=all").Size));
Console.WriteLine(sizes);
ResultTable.Insert(readme, "providers", sizes);

await CompareWarmCallsAsync(firstCall);
await CompareCommandsAsync();

async Task CompareWarmCallsAsync(NativeApp app)
{
    var table = await WarmCalls.MeasureAsync(app);
    Console.WriteLine(table);
    ResultTable.Insert(readme, "warm", table);
}

async Task CompareCommandsAsync()
{
    var commands = await CommandLines.MeasureAsync(root, runs);
    Console.WriteLine(commands);
    ResultTable.Insert(readme, "commands", commands);
}
