using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Zoetrope.Fal.Models;

namespace Zoetrope.KillBenchmark.Others;

/// <summary>
/// What is written by hand against a provider's queue: submit, poll, download. Reads that fail are repeated, because that costs nothing: what remains are the
/// submits.
/// </summary>
internal sealed class MediaLoop : IDisposable
{
    private const int Reads = 5;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _client;
    private readonly string _outputs;

    public MediaLoop(string provider, string outputs)
    {
        _client = new HttpClient { BaseAddress = new Uri(provider), Timeout = TimeSpan.FromSeconds(5) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", "test-key");
        _outputs = outputs;
        Directory.CreateDirectory(outputs);
    }

    /// <summary>Submits a job, and returns the provider's id of it.</summary>
    public async Task<string> SubmitAsync(string prompt, CancellationToken ct)
    {
        // The address of fal's queue, which here is the simulator's.
        using var response = await _client.PostAsync(
            KlingVideoO3ProImageToVideo.Endpoint.Id,
            new StringContent($$"""{"image_url":"https://example.com/a.png","prompt":"{{prompt}}"}""", new MediaTypeHeaderValue("application/json")), ct);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
        return body.GetProperty("request_id").GetString()!;
    }

    /// <summary>Waits for a job, and stores its file.</summary>
    public async Task DeliverAsync(string prompt, string id, CancellationToken ct)
    {
        var address = $"{string.Join('/', KlingVideoO3ProImageToVideo.Endpoint.Id.Split('/')[..2])}/requests/{id}";
        while ((await ReadAsync(address + "/status", ct)).GetProperty("status").GetString() != "COMPLETED")
            await Task.Delay(PollInterval, ct);
        var result = await ReadAsync(address, ct);
        var file = await RepeatAsync(token => _client.GetByteArrayAsync(result.GetProperty("video").GetProperty("url").GetString(), token), ct);
        var path = PathOf(_outputs, prompt);
        await File.WriteAllBytesAsync(path + ".part", file, ct);
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Where the file of a job is stored.</summary>
    public static string PathOf(string outputs, string prompt) => Path.Combine(outputs, prompt + ".mp4");

    public void Dispose() => _client.Dispose();

    private Task<JsonElement> ReadAsync(string address, CancellationToken ct) =>
        RepeatAsync(token => _client.GetFromJsonAsync<JsonElement>(address, token), ct);

    private static async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken ct)
    {
        for (var left = Reads; ; left--)
        {
            try
            {
                return await read(ct);
            }
            catch (Exception exception) when (left > 1 && exception is HttpRequestException or IOException or JsonException or TaskCanceledException)
            {
                await Task.Delay(ReadPause, ct);
            }
        }
    }
}
