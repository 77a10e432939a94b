// Many waits in flight, each with a poll every five seconds, over loopback to a server that is a process of its own. Each client is a process too.
// Usage: dotnet run -c Release --project benchmarks/Zoetrope.WaitBenchmark [-- WAITS]

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
}
var waits = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 10_000;
await Comparison.RunAsync(waits);
