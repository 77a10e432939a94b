using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Zoetrope.WaitBenchmark;

/// <summary>The loop that is written without a library: a status with a deadline, and a pause, until the job or the time has ended.</summary>
internal static partial class LoopByHand
{
    public static readonly AuthenticationHeaderValue Key = new("Key", "k");

    public static async Task WaitAsync(HttpClient http, Uri uri)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromMinutes(30));
        while (true)
        {
            if (await GetAsync(http, uri, time.Token) is { Status: "COMPLETED" })
                return;
            await Task.Delay(StatusServer.Interval, time.Token);
        }
    }

    private static async Task<QueueStatus?> GetAsync(HttpClient http, Uri uri, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = Key;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(Json.Default.QueueStatus, deadline.Token);
    }

    internal sealed record QueueStatus([property: JsonPropertyName("status")] string Status, [property: JsonPropertyName("queue_position")] int? QueuePosition);

    [JsonSerializable(typeof(QueueStatus))]
    private sealed partial class Json : JsonSerializerContext;
}
