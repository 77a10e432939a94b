// The same program on the client that Kiota generates of fal's OpenAPI document.
// Its argument is the base URL of the queue; the key is in FAL_KEY.

using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Peers.Kiota.Kling;
using Peers.Kiota.Kling.Models;

using var adapter = new HttpClientRequestAdapter(new KeyHeader("Key " + Environment.GetEnvironmentVariable("FAL_KEY"))) { BaseUrl = args[0].TrimEnd('/') };
var model = new KlingClient(adapter).FalAi.KlingVideo.O3.Pro.ImageToVideo;

var job = await model.PostAsync(new()
{
    ImageUrl = "https://example.com/a.png",
    Prompt = new() { String = "The character walks forward" },
    Duration = KlingVideoO3ProImageToVideoInput_duration.Five,
});

// Fal's document has the paths of a job below the whole id of its model, where fal has nothing.
var requests = model.Requests[job!.RequestId!];
while ((await requests.Status.WithUrl(job.StatusUrl!).GetAsync())!.Status != QueueStatus_status.COMPLETED)
    await Task.Delay(500);

Console.WriteLine((await requests.WithUrl(job.ResponseUrl!).GetAsync())!.Video!.Url);

// Kiota's own provider of keys refuses addresses without TLS, and the simulator has no other.
internal sealed class KeyHeader(string authorization) : IAuthenticationProvider
{
    public Task AuthenticateRequestAsync(
        RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
    {
        request.Headers.Add("Authorization", authorization);
        return Task.CompletedTask;
    }
}
