using System.Diagnostics;

namespace Zoetrope.ThroughputBenchmark;

/// <summary>Contestants that take turns, sixteen calls at once.</summary>
internal static class Turns
{
    private const int Concurrency = 16;

    // The runtime compiles for some eight seconds of a client's rounds.
    private const int WarmRounds = 16;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(0.5);

    /// <summary>The medians of each contestant's figures.</summary>
    public static async Task<Figures[]> RunAsync(Contestant[] contestants, int rounds)
    {
        var figures = contestants.Select(static _ => new List<Figures>()).ToArray();
        for (var round = -WarmRounds; round < rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                var one = await MeasureAsync(contestants[i].Call);
                if (round >= 0)
                    figures[i].Add(one);
            }
        }
        return [.. figures.Select(static all => new Figures(
            Median(all.Select(static one => one.Rate)), Median(all.Select(static one => one.Processor)), Median(all.Select(static one => one.Bytes))))];
    }

    private static async Task<Figures> MeasureAsync(Func<Task> call)
    {
        var (start, used, allocated) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        var counts = await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < Span; count++)
                await call();
            return count;
        })));
        var (calls, elapsed) = (counts.Sum(), Stopwatch.GetElapsedTime(start).TotalSeconds);
        return new Figures(
            calls / elapsed,
            (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / calls,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / calls);
    }

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

/// <summary>What a contestant does.</summary>
/// <param name="Rate">The calls a second.</param>
/// <param name="Processor">The processor time of a call, in microseconds.</param>
/// <param name="Bytes">The bytes that a call allocates.</param>
internal readonly record struct Figures(double Rate, double Processor, double Bytes);
