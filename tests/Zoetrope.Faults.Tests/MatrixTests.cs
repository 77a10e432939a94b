using System.Collections.Concurrent;
using System.Diagnostics;

namespace Zoetrope.Faults.Tests;

/// <summary>Every call with every fault. <c>README.md</c> beside it says how to run all of it, and one cell.</summary>
public sealed class MatrixTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_promise_is_broken_by_any_fault()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> note = (_, unseen) => unobserved.Enqueue(unseen.Exception);
        TaskScheduler.UnobservedTaskException += note;
        using var report = new Report();
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Slices.Cells.Where(cell => !cell.IsHeavy),
            new ParallelOptions { MaxDegreeOfParallelism = Slices.Beside },
            async (cell, _) => await TryAsync(cell, report));
        foreach (var cell in Slices.Cells.Where(cell => cell.IsHeavy))
            await TryAsync(cell, report);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= note;

        output.WriteLine($"{Slices.Cells.Count} cells in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, {report.Violations.Count} violated.");
        Assert.True(
            report.Violations.Count == 0,
            $"{report.Violations.Count} of {Slices.Cells.Count} cells:\n{string.Join("\n", report.Violations.Order(StringComparer.Ordinal))}");
        Assert.Empty(unobserved);
    }

    [Fact]
    public void Every_fault_and_every_call_is_in_the_slice()
    {
        var slice = Cell.All.Where(Slices.IsInSlice).ToList();

        Assert.Empty(CallList.All.Except(slice.Select(cell => cell.Call)));
        Assert.Empty(FaultList.All.Where(fault => !fault.IsHeavy).Except(slice.Select(cell => cell.Fault)));
        Assert.Empty(Http2Faults.All.Select(fault => fault.Facts).Except(slice.Select(cell => cell.Fault)));
        Assert.All(CallList.All, call => Assert.True(Cell.All.Count(cell => cell.Call == call) >= 120));
    }

    private static async Task TryAsync(Cell cell, Report report)
    {
        IReadOnlyList<string> broken;
        try
        {
            broken = Judge.Violations(await CellRunner.RunAsync(cell));
        }
        catch (Exception exception)
        {
            // The matrix itself failed here; the other cells are tried all the same.
            broken = [exception.ToString()];
        }
        report.Add(cell, broken);
    }
}
