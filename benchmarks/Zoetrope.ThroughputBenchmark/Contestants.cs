using System.Text.Json;
using Zoetrope.Benchmarks;
using Zoetrope.Benchmarks.Peers;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Operations;
using Zoetrope.ThroughputBenchmark.Models;

namespace Zoetrope.ThroughputBenchmark;

/// <summary>One of those that are compared; the first is what the others are compared with.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Call">What it does once.</param>
internal sealed record Contestant(string Name, Func<Task> Call);

/// <summary>The clients, each with connections of its own.</summary>
internal static class Contestants
{
    private const string Key = "id-1234567890:secret-abcdefgh";
    private const string Cursor = "b2Zmc2V0OjIw/+=";
    private const string Category = "image to video";

    // The id of a job, for requests whose responses nobody reads.
    private const string Job = "00000000000000000000000000000000";

    /// <summary>A call of an operation that returns a page.</summary>
    public static Contestant[] OfOperations(Uri server, Version version)
    {
        var root = server.AbsoluteUri.TrimEnd('/');
        var byHand = new HttpClientPeer(Client(version), Key, root);
        var alone = Client(version);
        var address = $"{root}/models?limit=20&cursor={Uri.EscapeDataString(Cursor)}&category={Uri.EscapeDataString(Category)}";
        return
        [
            new("by hand", () => byHand.ListAsync(20, Cursor, Category)),
            Ours("Zoetrope, with such an HttpClient", new() { HttpClient = Client(version) }),
            // These speak HTTP/1.1.
            .. version.Major == 1 ? [Ours("Zoetrope, connections of its own", new())] : Array.Empty<Contestant>(),
            new("HttpClient, bytes alone", () => alone.GetByteArrayAsync(address)),
        ];

        Contestant Ours(string name, ApiClientOptions options)
        {
            (options.ApiKey, options.BaseUrl) = (Key, server);
            var client = new ListingClient(options);
            return new(name, () => client.ListModelsAsync(new() { Limit = 20, Cursor = Cursor, Category = Category }));
        }
    }

    /// <summary>A whole job: it is submitted, complete at the third poll, and its result is requested. No client waits.</summary>
    public static Contestant[] OfJobs(Uri server)
    {
        var byHand = new HttpClientJobPeer(Client(new(1, 1)), Key, server.AbsoluteUri.TrimEnd('/'));
        var input = JsonSerializer.SerializeToUtf8Bytes(
            new PeerRequest { Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl }, JobPeerJson.Default.PeerRequest);
        return
        [
            new("by hand", () => byHand.RunAsync(new() { Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl })),
            Ours("Zoetrope, with such an HttpClient", new() { HttpClient = Client(new(1, 1)) }),
            Ours("Zoetrope, connections of its own", new()),
            new("HttpClient, bytes alone", () => byHand.ExchangeAsync(input, Job)),
        ];

        Contestant Ours(string name, FalClientOptions options)
        {
            (options.ApiKey, options.BaseUrl) = (Key, server);
            var model = new FalClient(options).Model(KlingVideoO3ProImageToVideo.Endpoint);
            return new(
                name, () => model.RunAsync(new() { Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl }, wait: new() { PollInterval = Samples.Pause }));
        }
    }

    private static HttpClient Client(Version version) => new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        DefaultRequestVersion = version,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
