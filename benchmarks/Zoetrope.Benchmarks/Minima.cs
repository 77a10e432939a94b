using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Zoetrope.Benchmarks;

/// <summary>
/// The least of many short rounds, in which the methods of a class take turns in one process. On a busy machine, where means say little, these minima repeat
/// to a few percent.
/// </summary>
internal static class Minima
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(20);

    /// <summary>Prints a table for each class, with ratios to one of its methods.</summary>
    public static async Task PrintAsync(TextWriter output)
    {
        await PrintAsync<RequestBenchmarks>(output, "request to bytes", nameof(RequestBenchmarks.SystemTextJson), calls: 300);
        await PrintAsync<ResultBenchmarks>(output, "bytes to result", nameof(ResultBenchmarks.SystemTextJson), calls: 300);
        await PrintAsync<OperationBenchmarks>(output, "operation", nameof(OperationBenchmarks.HandWritten), calls: 100);
        await PrintAsync<JobBenchmarks>(output, "job", nameof(JobBenchmarks.ByHand), calls: 40);
    }

    private static async Task PrintAsync<T>(TextWriter output, string title, string baseline, int calls)
        where T : new()
    {
        var instance = new T();
        if (typeof(T).GetMethods().Single(method => method.IsDefined(typeof(GlobalSetupAttribute))).Invoke(instance, null) is Task check)
            await check;
        var contestants = typeof(T).GetMethods().Where(method => method.IsDefined(typeof(BenchmarkAttribute)))
            .Select(method => new Contestant(method.Name, CallOf(instance, method))).ToList();
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

    private static Func<Task?> CallOf(object instance, MethodInfo method)
    {
        if (method.ReturnType.IsAssignableTo(typeof(Task)))
            return method.CreateDelegate<Func<Task>>(instance);
        if (method.ReturnType == typeof(bool))
        {
            var test = method.CreateDelegate<Func<bool>>(instance);
            return () => test() ? null : throw new InvalidOperationException(method.Name);
        }
        var call = method.CreateDelegate<Func<object?>>(instance);
        return () =>
        {
            GC.KeepAlive(call());
            return null;
        };
    }

    private sealed class Contestant(string name, Func<Task?> call)
    {
        public string Name => name;

        public double Nanoseconds { get; private set; } = double.MaxValue;

        public double Bytes { get; private set; } = double.MaxValue;

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
}
