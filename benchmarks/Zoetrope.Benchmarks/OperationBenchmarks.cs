using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Zoetrope.Benchmarks.Models;
using Zoetrope.Benchmarks.Peers;

namespace Zoetrope.Benchmarks;

/// <summary>One call of a generated client, without a network: three parameters in the query, and a page of five entries as the response.</summary>
[MemoryDiagnoser]
public class OperationBenchmarks
{
    private const string Key = "id-1234567890:secret-abcdefgh";
    private const string Cursor = "b2Zmc2V0OjIw/+=";
    private const string Category = "image to video";

    private readonly Memory _network = new();
    private readonly HttpClient _http;
    private readonly ListingClient _ours;
    private readonly HttpClientPeer _peer;

    public OperationBenchmarks()
    {
        _http = new HttpClient(_network);
        _ours = new ListingClient(new() { HttpClient = _http, ApiKey = Key });
        _peer = new HttpClientPeer(_http, Key);
    }

    [GlobalSetup]
    public async Task Check()
    {
        var ours = await Zoetrope();
        var address = _network.Last;
        var peer = await HandWritten();
        if (address != _network.Last || ours.Models?.Count != peer.Models?.Count || ours.Models![^1].UnitPrice != peer.Models![^1].UnitPrice)
            throw new InvalidOperationException($"The clients disagree: {address} and {_network.Last}");
    }

    [Benchmark(Baseline = true)]
    public Task<Listing.ModelPage> Zoetrope() => _ours.ListModelsAsync(new() { Limit = 20, Cursor = Cursor, Category = Category });

    [Benchmark]
    public Task<PeerPage> HandWritten() => _peer.ListAsync(20, Cursor, Category);

    /// <summary>Responds at once from memory.</summary>
    private sealed class Memory : HttpMessageHandler
    {
        private static readonly byte[] Page = Encoding.UTF8.GetBytes(
            "{\"models\":[" + string.Join(',', Enumerable.Range(1, 5).Select(
                static i => $$"""{"endpoint_id":"fal-ai/model-{{i}}/image-to-video","title":"Model {{i}}","unit_price":0.{{i}}5}"""))
            + "],\"next_cursor\":null,\"has_more\":false}");

        public string Last { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Last = request.RequestUri!.AbsoluteUri;
            var content = new ByteArrayContent(Page);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
        }
    }
}
