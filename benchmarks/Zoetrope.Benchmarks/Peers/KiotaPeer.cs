using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Serialization.Json;
using Peers.Kiota.Kling;
using Peers.Kiota.Kling.Models;
using Peers.Kiota.Listing;

namespace Zoetrope.Benchmarks.Peers;

/// <summary>The clients that Kiota generates, with the handlers of its own factory, as its users get them.</summary>
internal static class KiotaPeer
{
    private static readonly JsonParseNodeFactory ParseNodes = new();

    public static ListingClient Listing(HttpMessageHandler network, string key) => new(Adapter(network, "Bearer " + key));

    public static KlingClient Kling(HttpMessageHandler network, string key) => new(Adapter(network, "Key " + key));

    public static KlingVideoO3ProImageToVideoInput Request() => new()
    {
        ImageUrl = Samples.ImageUrl,
        EndImageUrl = new() { String = Samples.EndImageUrl },
        Duration = KlingVideoO3ProImageToVideoInput_duration.OneZero,
        GenerateAudio = true,
        MultiPrompt = [Shot(Samples.FirstShot, "4"), Shot(Samples.SecondShot, "6")],
        ShotType = "customize",
    };

    public static byte[] Write(KlingVideoO3ProImageToVideoInput request)
    {
        using var writer = new JsonSerializationWriter();
        writer.WriteObjectValue(null, request);
        using var content = (MemoryStream)writer.GetSerializedContent();
        return content.ToArray();
    }

    public static async Task<KlingVideoO3ProImageToVideoOutput> ReadAsync(byte[] json)
    {
        using var stream = new MemoryStream(json, writable: false);
        var node = await ParseNodes.GetRootParseNodeAsync("application/json", stream);
        return node.GetObjectValue(KlingVideoO3ProImageToVideoOutput.CreateFromDiscriminatorValue)!;
    }

    public static async Task<KlingVideoO3ProImageToVideoOutput> RunAsync(KlingClient client)
    {
        var model = client.FalAi.KlingVideo.O3.Pro.ImageToVideo;
        var job = await model.PostAsync(new() { Prompt = new() { String = Samples.FirstShot }, ImageUrl = Samples.ImageUrl });
        var requests = model.Requests[job!.RequestId!];
        while ((await requests.Status.GetAsync())!.Status != QueueStatus_status.COMPLETED)
            await Task.Delay(Samples.Pause);
        return (await requests.GetAsync())!;
    }

    // The class of a list's items has none of their members where the list may be null too.
    private static KlingV3MultiPromptElement Shot(string prompt, string duration) =>
        new() { AdditionalData = new Dictionary<string, object> { ["prompt"] = prompt, ["duration"] = duration } };

    private static HttpClientRequestAdapter Adapter(HttpMessageHandler network, string authorization) => new(
        new ApiKeyAuthenticationProvider(authorization, "Authorization", ApiKeyAuthenticationProvider.KeyLocation.Header),
        httpClient: KiotaClientFactory.Create(network));
}
