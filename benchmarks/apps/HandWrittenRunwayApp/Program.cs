// The same program by hand, as the documentation of HttpClient and System.Text.Json says: the models of one operation, the errors of the service, and the end
// of a task that failed; no validation, no retries, no handle. Its argument is the base URL; the key is in RUNWAYML_API_SECRET.

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

using var http = new HttpClient { BaseAddress = new Uri(args[0].TrimEnd('/') + "/") };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("RUNWAYML_API_SECRET"));
http.DefaultRequestHeaders.Add("X-Runway-Version", "2024-11-06");

var request = new ImageToVideo
{
    Model = "gen4_turbo",
    PromptImage = "https://example.com/a.png",
    PromptText = "The character walks forward",
    Ratio = "1280:720",
    Duration = 5,
};

using var submitted = await http.PostAsJsonAsync("v1/image_to_video", request, AppJson.Default.ImageToVideo);
await CheckAsync(submitted);
var created = (await submitted.Content.ReadFromJsonAsync(AppJson.Default.CreatedTask))!;

while (true)
{
    using var response = await http.GetAsync($"v1/tasks/{created.Id}");
    await CheckAsync(response);
    var task = (await response.Content.ReadFromJsonAsync(AppJson.Default.RunwayTask))!;
    switch (task.Status)
    {
        case "SUCCEEDED":
            Console.WriteLine(task.Output![0]);
            return;
        case "FAILED":
            throw new InvalidOperationException($"The task {task.Id} failed: {task.Failure} ({task.FailureCode})");
        case "CANCELLED":
            throw new InvalidOperationException($"The task {task.Id} was canceled.");
    }
    await Task.Delay(TimeSpan.FromSeconds(5));
}

static async Task CheckAsync(HttpResponseMessage response)
{
    if (response.IsSuccessStatusCode)
        return;
    var error = await response.Content.ReadFromJsonAsync(AppJson.Default.RunwayError);
    throw new HttpRequestException($"Runway responded with {(int)response.StatusCode}: {error?.Error}");
}

internal sealed class ImageToVideo
{
    public required string Model { get; set; }

    public required string PromptImage { get; set; }

    public string? PromptText { get; set; }

    public required string Ratio { get; set; }

    public int? Duration { get; set; }

    public long? Seed { get; set; }

    public ContentModeration? ContentModeration { get; set; }
}

internal sealed class ContentModeration
{
    public string? PublicFigureThreshold { get; set; }
}

internal sealed class CreatedTask
{
    public required string Id { get; set; }

    public Credits? EstimatedCost { get; set; }
}

internal sealed class Credits
{
    [JsonPropertyName("credits")]
    public decimal? Amount { get; set; }
}

internal sealed class RunwayTask
{
    public required string Id { get; set; }

    public required string Status { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public double? Progress { get; set; }

    public List<string>? Output { get; set; }

    public string? Failure { get; set; }

    public string? FailureCode { get; set; }

    public Credits? Cost { get; set; }
}

internal sealed class RunwayError
{
    public string? Error { get; set; }

    public List<Issue>? Issues { get; set; }
}

internal sealed class Issue
{
    public string? Code { get; set; }

    public string? Message { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageToVideo))]
[JsonSerializable(typeof(CreatedTask))]
[JsonSerializable(typeof(RunwayTask))]
[JsonSerializable(typeof(RunwayError))]
internal sealed partial class AppJson : JsonSerializerContext;
