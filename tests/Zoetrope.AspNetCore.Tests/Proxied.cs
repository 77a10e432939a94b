using Microsoft.AspNetCore.Builder;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>A proxy before a server that stands in for fal.</summary>
internal static class Proxied
{
    public const string Path = "/api/fal/proxy";
    public const string Key = "0123abcd-key-id:fedcba9876543210secret";
    public const string Secret = "fedcba9876543210secret";
    public const string Submit = "https://queue.fal.run/fal-ai/flux/dev";

    /// <summary>Options that allow one app to everybody.</summary>
    public static FalProxyOptions Options(Uri fal) => new() { BaseUrl = fal, ApiKey = Key, AllowedEndpoints = ["fal-ai/flux/**"], AllowAnonymous = true };

    public static Task<TestApp> StartAsync(FalProxyOptions options, Action<WebApplicationBuilder>? configure = null) =>
        TestApp.StartAsync(app => app.MapFalProxy(Path, options), configure);

    public static Task<TestApp> StartAsync(Uri fal, Action<FalProxyOptions>? change = null)
    {
        var options = Options(fal);
        change?.Invoke(options);
        return StartAsync(options);
    }

    /// <summary>A request as fal's client makes it.</summary>
    public static HttpRequestMessage Request(string? target, string method = "POST", string? body = "{}", params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new(method), Path);
        if (method != "GET" && body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        if (target is not null)
            request.Headers.TryAddWithoutValidation("x-fal-target-url", target);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>Sends a request, and returns the status and the body of its response.</summary>
    public static async Task<(int Status, string Body)> CallAsync(
        this TestApp app, string? target, string method = "POST", string? body = "{}", params (string Name, string Value)[] headers)
    {
        using var response = await app.Client.SendAsync(Request(target, method, body, headers), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
