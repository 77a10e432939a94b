using System.Diagnostics;
using Zoetrope.Fal;
using Zoetrope.Jobs;

namespace Zoetrope.LedgerBenchmark;

/// <summary>
/// What many jobs in flight cost one worker that polls each every five seconds: the bytes that each keeps, processor time, and how long after its end at the
/// provider a job has ended in the ledger. The provider is a handler in this process, and the same exchange with HttpClient alone shows what is the client's.
/// </summary>
internal static class Waits
{
    private const int Ends = 5_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    public static async Task MeasureAsync(Database database, int count)
    {
        var provider = new WaitsProvider();
        using var http = new HttpClient(provider);
        using var fal = new FalClient(new FalClientOptions { ApiKey = "k", HttpClient = http });
        var options = new LedgerOptions { Clients = [fal], PollInterval = Interval };
        await using var ledger = await JobLedger.OpenAsync(database.Open(database.NewLedger()), options);
        var handles = await AcceptAsync(ledger, count);
        var idle = Settled();
        using var done = new CancellationTokenSource();
        var serving = ledger.ServeAsync(done.Token);
        while (provider.Polled < count)
            await Task.Delay(100);
        var kept = Settled() - idle;
        // Until the queue that the start has left is short again.
        await Task.Delay(2 * Interval);

        var (polls, cpu, clock) = (provider.Polls, Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(Span);
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        polls = provider.Polls - polls;

        var late = await LatenessAsync(ledger, provider, handles);
        await done.CancelAsync();
        await serving;
        var alone = await AloneAsync(provider, http);
        var what = $"{database.Name}, {count:N0} jobs in flight, a poll of each every {Interval.TotalSeconds:N0} s";
        Console.WriteLine($"| {what}: bytes that a job keeps, what the provider here keeps of it included | {kept / (double)count:N0} | | |");
        Console.WriteLine($"| {what}: share of a processor, at {polls / seconds:N0} polls a second | {used.TotalSeconds / seconds:P0} | | |");
        Console.WriteLine($"| {what}: processor time of a poll; by hand: HttpClient alone | {used.TotalMicroseconds / polls:0.0} us | {alone:0.0} us | |");
        Console.WriteLine(
            $"| {what}: from the end at the provider to the end in the ledger, p50 / p99 | {late[late.Count / 2]:0.00} s / {late[late.Count * 99 / 100]:0.00} s"
            + $" | | {late[late.Count * 99 / 100] / Interval.TotalSeconds:0.00} of the interval |");
    }

    private static async Task<List<JobHandle>> AcceptAsync(JobLedger ledger, int count)
    {
        var handles = new List<JobHandle>(count);
        for (var i = 0; i < count; i += 1000)
        {
            foreach (var job in await ledger.IntendAsync([.. Enumerable.Range(i, Math.Min(1000, count - i)).Select(Intents.Intent)]))
            {
                handles.Add(new JobHandle("fal", job.EndpointId, Guid.NewGuid().ToString()));
                _ = ledger.Store.AcceptAsync(job.Id, 0, handles[^1], null, TimeSpan.Zero);
            }
        }
        while ((await ledger.SummarizeAsync())[LedgerState.Accepted] < count)
            await Task.Delay(100);
        return handles;
    }

    /// <summary>Ends some of the jobs, one after the other, and waits until the ledger has all of them.</summary>
    /// <returns>The seconds that each took, in order.</returns>
    private static async Task<List<double>> LatenessAsync(JobLedger ledger, WaitsProvider provider, List<JobHandle> handles)
    {
        var after = await ledger.Store.LastEventAsync();
        var start = DateTimeOffset.UtcNow;
        var ends = handles.Take(Ends).Select((handle, i) => (handle.JobId, At: start + (Span * i / Ends))).ToDictionary(end => end.JobId, end => end.At);
        provider.End(ends);
        while ((await ledger.SummarizeAsync())[LedgerState.Delivered] < ends.Count)
            await Task.Delay(100);
        var handleOf = new Dictionary<string, string>();
        await foreach (var job in ledger.ListAsync(new() { States = [LedgerState.Delivered], Limit = 1000, WithoutContent = true }))
            handleOf[job.Id] = job.Handle!.JobId;
        var late = new List<double>();
        await foreach (var entry in ledger.EventsAsync(after: after))
        {
            if (entry.Kind == LedgerEventKind.Ended)
                late.Add((entry.At - ends[handleOf[entry.JobId]]).TotalSeconds);
        }
        late.Sort();
        return late.Count == ends.Count ? late : throw new InvalidOperationException($"{late.Count} of {ends.Count} jobs have ended.");
    }

    /// <summary>The processor time of the same exchange, with a status that is read and a deadline, in microseconds.</summary>
    private static async Task<double> AloneAsync(WaitsProvider provider, HttpClient http)
    {
        const int Polls = 200_000;
        var uri = provider.StatusOf(Guid.NewGuid().ToString());
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < Polls; i++)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            request.Headers.Authorization = new("Key", "k");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            using var document = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(deadline.Token));
            if (document.RootElement.GetProperty("status").GetString() != "IN_PROGRESS")
                throw new InvalidOperationException("The job goes on.");
        }
        return (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / Polls;
    }

    private static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
