using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Zoetrope.Fal;
using Zoetrope.Jobs;

namespace Zoetrope.WaitBenchmark;

/// <summary>The process of one client: it begins the waits, and measures what they keep and use once all have begun.</summary>
internal static class WaitingProcess
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);
    private static readonly WaitOptions Options = new() { PollInterval = StatusServer.Interval };

    public static async Task RunAsync(string client, Uri server, int count)
    {
        using var http = new HttpClient();
        using var fal = new FalClient(new FalClientOptions { ApiKey = "k", BaseUrl = server, Jitter = new Steady() });
        Func<string, Task> wait = client == "Zoetrope"
            ? id => fal.Resume(new JobHandle("fal", "fal-ai/kling-video", id)).WaitAsync(Options)
            : id => LoopByHand.WaitAsync(http, new Uri(server, $"/fal-ai/kling-video/requests/{id}/status"));
        // What is made once is not of a wait.
        _ = wait("first");
        await Task.Delay(StatusServer.Interval * 1.5);

        var (heap, resident) = Memory();
        var waits = new List<Task>(count);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            if (StatusServer.Interval * i / count - Stopwatch.GetElapsedTime(start) is { Milliseconds: > 0 } ahead)
                await Task.Delay(ahead);
            waits.Add(wait($"job-{i}"));
        }
        await Task.Delay(2 * StatusServer.Interval);

        await http.GetStringAsync(new Uri(server, StatusServer.Reset));
        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(Span);
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds;
        var counts = await http.GetFromJsonAsync<StatusCounts>(new Uri(server, StatusServer.Counts)) ?? throw new InvalidOperationException("The server counts nothing.");
        var (heapNow, residentNow) = Memory();
        if (waits.Find(task => task.IsCompleted) is { } ended)
            await ended;
        var result = new Measurement(
            counts.Polls / Stopwatch.GetElapsedTime(clock).TotalSeconds,
            used / counts.Polls,
            (heapNow - heap) / (double)count,
            (residentNow - resident) / (double)count,
            counts.Median,
            counts.Most);
        Console.WriteLine(JsonSerializer.Serialize(result));
        // The waits would go on.
        Environment.Exit(0);
    }

    private static (long Heap, long Resident) Memory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
    }

    /// <summary>No jitter, so that it is known when a poll is due.</summary>
    private sealed class Steady : Random
    {
        public override double NextDouble() => 0.5;
    }
}
