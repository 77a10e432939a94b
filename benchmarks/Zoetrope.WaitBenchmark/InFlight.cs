using System.Diagnostics;

namespace Zoetrope.WaitBenchmark;

/// <summary>Many waits of one client.</summary>
internal sealed class InFlight
{
    private readonly List<Task> _waits = [];

    /// <summary>Begins waits, spread over the time between two polls, and lets each poll twice more.</summary>
    public async Task BeginAsync(Func<string, Task> wait, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            if (StatusServer.Interval * i / count - Stopwatch.GetElapsedTime(start) is { Milliseconds: > 0 } ahead)
                await Task.Delay(ahead);
            _waits.Add(wait($"job-{i}"));
        }
        await Task.Delay(2 * StatusServer.Interval);
    }

    /// <summary>Fails where a wait has ended, because then fewer are measured.</summary>
    public async Task RequireAllAsync()
    {
        if (_waits.Find(task => task.IsCompleted) is { } ended)
        {
            await ended;
            throw new InvalidOperationException("A wait has ended.");
        }
    }

    /// <summary>The bytes on the managed heap, those that are held for it, and those of the process that are resident.</summary>
    public static (long Heap, long Committed, long Resident) Memory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), GC.GetGCMemoryInfo().TotalCommittedBytes, process.WorkingSet64);
    }
}
