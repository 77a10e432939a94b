// Many waits in flight, each with a poll every five seconds, over loopback to a server that is a process of its own. Each client is a process too.
// Usage: dotnet run -c Release --project benchmarks/Zoetrope.WaitBenchmark [-- WAITS]
//        dotnet run -c Release --project benchmarks/Zoetrope.WaitBenchmark -- memory WAITS...
// What so many waits keep, with responses that are made in the process.

using System.Globalization;
using Zoetrope.WaitBenchmark;

switch (args)
{
    case ["serve"]:
        await StatusServer.RunAsync();
        return;
    case ["wait", var client, var url, var count]:
        await WaitingProcess.RunAsync(client, new Uri(url), int.Parse(count, CultureInfo.InvariantCulture));
        return;
    case ["keep", var client, var count]:
        await KeptMemory.RunAsync(client, int.Parse(count, CultureInfo.InvariantCulture));
        return;
    case ["memory", .. var counts]:
        await Comparison.OfMemoryAsync(Array.ConvertAll(counts, count => int.Parse(count, CultureInfo.InvariantCulture)));
        return;
}
var waits = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 10_000;
await Comparison.RunAsync(waits);
