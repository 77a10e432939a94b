// Calls a second of an operation over loopback, by HTTP/1.1 and HTTP/2, to a server that is a process of its own. The clients take turns in one process.
// Usage: dotnet run -c Release --project benchmarks/Zoetrope.ThroughputBenchmark [-- ROUNDS]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Zoetrope.ThroughputBenchmark;

if (args is ["serve"])
{
    await PageServer.RunAsync();
    return;
}
var rounds = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 20;
var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
using var server = Process.Start(start)!;
Console.WriteLine("| | calls a second | ratio | processor time of a call | ratio |");
Console.WriteLine("|---|---|---|---|---|");
string[] clients = ["by hand", "Zoetrope", "HttpClient, bytes alone"];
foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
{
    var url = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server has not started.");
    using var turns = new Turns(new Uri(url), version);
    var figures = await turns.RunAsync(rounds);
    foreach (var (client, one) in clients.Zip(figures))
    {
        var (rate, processor) = (one.Rate / figures[0].Rate, one.Processor / figures[0].Processor);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| HTTP/{version}, {client} | {one.Rate:N0} | {rate:F3} | {one.Processor:F1} us | {processor:F3} |"));
    }
}
server.StandardInput.Close();
await server.WaitForExitAsync();
