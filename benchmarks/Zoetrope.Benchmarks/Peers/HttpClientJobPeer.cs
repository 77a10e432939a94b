using System.Net.Http.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Zoetrope.Benchmarks.Peers;

/// <summary>The job as one writes it on HttpClient and System.Text.Json source generation.</summary>
internal sealed class HttpClientJobPeer(HttpClient http, string key, string root = "https://queue.fal.run")
{
    private readonly string _queue = root + "/fal-ai/kling-video";

    public async Task<PeerResult> RunAsync(PeerRequest request, CancellationToken ct = default)
    {
        var input = JsonContent.Create(request, JobPeerJson.Default.PeerRequest);
        var job = await SendAsync(HttpMethod.Post, _queue + "/o3/pro/image-to-video", input, JobPeerJson.Default.PeerJob, ct);
        while ((await SendAsync(HttpMethod.Get, $"{_queue}/requests/{job.RequestId}/status", null, JobPeerJson.Default.PeerJob, ct)).Status != "COMPLETED")
            await Task.Delay(Samples.Pause, ct);
        return await SendAsync(HttpMethod.Get, $"{_queue}/requests/{job.RequestId}", null, JobPeerJson.Default.PeerResult, ct);
    }

    /// <summary>The same requests, whose responses nobody reads as JSON: what any client over HttpClient costs at least.</summary>
    public async Task<byte[]> ExchangeAsync(byte[] input, string id, CancellationToken ct = default)
    {
        var content = new ByteArrayContent(input) { Headers = { ContentType = new("application/json") } };
        await SendAsync(HttpMethod.Post, _queue + "/o3/pro/image-to-video", content, ct);
        for (var i = 0; i < Samples.Polls; i++)
            await SendAsync(HttpMethod.Get, $"{_queue}/requests/{id}/status", null, ct);
        return await SendAsync(HttpMethod.Get, $"{_queue}/requests/{id}", null, ct);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string url, HttpContent? content, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var request = Message(method, url, content);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(type, ct))!;
    }

    private async Task<byte[]> SendAsync(HttpMethod method, string url, HttpContent? content, CancellationToken ct)
    {
        using var request = Message(method, url, content);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(ct);
    }

    private HttpRequestMessage Message(HttpMethod method, string url, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, url) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Key " + key);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }
}

public sealed class PeerJob
{
    public required string RequestId { get; set; }

    public required string Status { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerRequest))]
[JsonSerializable(typeof(PeerJob))]
[JsonSerializable(typeof(PeerResult))]
internal sealed partial class JobPeerJson : JsonSerializerContext;
