using BenchmarkDotNet.Running;
using Zoetrope.Benchmarks;

if (args is ["minima"])
    await Minima.PrintAsync(Console.Out);
else if (args is ["alloc", ..])
{
    var jobs = new JobBenchmarks();
    for (var i = 0; i < 3000; i++) { await jobs.ByHand(); await jobs.Zoetrope(); }
    using var l = new Ticks();
    var b = GC.GetTotalAllocatedBytes(true);
    var hand = args.Length > 1;
    for (var i = 0; i < 200000; i++)
        if (hand) await jobs.ByHand(); else await jobs.Zoetrope();
    var total = (GC.GetTotalAllocatedBytes(true) - b) / 200000.0;
    Console.WriteLine(total);
    await Task.Delay(500);
    var sum = l.Counts.Values.Sum();
    foreach (var (k, v) in l.Counts.OrderByDescending(p => p.Value).Take(60)) Console.WriteLine($"{total * v / sum,8:F0} {k}");
}
else if (args is ["jobs"])
    await Minima.JobsAsync(Console.Out);
else if (args is ["profile", ..])
{
    var jobs = new JobBenchmarks();
    var end = DateTime.UtcNow.AddSeconds(12);
    var hand = args.Length > 1;
    while (DateTime.UtcNow < end)
        for (var i = 0; i < 1000; i++)
            if (hand) await jobs.ByHand(); else await jobs.Zoetrope();
}
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);

sealed class Ticks : System.Diagnostics.Tracing.EventListener
{
    public readonly Dictionary<string, int> Counts = new();
    protected override void OnEventSourceCreated(System.Diagnostics.Tracing.EventSource s)
    { if (s.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(s, System.Diagnostics.Tracing.EventLevel.Verbose, (System.Diagnostics.Tracing.EventKeywords)1); }
    protected override void OnEventWritten(System.Diagnostics.Tracing.EventWrittenEventArgs e)
    { if (e.EventName!.StartsWith("GCAllocationTick")) lock (Counts ?? new()) { var n = (string)e.Payload![5]!; Counts![n] = Counts.GetValueOrDefault(n) + 1; } }
}
