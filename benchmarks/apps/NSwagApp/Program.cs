// The same program on the client that NSwag generates of fal's OpenAPI document, with System.Text.Json source generation for its classes.
// Its argument is the base URL of the queue; the key is in FAL_KEY.

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Peers.NSwag.Kling;

using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", Environment.GetEnvironmentVariable("FAL_KEY"));
var fal = new KlingClient(http) { BaseUrl = args[0] };

// A prompt may be null in fal's document, and the class that is generated for it has no room for a text, so it is sent as an undeclared member.
var job = await fal.ImageToVideoAsync(new()
{
    Image_url = "https://example.com/a.png",
    AdditionalProperties = new Dictionary<string, object> { ["prompt"] = "The character walks forward" },
});

while ((await fal.StatusAsync(job.Request_id, null)).Status != QueueStatusStatus.COMPLETED)
    await Task.Delay(500);

Console.WriteLine((await fal.RequestsAsync(job.Request_id)).Video.Url);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KlingVideoO3ProImageToVideoInput))]
[JsonSerializable(typeof(QueueStatus))]
[JsonSerializable(typeof(KlingVideoO3ProImageToVideoOutput))]
[JsonSerializable(typeof(string))]
internal sealed partial class AppJson : JsonSerializerContext;

namespace Peers.NSwag.Kling
{
    public partial class KlingClient
    {
        // Fal's document has the paths of a job below the whole id of its model, where fal has nothing.
        partial void PrepareRequest(HttpClient client, HttpRequestMessage request, StringBuilder urlBuilder) =>
            urlBuilder.Replace("/o3/pro/image-to-video/requests/", "/requests/");

        static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) =>
            settings.TypeInfoResolver = AppJson.Default.WithAddedModifier(static type =>
            {
                // The duration would be sent as the name of its value in C#, _5, which fal refuses. What may be null has a class that reads neither texts nor
                // numbers.
                foreach (var name in (string[])["duration", "file_size", "file_name", "content_type"])
                {
                    if (type.Properties.FirstOrDefault(property => property.Name == name) is { } property)
                        type.Properties.Remove(property);
                }
            });
    }
}
