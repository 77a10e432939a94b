using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Zoetrope.Benchmarks;

/// <summary>The benchmarks of a class in turn: <see cref="Turns"/>.</summary>
internal static class Minima
{
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
            .Select(method => ContestantOf(instance, method)).ToList();
        await Turns.PrintAsync(output, title, baseline, calls, contestants);
    }

    private static Contestant ContestantOf(object instance, MethodInfo method)
    {
        if (method.ReturnType.IsAssignableTo(typeof(Task)))
            return new(method.Name, method.CreateDelegate<Func<Task>>(instance));
        return method.ReturnType == typeof(bool)
            ? Contestant.Of(method.Name, method.CreateDelegate<Func<bool>>(instance))
            : Contestant.Of(method.Name, method.CreateDelegate<Func<object?>>(instance));
    }
}
