using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Zoetrope.Benchmarks.Models;
using Zoetrope.Benchmarks.Peers;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Clients;

namespace Zoetrope.Benchmarks;

/// <summary>
/// A whole job without a network: it is submitted, complete at the third poll, and its result is requested. No client waits. The generated protocol is that of
/// <c>specs/queue.jobs.json</c>, which declares fal's queue.
/// </summary>
[MemoryDiagnoser]
public class JobBenchmarks
{
    private const string Key = "id-1234567890:secret-abcdefgh";
    private const string JobId = "764cabcf-b745-4b3e-ae38-1200304cf45b";

    private static readonly byte[] Queued = Status("IN_QUEUE");
    private static readonly byte[] Running = Status("IN_PROGRESS");
    private static readonly byte[] Completed = Status("COMPLETED");

    // The other members of a file may be null in fal's document, and NSwag's classes for them read neither texts nor numbers.
    private static readonly byte[] Result = """{"video":{"url":"https://v3b.example.com/files/b/0a8d0278/output.mp4"}}"""u8.ToArray();

    private static readonly byte[] Input = JsonSerializer.SerializeToUtf8Bytes(Request(), JobPeerJson.Default.PeerRequest);

    private readonly MemoryNetwork _network;
    private readonly FalClient _ours;
    private readonly QueueClient _generated;
    private readonly HttpClientJobPeer _byHand;
    private readonly IKlingApi _refit;
    private readonly global::Peers.NSwag.Kling.KlingClient _nswag;
    private readonly global::Peers.Kiota.Kling.KlingClient _kiota;
    private int _polls;

    public JobBenchmarks()
    {
        _network = new MemoryNetwork(Respond);
        _ours = new FalClient(new() { HttpClient = new HttpClient(_network), ApiKey = Key });
        _generated = new QueueClient(new QueueClientOptions { HttpClient = new HttpClient(_network), ApiKey = Key });
        _byHand = new HttpClientJobPeer(new HttpClient(_network), Key);
        _refit = RefitPeer.Kling(_network, Key);
        _nswag = NSwagPeer.Kling(_network, Key);
        _kiota = KiotaPeer.Kling(_network, Key);
    }

    [GlobalSetup]
    public async Task Check()
    {
        string?[] urls =
        [
            (await Zoetrope()).Value.Video.Url, (await Generated()).Value.Video.Url, (await ByHand()).Video.Url, (await Refit()).Video.Url,
            (await NSwag()).Video.Url, (await Kiota()).Video!.Url,
        ];
        await HttpClientAlone();
        if (urls.Distinct().Count() != 1 || _network.Count != (Samples.Polls + 2) * (urls.Length + 1))
            throw new InvalidOperationException($"The clients disagree: {string.Join(", ", urls)}, in {_network.Count} requests");
    }

    [Benchmark(Baseline = true)]
    public Task<PeerResult> ByHand() => _byHand.RunAsync(Request());

    [Benchmark]
    public Task<JobResult<KlingVideoO3ProImageToVideo.Result>> Zoetrope() => _ours.Model(KlingVideoO3ProImageToVideo.Endpoint).RunAsync(
        new() { Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl }, wait: new() { PollInterval = Samples.Pause });

    [Benchmark]
    public Task<JobResult<Clip.Result>> Generated() => _generated.Model(Clip.Endpoint).RunAsync(
        new() { Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl }, wait: new() { PollInterval = Samples.Pause });

    [Benchmark]
    public Task<byte[]> HttpClientAlone() => _byHand.ExchangeAsync(Input, JobId);

    [Benchmark]
    public Task<PeerResult> Refit() => RefitPeer.RunAsync(_refit);

    [Benchmark]
    public Task<global::Peers.NSwag.Kling.KlingVideoO3ProImageToVideoOutput> NSwag() => NSwagPeer.RunAsync(_nswag);

    [Benchmark]
    public Task<global::Peers.Kiota.Kling.Models.KlingVideoO3ProImageToVideoOutput> Kiota() => KiotaPeer.RunAsync(_kiota);

    private byte[] Respond(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Post)
        {
            _polls = 0;
            return Queued;
        }
        if (!request.RequestUri!.AbsolutePath.EndsWith("/status", StringComparison.Ordinal))
            return Result;
        return ++_polls < Samples.Polls ? Running : Completed;
    }

    private static PeerRequest Request() => new() { Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl };

    // As in fal's responses.
    private static byte[] Status(string status)
    {
        const string Url = $"https://queue.fal.run/fal-ai/kling-video/requests/{JobId}";
        return Encoding.UTF8.GetBytes(
            $$"""{"status":"{{status}}","request_id":"{{JobId}}","response_url":"{{Url}}","status_url":"{{Url}}/status","cancel_url":"{{Url}}/cancel"}""");
    }
}
