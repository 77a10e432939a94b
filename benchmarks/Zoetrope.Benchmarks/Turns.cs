using System.Diagnostics;
using System.Globalization;

namespace Zoetrope.Benchmarks;

/// <summary>
/// The least of many short rounds, in which calls take turns in one process. On a busy machine, where means say little, these minima repeat to a few percent.
/// </summary>
internal static class Turns
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(20);

    /// <summary>Prints a table with ratios to one of the calls.</summary>
    public static async Task PrintAsync(TextWriter output, string title, string baseline, int calls, IReadOnlyList<Contestant> contestants)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Time;)
        {
            foreach (var contestant in contestants)
                await contestant.RunAsync(calls);
        }
        var against = contestants.Single(contestant => contestant.Name == baseline);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n| {title} | minimum | ratio | allocated | ratio |\n|---|---|---|---|---|"));
        foreach (var contestant in contestants)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {contestant.Name} | {contestant.Nanoseconds:N0} ns | {contestant.Nanoseconds / against.Nanoseconds:F2} | {contestant.Bytes:N0} B "
                + $"| {contestant.Bytes / against.Bytes:F2} |"));
        }
    }
}

/// <summary>A call that takes turns with others.</summary>
/// <param name="name">Its name in the table.</param>
/// <param name="call">Makes it; null where it has ended when this returns.</param>
internal sealed class Contestant(string name, Func<Task?> call)
{
    public string Name => name;

    public double Nanoseconds { get; private set; } = double.MaxValue;

    public double Bytes { get; private set; } = double.MaxValue;

    public static Contestant Of(string name, Func<bool> test) => new(name, () => test() ? null : throw new InvalidOperationException(name));

    public static Contestant Of(string name, Func<object?> call) => new(name, () =>
    {
        GC.KeepAlive(call());
        return null;
    });

    public async Task RunAsync(int calls)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            if (call() is { } task)
                await task.ConfigureAwait(false);
        }
        Nanoseconds = Math.Min(Nanoseconds, Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls);
        Bytes = Math.Min(Bytes, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)calls);
    }
}
