namespace Zoetrope.WaitBenchmark;

/// <summary>What one client needed.</summary>
/// <param name="Rate">The polls a second.</param>
/// <param name="Processor">The processor time of a poll, in microseconds.</param>
/// <param name="Heap">The bytes that a wait keeps on the managed heap; zero where there is none.</param>
/// <param name="Committed">The bytes that the garbage collector holds for the heap, for each wait.</param>
/// <param name="Before">The resident bytes of the process before the waits.</param>
/// <param name="Resident">The resident bytes of the process for each wait.</param>
/// <param name="LateMedian">How late a poll comes, in milliseconds; half of them come earlier.</param>
/// <param name="LateMost">The same; 99 of 100 come earlier.</param>
internal sealed record Measurement(
    double Rate, double Processor, double Heap, double Committed, double Before, double Resident, double LateMedian, double LateMost);
