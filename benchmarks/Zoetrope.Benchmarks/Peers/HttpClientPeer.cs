using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Zoetrope.Benchmarks.Peers;

/// <summary>The operation as one writes it on HttpClient and System.Text.Json source generation, and as generators of REST clients write it for one.</summary>
public sealed class HttpClientPeer(HttpClient http, string key, string root = "https://api.example.com/v1")
{
    public async Task<PeerPage> ListAsync(long? limit, string? cursor, string? category, CancellationToken ct = default)
    {
        var query = new List<string>();
        if (limit is { } most)
            query.Add("limit=" + most.ToString(CultureInfo.InvariantCulture));
        if (cursor is not null)
            query.Add("cursor=" + Uri.EscapeDataString(cursor));
        if (category is not null)
            query.Add("category=" + Uri.EscapeDataString(category));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{root}/models?{string.Join('&', query)}")
        {
            Version = http.DefaultRequestVersion,
            VersionPolicy = http.DefaultVersionPolicy,
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(PagePeerJson.Default.PeerPage, ct))!;
    }
}

public sealed class PeerPage
{
    public List<PeerModel>? Models { get; set; }

    public string? NextCursor { get; set; }

    public bool? HasMore { get; set; }
}

public sealed class PeerModel
{
    public string? EndpointId { get; set; }

    public string? Title { get; set; }

    public double? UnitPrice { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PeerPage))]
internal sealed partial class PagePeerJson : JsonSerializerContext;
