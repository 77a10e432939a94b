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

    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "{\"models\":[" + string.Join(',', Enumerable.Range(1, 5).Select(
            static i => $$"""{"endpoint_id":"fal-ai/model-{{i}}/image-to-video","title":"Model {{i}}","unit_price":0.{{i}}5}"""))
        + "],\"next_cursor\":null,\"has_more\":false}");

    private readonly MemoryNetwork _network = new(static _ => Page);
    private readonly ListingClient _ours;
    private readonly HttpClientPeer _handWritten;
    private readonly IListingApi _refit;
    private readonly global::Peers.NSwag.Listing.ListingClient _nswag;
    private readonly global::Peers.Kiota.Listing.ListingClient _kiota;

    public OperationBenchmarks()
    {
        var http = new HttpClient(_network);
        _ours = new ListingClient(new() { HttpClient = http, ApiKey = Key });
        _handWritten = new HttpClientPeer(http, Key);
        _refit = RefitPeer.Listing(_network, Key);
        _nswag = NSwagPeer.Listing(_network, Key);
        _kiota = KiotaPeer.Listing(_network, Key);
    }

    [GlobalSetup]
    public async Task Check()
    {
        var prices = new List<double?>
        {
            (await Zoetrope()).Models![^1].UnitPrice,
            (await HandWritten()).Models![^1].UnitPrice,
            (await Refit()).Models![^1].UnitPrice,
            (await NSwag()).Models.Last().Unit_price,
            (await Kiota())!.Models![^1].UnitPrice,
        };
        var addresses = new HashSet<string>();
        foreach (var call in new Func<Task>[] { Zoetrope, HandWritten, Refit, NSwag, Kiota })
        {
            await call();
            addresses.Add(string.Join('&', new Uri(_network.Last).Query.TrimStart('?').Split('&').Select(Uri.UnescapeDataString).Order()));
        }
        if (prices.Distinct().Count() != 1 || addresses.Count != 1)
            throw new InvalidOperationException($"The clients disagree: {string.Join(", ", prices)}; {string.Join(" and ", addresses)}");
    }

    [Benchmark(Baseline = true)]
    public Task<Listing.ModelPage> Zoetrope() => _ours.ListModelsAsync(new() { Limit = 20, Cursor = Cursor, Category = Category });

    [Benchmark]
    public Task<PeerPage> HandWritten() => _handWritten.ListAsync(20, Cursor, Category);

    [Benchmark]
    public Task<PeerPage> Refit() => _refit.ListAsync(20, Cursor, Category);

    [Benchmark]
    public Task<global::Peers.NSwag.Listing.ModelPage> NSwag() => _nswag.ListModelsAsync(20, Cursor, Category);

    [Benchmark]
    public Task<global::Peers.Kiota.Listing.Models.ModelPage?> Kiota() => _kiota.Models.GetAsync(static request =>
    {
        request.QueryParameters.Limit = 20;
        request.QueryParameters.Cursor = Cursor;
        request.QueryParameters.Category = Category;
    });
}
