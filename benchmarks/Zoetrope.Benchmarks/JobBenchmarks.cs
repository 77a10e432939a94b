using BenchmarkDotNet.Attributes;
using Zoetrope.Benchmarks.Peers;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Clients;

namespace Zoetrope.Benchmarks;

/// <summary>A whole job without a network: it is submitted, complete at the first poll, and its result is requested. No client waits.</summary>
[MemoryDiagnoser]
public class JobBenchmarks
{
    private const string Key = "id-1234567890:secret-abcdefgh";

    private static readonly byte[] Queued = Status("IN_QUEUE");
    private static readonly byte[] Completed = Status("COMPLETED");

    // The other members of a file may be null in fal's document, and NSwag's classes for them read neither texts nor numbers.
    private static readonly byte[] Result = """{"video":{"url":"https://v3b.example.com/files/b/0a8d0278/output.mp4"}}"""u8.ToArray();

    private readonly MemoryNetwork _network = new(Respond);
    private readonly FalClient _ours;
    private readonly IKlingApi _refit;
    private readonly global::Peers.NSwag.Kling.KlingClient _nswag;
    private readonly global::Peers.Kiota.Kling.KlingClient _kiota;

    public JobBenchmarks()
    {
        _ours = new FalClient(new() { HttpClient = new HttpClient(_network), ApiKey = Key, TimeProvider = new NoDelays() });
        _refit = RefitPeer.Kling(_network, Key);
        _nswag = NSwagPeer.Kling(_network, Key);
        _kiota = KiotaPeer.Kling(_network, Key);
    }

    [GlobalSetup]
    public async Task Check()
    {
        string?[] urls = [(await Zoetrope()).Value.Video.Url, (await Refit()).Video.Url, (await NSwag()).Video.Url, (await Kiota()).Video!.Url];
        if (urls.Distinct().Count() != 1 || _network.Count != 3 * urls.Length)
            throw new InvalidOperationException($"The clients disagree: {string.Join(", ", urls)}, in {_network.Count} requests");
    }

    [Benchmark(Baseline = true)]
    public Task<JobResult<KlingVideoO3ProImageToVideo.Result>> Zoetrope() =>
        _ours.Model(KlingVideoO3ProImageToVideo.Endpoint).RunAsync(new() { Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl });

    [Benchmark]
    public Task<PeerResult> Refit() => RefitPeer.RunAsync(_refit);

    [Benchmark]
    public Task<global::Peers.NSwag.Kling.KlingVideoO3ProImageToVideoOutput> NSwag() => NSwagPeer.RunAsync(_nswag);

    [Benchmark]
    public Task<global::Peers.Kiota.Kling.Models.KlingVideoO3ProImageToVideoOutput> Kiota() => KiotaPeer.RunAsync(_kiota);

    private static byte[] Respond(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post ? Queued
        : request.RequestUri!.AbsolutePath.EndsWith("/status", StringComparison.Ordinal) ? Completed
        : Result;

    private static byte[] Status(string status) => System.Text.Encoding.UTF8.GetBytes($$"""
        {"status":"{{status}}","request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b"}
        """);

    /// <summary>The waits between polls are over at once; deadlines are not.</summary>
    private sealed class NoDelays : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, state is CancellationTokenSource ? dueTime : TimeSpan.Zero, period);
    }
}
