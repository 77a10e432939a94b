using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Zoetrope.Protocol.Tests.WireMock;

/// <summary>WireMock's admin API, as far as the tests need it.</summary>
public sealed class WireMockAdmin(Uri baseUrl) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { BaseAddress = baseUrl };

    /// <summary>How many requests matched a pattern.</summary>
    public async Task<int> CountAsync(RequestPattern pattern)
    {
        using var answer = await PostAsync("/__admin/requests/count", pattern);
        return answer.RootElement.GetProperty("count").GetInt32();
    }

    /// <summary>The only request that matched a pattern.</summary>
    public async Task<RecordedRequest> SingleAsync(RequestPattern pattern)
    {
        using var answer = await PostAsync("/__admin/requests/find", pattern);
        var request = Assert.Single(answer.RootElement.GetProperty("requests").EnumerateArray());
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in request.GetProperty("headers").EnumerateObject())
            headers[header.Name] = header.Value.ToString();
        return new RecordedRequest(request.GetProperty("url").GetString()!, headers, request.GetProperty("body").GetString()!);
    }

    public void Dispose() => _http.Dispose();

    internal async Task<bool> WaitUntilHealthyAsync(Func<bool> isAlive)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested && isAlive())
        {
            try
            {
                using var answer = await _http.GetAsync("/__admin/health", patience.Token);
                if (answer.IsSuccessStatusCode)
                    return true;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
                await Task.Delay(HealthInterval);
            }
        }
        return false;
    }

    private async Task<JsonDocument> PostAsync(string path, RequestPattern pattern)
    {
        using var content = new StringContent(pattern.ToJson(), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(path, content);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonDocument>())!;
    }
}

/// <summary>Which requests are meant.</summary>
/// <param name="Method">The method, or ANY.</param>
/// <param name="PathPattern">The path, as a regular expression.</param>
/// <param name="Model">The <c>model</c> in the body; null for any.</param>
public sealed record RequestPattern(string Method, string PathPattern, string? Model = null)
{
    internal string ToJson()
    {
        var pattern = new Dictionary<string, object> { ["method"] = Method, ["urlPathPattern"] = PathPattern };
        if (Model is not null)
            pattern["bodyPatterns"] = new[] { new Dictionary<string, string> { ["matchesJsonPath"] = $"$[?(@.model == '{Model}')]" } };
        return JsonSerializer.Serialize(pattern);
    }
}

/// <summary>A request as WireMock received it.</summary>
public sealed record RecordedRequest(string Url, IReadOnlyDictionary<string, string> Headers, string Body);
