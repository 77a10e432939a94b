using System.Diagnostics;
using Zoetrope.Benchmarks.Peers;
using Zoetrope.ThroughputBenchmark.Models;

namespace Zoetrope.ThroughputBenchmark;

/// <summary>The clients, each with connections of its own, which call in turn, sixteen calls at once.</summary>
internal sealed class Turns : IDisposable
{
    private const int Concurrency = 16;
    private const string Key = "id-1234567890:secret-abcdefgh";
    private const string Cursor = "b2Zmc2V0OjIw/+=";
    private const string Category = "image to video";

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(0.5);

    private readonly HttpClient[] _clients;
    private readonly Func<Task>[] _calls;

    public Turns(Uri server, Version version)
    {
        _clients = [Client(version), Client(version), Client(version)];
        var root = server.AbsoluteUri.TrimEnd('/');
        var byHand = new HttpClientPeer(_clients[0], Key, root);
        var ours = new ListingClient(new() { HttpClient = _clients[1], ApiKey = Key, BaseUrl = server });
        var address = $"{root}/models?limit=20&cursor={Uri.EscapeDataString(Cursor)}&category={Uri.EscapeDataString(Category)}";
        _calls =
        [
            () => byHand.ListAsync(20, Cursor, Category),
            () => ours.ListModelsAsync(new() { Limit = 20, Cursor = Cursor, Category = Category }),
            () => _clients[2].GetByteArrayAsync(address),
        ];
    }

    /// <summary>The medians of each client's figures: by hand, ours, and bytes alone.</summary>
    public async Task<Figures[]> RunAsync(int rounds)
    {
        var figures = _calls.Select(static _ => new List<Figures>()).ToArray();
        // The first rounds are compiled just in time.
        const int Warm = 4;
        for (var round = -Warm; round < rounds; round++)
        {
            for (var i = 0; i < _calls.Length; i++)
            {
                var one = await MeasureAsync(_calls[i]);
                if (round >= 0)
                    figures[i].Add(one);
            }
        }
        return [.. figures.Select(static all => new Figures(Median(all.Select(static one => one.Rate)), Median(all.Select(static one => one.Processor))))];
    }

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
    }

    private static async Task<Figures> MeasureAsync(Func<Task> call)
    {
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var counts = await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < Span; count++)
                await call();
            return count;
        })));
        var calls = counts.Sum();
        return new Figures(calls / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / calls);
    }

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static HttpClient Client(Version version) => new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        DefaultRequestVersion = version,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}

/// <summary>What a client does.</summary>
/// <param name="Rate">The calls a second.</param>
/// <param name="Processor">The processor time of a call, in microseconds.</param>
internal readonly record struct Figures(double Rate, double Processor);
