using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>What a client of a host costs over one that is made by hand; the same for each library.</summary>
internal static class HostCost
{
    /// <summary>How many clients the memory of one is measured over.</summary>
    public const int Clients = 200;

    private const int Rounds = 20;
    private const int Calls = 2000;

    /// <summary>Prints how long something takes that happens once.</summary>
    public static T Once<T>(string name, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        Print(name, Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
        return result;
    }

    /// <summary>Prints the times and allocations of a call, by hand and in a host.</summary>
    public static async Task CompareAsync<T>(string name, T byHand, T inHost, Func<T, Task> call)
    {
        var (times, bytes) = (new double[2][], new long[2]);
        T[] clients = [byHand, inHost];
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
        var (own, hosted) = (times[0][0], times[1][0]);
        Print($"{name} by hand", own, "us, the least");
        Print($"{name} in a host", hosted, $"us, the least; ratio {(hosted / own).ToString("F3", CultureInfo.InvariantCulture)}, "
            + $"of medians {(times[1][Rounds / 2] / times[0][Rounds / 2]).ToString("F3", CultureInfo.InvariantCulture)}");
        Print($"{name} by hand allocates", (double)bytes[0] / (Rounds * Calls), "B");
        Print($"{name} in a host allocates", (double)bytes[1] / (Rounds * Calls), "B");
    }

    /// <summary>Prints the memory of a client, as the mean of many.</summary>
    public static void Memory(string name, Func<int, object> create)
    {
        var clients = new object[Clients];
        clients[0] = create(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 1; i < Clients; i++)
            clients[i] = create(i);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var client in clients)
            (client as IDisposable)?.Dispose();
        Print(name, (after - before) / (Clients - 1.0), "B");
    }

    /// <summary>Serves the same response to every request, until the process is ended.</summary>
    public static async Task ServeAsync()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(512);
        Console.WriteLine($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        const string Body = """{"request_id":"job-1","status":"IN_PROGRESS"}""";
        var response = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
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
                        if (!IsWhole(Encoding.ASCII.GetString(buffer, 0, length)))
                            continue;
                        length = 0;
                        await socket.SendAsync(response);
                    }
                }
            });
        }
    }

    // The only bodies are "{}", also in one chunk.
    private static bool IsWhole(string request) => !request.StartsWith("POST", StringComparison.Ordinal)
        ? request.EndsWith("\r\n\r\n", StringComparison.Ordinal)
        : request.EndsWith("\r\n\r\n{}", StringComparison.Ordinal) || request.EndsWith("\r\n{}\r\n0\r\n\r\n", StringComparison.Ordinal);

    private static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:F2} {unit}"));
}
