using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>What the tests send, and how.</summary>
internal static class Support
{
    public const string FalId = "fal-ai/kling-video/o3/pro/image-to-video";
    public const string FalApp = "fal-ai/kling-video";
    public const string EachlabsId = "kling-o3-pro-image-to-video";

    public static JsonObject GoodInput() => new() { ["image_url"] = "https://example.com/a.png", ["prompt"] = "The character walks forward" };

    /// <summary>A simulator whose jobs end at once.</summary>
    public static Task<MediaSimulator> StartAsync() => MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });

    public static Task<MediaSimulator> StartAsync(TimeProvider clock) => MediaSimulator.StartAsync(new()
    {
        TimeProvider = clock,
        QueueTime = TimeSpan.FromSeconds(10),
        JobDuration = TimeSpan.FromSeconds(100),
    });

    public static HttpClient Client(this MediaSimulator simulator, string? key = "a-key")
    {
        var client = new HttpClient { BaseAddress = simulator.BaseUrl };
        if (key is null)
            return client;
        client.DefaultRequestHeaders.Authorization = new("Key", key);
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        return client;
    }

    public static async Task<Reply> SendAsync(this HttpClient client, string method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await client.ReadAsync(request);
    }

    public static async Task<Reply> SendTextAsync(this HttpClient client, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await client.ReadAsync(request);
    }

    public static JsonObject Create(JsonObject input, string model = EachlabsId) => new() { ["model"] = model, ["input"] = input };

    private static async Task<Reply> ReadAsync(this HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var headers = response.Headers
            .Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, text, headers);
    }
}

/// <summary>A response that has been read completely.</summary>
internal sealed record Reply(int Status, string Text, Dictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string this[string name] => Json[name]!.ToString();
}

/// <summary>A clock that does not move until it is asked to.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
