using System.Net.WebSockets;

namespace Zoetrope.Simulator.Tests;

/// <summary>Every response of fal names a request in <c>x-fal-request-id</c>, whatever was asked and whatever came of it.</summary>
public sealed class FalRequestIdTests
{
    private const string RequestId = "x-fal-request-id";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Routes { get; } = new()
    {
        { "POST", Support.FalId },
        { "POST", "run/" + Support.FalId },
        { "GET", "run/" + Support.FalId + "?prompt=a" },
        { "POST", "run/" + Support.FalId + "/stream" },
        { "GET", Support.FalApp + "/requests/{id}/status" },
        { "GET", Support.FalApp + "/requests/{id}/status/stream" },
        { "GET", Support.FalApp + "/requests/{id}" },
        { "GET", Support.FalApp + "/requests/{id}/response" },
        { "PUT", Support.FalApp + "/requests/{id}/cancel" },
        { "POST", "tokens/" },
        { "POST", "tokens/realtime" },
        { "POST", "storage/upload/initiate?storage_type=fal-cdn-v3" },
        { "POST", "storage/upload/initiate-multipart?storage_type=fal-cdn-v3" },
        { "POST", "storage/auth/token" },
        { "POST", "files/upload" },
        { "POST", "files/upload/multipart" },
        { "GET", ".well-known/jwks.json" },
        { "GET", "platform/v1/models/pricing?endpoint_id=" + Support.FalId },
        { "GET", "nothing/here" },
        { "DELETE", Support.FalApp },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_route_names_a_request(string method, string path)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var job = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        path = path.Replace("{id}", job["request_id"]);
        var isOfJob = path.Contains("/requests/", StringComparison.Ordinal);

        var good = await client.SendAsync(method, path, method == "POST" ? Support.GoodInput() : null);
        Named(good, isOfJob ? job["request_id"] : null);
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 503 });
        Named(await client.SendAsync(method, path), null);
        using var keyless = simulator.Client(key: null);
        Named(await keyless.SendAsync(method, path), null);
        using var bad = simulator.Client(key: "bad-key");
        Named(await bad.SendAsync(method, path.Replace(job["request_id"], "nobody")), null);
    }

    [Fact]
    public async Task An_ingress_error_names_none_as_at_the_service()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 502, Body = "<html>nginx</html>" });

        Assert.DoesNotContain(RequestId, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Headers.Keys);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_in_words_with_an_id()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { MaxRequestBytes = 1000 }, Token);
        using var client = simulator.Client();

        var reply = await client.SendTextAsync(Support.FalId, new string(' ', 1001));

        Named(reply, null);
        Assert.Equal((413, "The body is longer than 1000 bytes."), (reply.Status, reply["detail"]));
    }

    [Fact]
    public async Task Realtime_connections_and_signed_uploads_name_one_too()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var address = new Uri($"ws://127.0.0.1:{simulator.BaseUrl.Port}/run/{Support.FalId}/realtime");
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", "Key a:b");
        await socket.ConnectAsync(address, Token);
        Assert.True(Guid.TryParse(socket.HttpResponseHeaders![RequestId].Single(), out _));

        var initiated = await client.SendAsync(
            "POST", "storage/upload/initiate?storage_type=fal-cdn-v3", new System.Text.Json.Nodes.JsonObject { ["content_type"] = "text/plain" });
        Named(initiated, null);
        using var storage = new HttpClient();
        using var content = new StringContent("a");
        content.Headers.ContentType = new("text/plain");
        using var stored = await storage.PutAsync(initiated["upload_url"], content, Token);
        Assert.Equal(200, (int)stored.StatusCode);
        Assert.True(Guid.TryParse(stored.Headers.GetValues(RequestId).Single(), out _));
    }

    private static void Named(Reply reply, string? id)
    {
        Assert.True(reply.Headers.TryGetValue(RequestId, out var named), $"{reply.Status} {reply.Text}");
        Assert.True(Guid.TryParse(named, out _), named);
        if (id is not null)
            Assert.Equal(id, named);
    }
}
