// What a client of a host costs over one that is made by hand: `HostedApp serve` is the server, in a process of its own; `HostedApp URL` measures.

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;

const string Key = "id:secret-0123456789";
const int Clients = 200;
const int Rounds = 20;
const int Calls = 300;

if (args[0] == "serve")
{
    await ServeAsync();
    return;
}

var url = new Uri(args[0]);
var started = Stopwatch.GetTimestamp();
var services = new ServiceCollection();
services.AddFal(options => (options.BaseUrl, options.ApiKey) = (url, Key));
await using var provider = services.BuildServiceProvider();
Print("registration and container", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms");
started = Stopwatch.GetTimestamp();
var hosted = provider.GetRequiredService<FalClient>();
Print("first resolve", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms");
started = Stopwatch.GetTimestamp();
using var own = new FalClient(new() { BaseUrl = url, ApiKey = Key });
Print("new FalClient after it", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms");

var handle = new JobHandle("fal", "some/model", "job-1");
await CompareAsync("poll", client => client.Protocol.GetStatusAsync(handle, logs: false, default));
await CompareAsync("submit", client => client.SubmitAsync("some/model", RawJson.Parse("{}")));

Print("memory of a client of a host", await MemoryAsync(), "B");
Print("memory of a client by hand", MemoryByHand(), "B");

async Task CompareAsync(string name, Func<FalClient, Task> call)
{
    var (times, bytes) = (new double[2][], new long[2]);
    FalClient[] clients = [own, hosted];
    for (var which = 0; which < 2; which++)
        times[which] = new double[Rounds];
    // In turn, so that what the machine does meanwhile concerns both.
    for (var round = -2; round < Rounds; round++)
    {
        for (var which = 0; which < 2; which++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
                await call(clients[which]);
            if (round < 0)
                continue;
            times[which][round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
            bytes[which] += GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }
    Array.Sort(times[0]);
    Array.Sort(times[1]);
    var (byHand, inHost) = (times[0][0], times[1][0]);
    Print($"{name} by hand", byHand, "us, the least");
    Print($"{name} in a host", inHost, $"us, the least; ratio {(inHost / byHand).ToString("F3", CultureInfo.InvariantCulture)}, "
        + $"of medians {(times[1][Rounds / 2] / times[0][Rounds / 2]).ToString("F3", CultureInfo.InvariantCulture)}");
    Print($"{name} by hand allocates", (double)bytes[0] / (Rounds * Calls), "B");
    Print($"{name} in a host allocates", (double)bytes[1] / (Rounds * Calls), "B");
}

async Task<double> MemoryAsync()
{
    var many = new ServiceCollection();
    for (var i = 0; i < Clients; i++)
        many.AddFal("client-" + i, options => (options.BaseUrl, options.ApiKey) = (url, Key));
    await using var container = many.BuildServiceProvider();
    container.GetRequiredKeyedService<FalClient>("client-0");
    var before = GC.GetTotalMemory(forceFullCollection: true);
    for (var i = 1; i < Clients; i++)
        container.GetRequiredKeyedService<FalClient>("client-" + i);
    return (GC.GetTotalMemory(forceFullCollection: true) - before) / (Clients - 1.0);
}

double MemoryByHand()
{
    var clients = new FalClient[Clients];
    var before = GC.GetTotalMemory(forceFullCollection: true);
    for (var i = 0; i < Clients; i++)
        clients[i] = new FalClient(new() { BaseUrl = url, ApiKey = Key });
    var after = GC.GetTotalMemory(forceFullCollection: true);
    foreach (var client in clients)
        client.Dispose();
    return (after - before) / (double)Clients;
}

static void Print(string name, double value, string unit) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:F2} {unit}"));

static async Task ServeAsync()
{
    var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start(512);
    Console.WriteLine($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    const string Body = """{"request_id":"job-1","status":"IN_PROGRESS"}""";
    var response = System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
    while (true)
    {
        var socket = await listener.AcceptSocketAsync();
        _ = Task.Run(async () =>
        {
            using (socket)
            {
                socket.NoDelay = true;
                var buffer = new byte[8192];
                var length = 0;
                while (await socket.ReceiveAsync(buffer.AsMemory(length)) is > 0 and var read)
                {
                    length += read;
                    var text = System.Text.Encoding.ASCII.GetString(buffer, 0, length);
                    // The only bodies are "{}".
                    if (!text.EndsWith(text.StartsWith("POST", StringComparison.Ordinal) ? "\r\n\r\n{}" : "\r\n\r\n", StringComparison.Ordinal))
                        continue;
                    length = 0;
                    await socket.SendAsync(response);
                }
            }
        });
    }
}
