using System.Diagnostics;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>How long something took, and the processor time of all threads meanwhile, in milliseconds. The second says more on a busy machine.</summary>
internal sealed record Cost(double Milliseconds, double Processor)
{
    /// <summary>The one in the middle of several, by its time.</summary>
    public static Cost Median(int count, Func<Cost> measure) =>
        Enumerable.Range(0, count).Select(_ => measure()).OrderBy(cost => cost.Milliseconds).ElementAt(count / 2);

    public static (T Result, Cost Cost) Of<T>(Func<T> work)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = work();
        return (result, new(clock.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds));
    }
}
