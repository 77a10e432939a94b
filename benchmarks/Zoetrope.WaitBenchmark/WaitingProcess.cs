using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Zoetrope.WaitBenchmark;

/// <summary>The process of one client: it begins the waits, and measures what they keep and use once all have begun.</summary>
internal static class WaitingProcess
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(string client, Uri server, int count)
    {
        using var http = new HttpClient();
        var wait = Clients.WaitOf(client, server);
        // What is made once is not of a wait.
        _ = wait("first");
        await Task.Delay(StatusServer.Interval * 1.5);

        var (heap, committed, resident) = InFlight.Memory();
        var waits = new InFlight();
        await waits.BeginAsync(wait, count);

        await http.GetStringAsync(new Uri(server, StatusServer.Reset));
        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(Span);
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds;
        var counts = await http.GetFromJsonAsync<StatusCounts>(new Uri(server, StatusServer.Counts)) ?? throw new InvalidOperationException("The server counts nothing.");
        var (heapNow, committedNow, residentNow) = InFlight.Memory();
        await waits.RequireAllAsync();
        var result = new Measurement(
            counts.Polls / Stopwatch.GetElapsedTime(clock).TotalSeconds,
            used / counts.Polls,
            (heapNow - heap) / (double)count,
            (committedNow - committed) / (double)count,
            resident,
            (residentNow - resident) / (double)count,
            counts.Median,
            counts.Most);
        Console.WriteLine(JsonSerializer.Serialize(result));
        // The waits would go on.
        Environment.Exit(0);
    }
}
