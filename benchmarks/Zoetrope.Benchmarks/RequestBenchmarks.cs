using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Zoetrope.Benchmarks.Peers;
using Zoetrope.Fal.Models;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Benchmarks;

/// <summary>A request becomes the bytes of an HTTP body.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private readonly KlingVideoO3ProImageToVideo.Request _ours = Samples.Request();
    private readonly PeerRequest _peer = PeerRequest.Sample();
    private readonly global::Peers.Kiota.Kling.Models.KlingVideoO3ProImageToVideoInput _kiota = KiotaPeer.Request();

    [GlobalSetup]
    public void Check() => Samples.RequireEqual(Zoetrope(), SystemTextJson(), Kiota(), Newtonsoft());

    [Benchmark(Baseline = true)]
    public byte[] Zoetrope() => JsonModel.ToUtf8(_ours);

    [Benchmark]
    public byte[] SystemTextJson() => JsonSerializer.SerializeToUtf8Bytes(_peer, PeerJson.Default.PeerRequest);

    [Benchmark]
    public byte[] Kiota() => KiotaPeer.Write(_kiota);

    [Benchmark]
    public byte[] Newtonsoft() => NewtonsoftPeer.Write(_peer);

    /// <summary>What no peer does before it sends.</summary>
    [Benchmark]
    public bool ZoetropeValidate() => ValidationResult.Of(_ours).IsValid;

    /// <summary>All that a submit does before it sends.</summary>
    [Benchmark]
    public byte[] ZoetropeValidateAndWrite() => ValidationResult.Of(_ours).IsValid ? JsonModel.ToUtf8(_ours) : throw new InvalidOperationException();
}
