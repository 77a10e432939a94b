using System.Net.Http.Headers;
using Peers.NSwag.Kling;
using Peers.NSwag.Listing;

namespace Zoetrope.Benchmarks.Peers;

/// <summary>The clients that NSwag generates for System.Text.Json.</summary>
internal static class NSwagPeer
{
    public static ListingClient Listing(HttpMessageHandler network, string key) => new(Http(network, "Bearer", key));

    public static KlingClient Kling(HttpMessageHandler network, string key) => new(Http(network, "Key", key));

    public static async Task<KlingVideoO3ProImageToVideoOutput> RunAsync(KlingClient client)
    {
        // A prompt may be null in fal's document; the class that is generated for it has no room for a text, so none is sent.
        var job = await client.ImageToVideoAsync(new() { Image_url = Samples.ImageUrl });
        while ((await client.StatusAsync(job.Request_id, null)).Status != QueueStatusStatus.COMPLETED)
            await Task.Delay(Samples.Pause);
        return await client.RequestsAsync(job.Request_id);
    }

    private static HttpClient Http(HttpMessageHandler network, string scheme, string key) =>
        new(network) { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue(scheme, key) } };
}
