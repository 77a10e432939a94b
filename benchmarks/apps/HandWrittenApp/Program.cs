// The same program by hand, as the documentation of HttpClient and System.Text.Json says: no validation, no retries, no handle.
// Its argument is the base URL of the queue; the key is in FAL_KEY.

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", Environment.GetEnvironmentVariable("FAL_KEY"));

var request = new VideoRequest
{
    ImageUrl = "https://example.com/a.png",
    Prompt = "The character walks forward",
    Duration = "5",
};

using var submitted = await http.PostAsJsonAsync("/fal-ai/kling-video/o3/pro/image-to-video", request, AppJson.Default.VideoRequest);
submitted.EnsureSuccessStatusCode();
var job = (await submitted.Content.ReadFromJsonAsync(AppJson.Default.QueueStatus))!;

while (true)
{
    var status = (await http.GetFromJsonAsync(job.StatusUrl, AppJson.Default.QueueStatus))!;
    if (status.Status == "COMPLETED")
        break;
    await Task.Delay(500);
}

var result = (await http.GetFromJsonAsync(job.ResponseUrl, AppJson.Default.VideoResult))!;
Console.WriteLine(result.Video.Url);

internal sealed class VideoRequest
{
    public required string ImageUrl { get; set; }

    public string? Prompt { get; set; }

    public string? EndImageUrl { get; set; }

    public string? Duration { get; set; }

    public bool? GenerateAudio { get; set; }

    public List<Shot>? MultiPrompt { get; set; }

    public string? ShotType { get; set; }
}

internal sealed class Shot
{
    public required string Prompt { get; set; }

    public string? Duration { get; set; }
}

internal sealed class QueueStatus
{
    public required string Status { get; set; }

    public required string RequestId { get; set; }

    public string? StatusUrl { get; set; }

    public string? ResponseUrl { get; set; }

    public int? QueuePosition { get; set; }
}

internal sealed class VideoResult
{
    public required VideoFile Video { get; set; }
}

internal sealed class VideoFile
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
