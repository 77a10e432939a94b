// Operations by HTTP/1.1 and HTTP/2, and whole jobs, over loopback to a server that is a process of its own. The clients take turns in one process.
// Usage: dotnet run -c Release --project benchmarks/Zoetrope.ThroughputBenchmark [-- ROUNDS]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Zoetrope.ThroughputBenchmark;

if (args is ["serve"])
{
    await LoopbackServer.RunAsync();
    return;
}
var rounds = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 20;
var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
using var server = Process.Start(start)!;
var http1 = await AddressAsync();
var http2 = await AddressAsync();
await PrintAsync("calls", Contestants.OfOperations(http1, HttpVersion.Version11));
await PrintAsync("calls by HTTP/2", Contestants.OfOperations(http2, HttpVersion.Version20));
await PrintAsync("jobs", Contestants.OfJobs(http1));
server.StandardInput.Close();
await server.WaitForExitAsync();

async Task<Uri> AddressAsync() => new(await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server has not started."));

async Task PrintAsync(string what, Contestant[] contestants)
{
    var figures = await Turns.RunAsync(contestants, rounds);
    Console.WriteLine($"\n| | {what} a second | ratio | processor time of each | ratio | allocated | ratio |\n|---|---|---|---|---|---|---|");
    foreach (var (contestant, one) in contestants.Zip(figures))
    {
        var (rate, processor, bytes) = (one.Rate / figures[0].Rate, one.Processor / figures[0].Processor, one.Bytes / figures[0].Bytes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {contestant.Name} | {one.Rate:N0} | {rate:F2} | {one.Processor:F1} us | {processor:F2} | {one.Bytes:N0} B | {bytes:F2} |"));
    }
}
