using System.Net.Http.Headers;
using Refit;

namespace Zoetrope.Benchmarks.Peers;

/// <summary>The operations as one declares them for Refit, whose source generator writes the client; with System.Text.Json source generation.</summary>
internal static class RefitPeer
{
    public static IListingApi Listing(HttpMessageHandler network, string key) =>
        RestService.ForGenerated<IListingApi>(Http(network, "https://api.example.com/v1", "Bearer", key), PagePeerJson.Default);

    public static IKlingApi Kling(HttpMessageHandler network, string key) =>
        RestService.ForGenerated<IKlingApi>(Http(network, "https://queue.fal.run", "Key", key), JobPeerJson.Default);

    public static async Task<PeerResult> RunAsync(IKlingApi api)
    {
        var job = await api.SubmitAsync(new() { Prompt = Samples.FirstShot, ImageUrl = Samples.ImageUrl });
        while ((await api.StatusAsync(job.RequestId)).Status != "COMPLETED")
            await Task.Delay(Samples.Pause);
        return await api.ResultAsync(job.RequestId);
    }

    private static HttpClient Http(HttpMessageHandler network, string url, string scheme, string key) => new(network)
    {
        BaseAddress = new Uri(url),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue(scheme, key) },
    };
}

public interface IListingApi
{
    [Get("/models")]
    Task<PeerPage> ListAsync(long? limit, string? cursor, string? category);
}

public interface IKlingApi
{
    [Post("/fal-ai/kling-video/o3/pro/image-to-video")]
    Task<PeerJob> SubmitAsync([Body] PeerRequest request);

    [Get("/fal-ai/kling-video/o3/pro/image-to-video/requests/{id}/status")]
    Task<PeerJob> StatusAsync(string id);

    [Get("/fal-ai/kling-video/o3/pro/image-to-video/requests/{id}")]
    Task<PeerResult> ResultAsync(string id);
}
