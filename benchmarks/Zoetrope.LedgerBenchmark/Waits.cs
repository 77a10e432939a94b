using System.Diagnostics;
using System.Net;
using System.Text;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;

namespace Zoetrope.LedgerBenchmark;

/// <summary>
/// What many jobs in flight cost one worker: the bytes that each keeps, and the processor time of polls every 30 seconds. The provider is a handler in this
/// process that says that each job goes on.
/// </summary>
internal static class Waits
{
    public static async Task MeasureAsync(string folder, int count)
    {
        var provider = new Provider();
        using var http = new HttpClient(provider);
        using var fal = new FalClient(new FalClientOptions { ApiKey = "k", HttpClient = http });
        var options = new LedgerOptions { Clients = [fal], PollInterval = TimeSpan.FromSeconds(30) };
        await using var ledger = await JobLedger.OpenAsync(new SqliteLedgerStore(Path.Combine(folder, "waits.db")), options);
        for (var i = 0; i < count; i += 1000)
        {
            foreach (var job in await ledger.IntendAsync([.. Enumerable.Range(i, Math.Min(1000, count - i)).Select(Intents.Intent)]))
                _ = ledger.Store.AcceptAsync(job.Id, 0, new JobHandle("fal", job.EndpointId, Guid.NewGuid().ToString()), null, TimeSpan.Zero);
        }
        while ((await ledger.SummarizeAsync())[LedgerState.Accepted] < count)
            await Task.Delay(100);
        var idle = Settled();
        using var done = new CancellationTokenSource();
        var serving = ledger.ServeAsync(done.Token);
        while (provider.Polled < count)
            await Task.Delay(100);
        var kept = Settled() - idle;
        var (polls, cpu, clock) = (provider.Polls, Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(20));
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        polls = provider.Polls - polls;
        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        await done.CancelAsync();
        await serving;
        Console.WriteLine($"| bytes that each of {count:N0} jobs in flight keeps | {kept / (double)count:N0} | | |");
        Console.WriteLine($"| share of a processor at {polls / seconds:N0} polls a second | {used.TotalSeconds / seconds:P0} | | |");
        Console.WriteLine($"| processor time of a poll | {used.TotalMicroseconds / polls:0.0} us | | |");
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

    private sealed class Provider : HttpMessageHandler
    {
        private readonly HashSet<string> _seen = [];
        private int _polls;

        public int Polls => Volatile.Read(ref _polls);

        public int Polled
        {
            get
            {
                lock (_seen)
                    return _seen.Count;
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _polls);
            var id = request.RequestUri!.Segments[^2].TrimEnd('/');
            lock (_seen)
                _seen.Add(id);
            var body = Encoding.UTF8.GetBytes($$"""{"status":"IN_PROGRESS","request_id":"{{id}}"}""");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted)
            {
                RequestMessage = request,
                Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            });
        }
    }
}
