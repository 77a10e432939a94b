using Zoetrope.Errors;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>What the proxy passes on, and that it sends nothing to anybody for everything else.</summary>
public sealed class ProxyTargetTests
{
    [Theory]
    [InlineData("POST", "https://queue.fal.run/fal-ai/flux/dev", "POST /fal-ai/flux/dev")]
    [InlineData("POST", "https://queue.fal.run/fal-ai/flux?fal_webhook=https%3A%2F%2Fa.example%2Fh%3Fa%3D1", "POST /fal-ai/flux?fal_webhook=https%3A%2F%2Fa.example%2Fh%3Fa%3D1")]
    [InlineData("GET", "https://queue.fal.run/fal-ai/flux/requests/r-1/status?logs=1", "GET /fal-ai/flux/requests/r-1/status?logs=1")]
    [InlineData("GET", "https://queue.fal.run/fal-ai/flux/requests/r-1/status/stream?logs=0", "GET /fal-ai/flux/requests/r-1/status/stream?logs=0")]
    [InlineData("GET", "https://queue.fal.run/fal-ai/flux/requests/r-1", "GET /fal-ai/flux/requests/r-1")]
    [InlineData("GET", "https://queue.fal.run/fal-ai/flux/requests/r-1/response", "GET /fal-ai/flux/requests/r-1/response")]
    [InlineData("PUT", "https://queue.fal.run/fal-ai/flux/requests/r-1/cancel", "PUT /fal-ai/flux/requests/r-1/cancel")]
    [InlineData("POST", "https://fal.run/fal-ai/flux/dev", "POST /run/fal-ai/flux/dev")]
    [InlineData("GET", "https://fal.run/fal-ai/flux/dev?prompt=a+cat&x=%7B%7D", "GET /run/fal-ai/flux/dev?prompt=a+cat&x=%7B%7D")]
    [InlineData("POST", "https://fal.run/fal-ai/flux/dev/stream", "POST /run/fal-ai/flux/dev/stream")]
    [InlineData("POST", "https://queue.fal.run/workflows/me/mine", "POST /workflows/me/mine")]
    [InlineData("GET", "https://queue.fal.run/workflows/me/mine/requests/r-1/status", "GET /workflows/me/mine/requests/r-1/status")]
    [InlineData("POST", "https://fal.run/me/exact/stream", "POST /run/me/exact/stream")]
    [InlineData("POST", "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3", "POST /storage/upload/initiate?storage_type=fal-cdn-v3")]
    [InlineData("POST", "https://rest.fal.ai/storage/upload/initiate-multipart?storage_type=fal-cdn-v3", "POST /storage/upload/initiate-multipart?storage_type=fal-cdn-v3")]
    public async Task What_is_allowed_arrives_as_it_is(string method, string target, string expected)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, """{"ok":true}"""));
        await using var app = await Proxied.StartAsync(fal.Url, options => options.AllowedEndpoints = ["fal-ai/flux/**", "workflows/me/*", "me/exact"]);

        Assert.Equal((200, """{"ok":true}"""), await app.CallAsync(target, method));

        Assert.StartsWith(expected + " HTTP/1.1\r\n", Assert.Single(fal.Requests), StringComparison.Ordinal);
    }

    public static TheoryData<string, string?> Refused => new()
    {
        // None, or none that is one.
        { "POST", null }, { "POST", "" }, { "POST", "/fal-ai/flux/dev" }, { "POST", "fal.run/fal-ai/flux" }, { "POST", "https://" }, { "POST", "https://fal.run" },
        // Other hosts, and what looks like fal's.
        { "POST", "https://example.com/fal-ai/flux" }, { "POST", "https://evilfal.run/fal-ai/flux" }, { "POST", "https://fal.run.example.com/fal-ai/flux" },
        { "POST", "https://sub.fal.run/fal-ai/flux" }, { "POST", "https://ws.fal.run/fal-ai/flux" }, { "POST", "https://api.fal.ai/v1/keys" },
        { "POST", "https://fal.ai/fal-ai/flux" }, { "POST", "https://127.0.0.1/fal-ai/flux" }, { "POST", "https://[::1]/fal-ai/flux" },
        { "POST", "https://169.254.169.254/fal-ai/flux" }, { "POST", "https://localhost/fal-ai/flux" },
        // Other schemes.
        { "POST", "http://fal.run/fal-ai/flux" }, { "POST", "ftp://fal.run/fal-ai/flux" }, { "POST", "file:///etc/passwd" }, { "POST", "//fal.run/fal-ai/flux" },
        { "POST", "wss://fal.run/fal-ai/flux" }, { "POST", "https:fal.run/fal-ai/flux" }, { "POST", "https:/fal.run/fal-ai/flux" },
        { "POST", "https:\\\\fal.run\\fal-ai\\flux" }, { "POST", " https://fal.run.example/fal-ai/flux" },
        // Users and ports.
        { "POST", "https://fal.run@example.com/fal-ai/flux" }, { "POST", "https://a:b@fal.run/fal-ai/flux" }, { "POST", "https://@fal.run/fal-ai/flux" },
        { "POST", "https://fal.run:443/fal-ai/flux" }, { "POST", "https://fal.run:8443/fal-ai/flux" }, { "POST", "https://fal.run:@example.com/fal-ai/flux" },
        { "POST", "https://fal.run\\@example.com/fal-ai/flux" }, { "POST", "https://example.com\\.fal.run/fal-ai/flux" },
        // Other spellings of the host.
        { "POST", "https://FAL.RUN/fal-ai/flux" }, { "POST", "HTTPS://fal.run/fal-ai/flux" }, { "POST", "https://fal.run./fal-ai/flux" },
        { "POST", "https://queue.fal.run./fal-ai/flux" }, { "POST", "https://fal%2erun/fal-ai/flux" }, { "POST", "https://xn--fl-fka.run/fal-ai/flux" },
        // Dots, escapes and other tricks in the path.
        { "POST", "https://fal.run/fal-ai/flux/../../other/app" }, { "POST", "https://fal.run/fal-ai/flux/./dev" }, { "POST", "https://fal.run/fal-ai/flux/.." },
        { "POST", "https://fal.run/fal-ai/flux/%2e%2e/%2e%2e/other/app" }, { "POST", "https://fal.run/fal-ai%2Fflux" }, { "POST", "https://fal.run/fal-ai/flux%2F..%2Fx" },
        { "POST", "https://fal.run/fal-ai/flux/%252e%252e/x" }, { "POST", "https://fal.run/fal-ai\\flux" }, { "POST", "https://fal.run//fal-ai/flux" },
        { "POST", "https://fal.run/fal-ai//flux" }, { "POST", "https://fal.run/fal-ai/flux/" }, { "POST", "https://fal.run/fal-ai/flux;x=1" },
        { "POST", "https://fal.run/fal-ai/flux#x" }, { "POST", "https://fal.run/fal-ai/flux?a=b#c" }, { "POST", "https://fal.run/fal-ai/flux?a= b" },
        { "POST", "https://fal.run/fal-ai/flux?a=\\" }, { "POST", "https://fal.run/fal-ai/flux?" + new string('a', 17_000) },
        { "POST", "https://fal.run/https://example.com/x" }, { "POST", "https://fal.run/fal-ai/flux?x={}" },
        // What the operator does not allow, also by case, and also what costs nothing.
        { "POST", "https://fal.run/fal-ai/fast-sdxl" }, { "POST", "https://queue.fal.run/fal-ai/fluxx/dev" }, { "POST", "https://queue.fal.run/fal-ai/Flux/dev" },
        { "POST", "https://queue.fal.run/other/flux/dev" }, { "GET", "https://fal.run/fal-ai/fast-sdxl?prompt=a" }, { "POST", "https://fal.run/fal-ai" },
        { "GET", "https://queue.fal.run/fal-ai/fast-sdxl/requests/r-1" }, { "PUT", "https://queue.fal.run/fal-ai/fast-sdxl/requests/r-1/cancel" },
        { "POST", "https://queue.fal.run/workflows/me/mine" }, { "POST", "https://fal.run/fal-ai/fluxx/stream" }, { "POST", "https://queue.fal.run/123-abc" },
        // Other requests of an app that is allowed.
        { "GET", "https://queue.fal.run/fal-ai/flux/dev" }, { "PUT", "https://queue.fal.run/fal-ai/flux/dev" }, { "PUT", "https://fal.run/fal-ai/flux/dev" },
        { "POST", "https://queue.fal.run/fal-ai/flux/requests/r-1/cancel" }, { "POST", "https://queue.fal.run/fal-ai/flux/requests/r-1" },
        { "GET", "https://queue.fal.run/fal-ai/flux/requests/r-1/cancel" }, { "GET", "https://queue.fal.run/fal-ai/flux/requests" },
        { "GET", "https://queue.fal.run/fal-ai/flux/requests/r-1/logs" }, { "GET", "https://queue.fal.run/fal-ai/flux/requests/r-1/status/x" },
        { "PUT", "https://queue.fal.run/fal-ai/flux/requests/r-1/cancel/x" },
        // Other REST services, and the allowed ones in another way.
        { "GET", "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3" }, { "POST", "https://rest.fal.ai/storage/upload/initiate" },
        { "POST", "https://rest.fal.ai/storage/upload/initiate?storage_type=gcs" }, { "POST", "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3&x=1" },
        { "POST", "https://rest.fal.ai/storage/auth/token?storage_type=fal-cdn-v3" }, { "POST", "https://rest.fal.ai/tokens" }, { "GET", "https://rest.fal.ai/tokens/" },
        { "POST", "https://rest.fal.ai/tokens/?x=1" }, { "POST", "https://rest.fal.ai/fal-ai/flux" }, { "GET", "https://rest.fal.ai/.well-known/jwks.json" },
        { "POST", "https://rest.fal.ai/billing" }, { "POST", "https://queue.fal.run/storage/upload/initiate?storage_type=fal-cdn-v3" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Everything_else_gets_400_and_nothing_is_sent(string method, string? target)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url);

        var (status, body) = await app.CallAsync(target, method);

        Assert.Equal(400, status);
        Assert.StartsWith("{\"message\":\"Invalid request: ", body, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent to fal.", body, StringComparison.Ordinal);
        Assert.Empty(fal.Requests);
    }

    [Fact]
    public async Task Of_two_targets_none_is_chosen()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url);
        var request = Proxied.Request(Proxied.Submit);
        request.Headers.Add("X-Fal-Target-Url", Proxied.Submit);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, await app.SendAsync(request));
        Assert.Empty(fal.Requests);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_not_the_proxys(string method)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url);

        Assert.Equal(405, (await app.CallAsync(Proxied.Submit, method)).Status);
        Assert.Empty(fal.Requests);
    }

    [Theory]
    [InlineData("fal-ai/flux/dev", "fal-ai/flux/dev", true)]
    [InlineData("fal-ai/flux/dev", "fal-ai/flux", false)]
    [InlineData("fal-ai/flux/dev", "fal-ai/flux/dev/x", false)]
    [InlineData("fal-ai/*", "fal-ai/flux", true)]
    [InlineData("fal-ai/*", "fal-ai/flux/dev", false)]
    [InlineData("*/flux/*", "me/flux/dev", true)]
    [InlineData("fal-ai/**", "fal-ai/flux/dev/x", true)]
    [InlineData("fal-ai/**", "fal-aix/flux", false)]
    [InlineData("fal-ai/flux/**", "fal-ai/flux", true)]
    [InlineData("**", "any/app/at/all", true)]
    public async Task Patterns_are_ids_with_stars(string pattern, string endpoint, bool isAllowed)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url, options => options.AllowedEndpoints = [pattern]);

        foreach (var target in new[] { "https://queue.fal.run/" + endpoint, "https://fal.run/" + endpoint, $"https://fal.run/{endpoint}/stream" })
            Assert.Equal(isAllowed ? 200 : 400, (await app.CallAsync(target)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("flux")]
    [InlineData("*")]
    [InlineData("/fal-ai/flux")]
    [InlineData("fal-ai/flux/")]
    [InlineData("fal-ai//flux")]
    [InlineData("fal-ai/../x")]
    [InlineData("fal-ai/**/dev")]
    [InlineData("fal-ai/fl*x")]
    [InlineData("https://fal.run/fal-ai/flux")]
    [InlineData("fal-ai/flux?x")]
    public void What_is_not_a_pattern_is_refused_at_once(string pattern) =>
        Assert.Contains(
            "is not an endpoint id",
            Assert.Throws<ArgumentException>(() => new FalProxyOptions { AllowedEndpoints = ["fal-ai/flux", pattern] }).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_proxy_that_would_pass_nothing_or_has_no_key_does_not_start()
    {
        var empty = new FalProxyOptions { ApiKey = Proxied.Key };
        Assert.Contains("AllowedEndpoints is empty", (await Assert.ThrowsAsync<ArgumentException>(() => Proxied.StartAsync(empty))).Message, StringComparison.Ordinal);
        var keyless = new FalProxyOptions { AllowedEndpoints = ["fal-ai/flux"] };
        if (Environment.GetEnvironmentVariable("FAL_KEY") is null)
            await Assert.ThrowsAsync<MissingKeyException>(() => Proxied.StartAsync(keyless));
        foreach (var address in (string[])["http://queue.fal.run", "http://queue.falrun.com", "http://rest.fal.ai"])
        {
            var insecure = new FalProxyOptions { AllowedEndpoints = ["fal-ai/flux"], ApiKey = Proxied.Key, BaseUrl = new(address) };
            Assert.Contains("use https", (await Assert.ThrowsAsync<ArgumentException>(() => Proxied.StartAsync(insecure))).Message, StringComparison.Ordinal);
        }
        var broken = new FalProxyOptions { AllowedEndpoints = ["fal-ai/flux"], ApiKey = "a\r\nX-Evil: 1" };
        await Assert.ThrowsAsync<ArgumentException>(() => Proxied.StartAsync(broken));
    }
}
