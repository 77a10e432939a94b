using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Zoetrope.Benchmarks.Peers;
using Zoetrope.Fal.Models;
using Zoetrope.Json;

namespace Zoetrope.Benchmarks;

/// <summary>The bytes of an HTTP body become a result.</summary>
[MemoryDiagnoser]
public class ResultBenchmarks
{
    private readonly byte[] _json = Samples.ResultJson;

    [GlobalSetup]
    public void Check()
    {
        string[] urls = [Zoetrope().Video.Url, SystemTextJson().Video.Url, KiotaPeer.ReadAsync(_json).Result.Video!.Url!, Newtonsoft().Video.Url];
        if (urls.Distinct().Count() != 1)
            throw new InvalidOperationException("The serializers disagree: " + string.Join(", ", urls));
    }

    [Benchmark(Baseline = true)]
    public KlingVideoO3ProImageToVideo.Result Zoetrope() => JsonModel.FromUtf8<KlingVideoO3ProImageToVideo.Result>(_json);

    [Benchmark]
    public PeerResult SystemTextJson() => JsonSerializer.Deserialize(_json, PeerJson.Default.PeerResult)!;

    [Benchmark]
    public object Kiota() => KiotaPeer.ReadAsync(_json).GetAwaiter().GetResult();

    [Benchmark]
    public PeerResult Newtonsoft() => NewtonsoftPeer.Read(_json);
}
