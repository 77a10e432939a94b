// The same program on Refit, whose source generator writes the client of an interface, with System.Text.Json source generation.
// Its argument is the base URL of the queue; the key is in FAL_KEY.

using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Refit;

using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", Environment.GetEnvironmentVariable("FAL_KEY"));
var fal = RestService.ForGenerated<IKlingApi>(http, AppJson.Default);

var job = await fal.SubmitAsync(new()
{
    ImageUrl = "https://example.com/a.png",
    Prompt = "The character walks forward",
    Duration = "5",
});

while ((await fal.StatusAsync(job.RequestId)).Status != "COMPLETED")
    await Task.Delay(500);

Console.WriteLine((await fal.ResultAsync(job.RequestId)).Video.Url);

public interface IKlingApi
{
    [Post("/fal-ai/kling-video/o3/pro/image-to-video")]
    Task<QueueStatus> SubmitAsync([Body] VideoRequest request);

    [Get("/fal-ai/kling-video/requests/{id}/status")]
    Task<QueueStatus> StatusAsync(string id);

    [Get("/fal-ai/kling-video/requests/{id}")]
    Task<VideoResult> ResultAsync(string id);
}

public sealed class VideoRequest
{
    public required string ImageUrl { get; set; }

    public string? Prompt { get; set; }

    public string? EndImageUrl { get; set; }

    public string? Duration { get; set; }

    public bool? GenerateAudio { get; set; }

    public List<Shot>? MultiPrompt { get; set; }

    public string? ShotType { get; set; }
}

public sealed class Shot
{
    public required string Prompt { get; set; }

    public string? Duration { get; set; }
}

public sealed class QueueStatus
{
    public required string Status { get; set; }

    public required string RequestId { get; set; }

    public int? QueuePosition { get; set; }
}

public sealed class VideoResult
{
    public required VideoFile Video { get; set; }
}

public sealed class VideoFile
{
    public required string Url { get; set; }

    public string? ContentType { get; set; }

    public string? FileName { get; set; }

    public long? FileSize { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VideoRequest))]
[JsonSerializable(typeof(QueueStatus))]
[JsonSerializable(typeof(VideoResult))]
internal sealed partial class AppJson : JsonSerializerContext;
