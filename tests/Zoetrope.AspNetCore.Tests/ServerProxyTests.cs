using Zoetrope.Simulator.Tests.Node;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>
/// Request by request beside fal's own proxy, <c>@fal-ai/server-proxy</c>, in Node: the same where that is safe, and the table of docs/aspnet.md.
/// </summary>
public sealed class ServerProxyTests
{
    private const string Poll = "https://queue.fal.run/fal-ai/flux/requests/r-1/status?logs=1";
    private const string Upload = "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    // The same.
    [InlineData("POST", Proxied.Submit, 200, 200)]
    [InlineData("GET", Poll, 200, 200)]
    [InlineData("PUT", "https://queue.fal.run/fal-ai/flux/requests/r-1/cancel", 200, 200)]
    [InlineData("POST", "https://fal.run/fal-ai/flux/dev", 200, 200)]
    [InlineData("POST", "https://fal.run/fal-ai/flux/dev/stream", 200, 200)]
    [InlineData("POST", Upload, 200, 200)]
    [InlineData("POST", null, 400, 400)]
    [InlineData("POST", "https://example.com/fal-ai/flux", 400, 400)]
    [InlineData("POST", "https://sub.fal.run/fal-ai/flux", 400, 400)]
    [InlineData("POST", "https://api.fal.ai/v1/models", 400, 400)]
    [InlineData("POST", "https://fal.run/fal-ai/other", 400, 400)]
    [InlineData("POST", "https://rest.fal.ai/storage/auth/token?storage_type=fal-cdn-v3", 400, 400)]
    // Safer.
    [InlineData("GET", "https://fal.run/fal-ai/other?prompt=a", 200, 400)]
    [InlineData("PUT", "https://queue.fal.run/fal-ai/other/requests/r-1/cancel", 200, 400)]
    [InlineData("POST", "http://fal.run/fal-ai/flux/dev", 200, 400)]
    [InlineData("POST", "https://FAL.run/fal-ai/flux/dev", 200, 400)]
    [InlineData("POST", "https://fal.run/fal-ai/other/../flux/dev", 200, 400)]
    // What the client needs.
    [InlineData("POST", "https://rest.fal.ai/storage/upload/initiate-multipart?storage_type=fal-cdn-v3", 400, 200)]
    public async Task Statuses_and_requests_are_those_of_fals_own_proxy_or_safer(string method, string? target, int theirs, int ours)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, """{"ok":true}""", "x-fal-request-id: r-1"));
        await using var node = await NodePackages.StartServerAsync(Script(fal.Url), Token);
        using var their = new HttpClient { BaseAddress = new($"http://127.0.0.1:{node.Port}") };
        await using var app = await Proxied.StartAsync(fal.Url);

        var their1 = await SendAsync(their, method, target);
        var our1 = await SendAsync(app.Client, method, target);

        Assert.Equal((theirs, ours), (their1.Status, our1.Status));
        if (ours == 400)
            Assert.StartsWith("{\"message\":\"Invalid request", our1.Body, StringComparison.Ordinal);
        if (theirs == 400)
            Assert.Equal("\"Invalid request\"", their1.Body);
        if (theirs != 200 || ours != 200)
            return;
        Assert.Equal((their1.Body, their1.RequestId), (our1.Body, our1.RequestId));
        var sent = fal.Requests.Select(request => request.Split("\r\n\r\n")).ToList();
        Assert.Equal(2, sent.Count);
        // The method, the address and the body are the same, and so is what is said of the caller; of the target, theirs tells fal.
        Assert.Equal(sent[0][0].Split("\r\n")[0], sent[1][0].Split("\r\n")[0]);
        Assert.Equal(sent[0][1], sent[1][1]);
        foreach (var header in new[] { "authorization", "user-agent", "x-fal-queue-priority", "accept" })
            Assert.Equal(Connection.HeaderOf(sent[0][0] + "\r\n", header), Connection.HeaderOf(sent[1][0] + "\r\n", header));
        Assert.NotNull(Connection.HeaderOf(sent[0][0] + "\r\n", "x-fal-target-url"));
        Assert.Null(Connection.HeaderOf(sent[1][0] + "\r\n", "x-fal-target-url"));
    }

    private static async Task<(int Status, string Body, string? RequestId)> SendAsync(HttpClient client, string method, string? target)
    {
        using var request = Proxied.Request(
            target, method, "{\"prompt\":\"a cat\"}", ("x-fal-queue-priority", "low"), ("User-Agent", "@fal-ai/client/1.10.1"), ("Accept", "application/json"));
        using var response = await client.SendAsync(request, Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token),
            response.Headers.TryGetValues("x-fal-request-id", out var ids) ? ids.Single() : null);
    }

    // As its adapter for Express does it. The hosts of fal are mapped to the server that stands in for them, as ours does by its base URL.
    private static string Script(Uri fal) => $$"""
        import { createServer } from "node:http";
        import { handleRequest, resolveProxyConfig } from "@fal-ai/server-proxy";
        const real = globalThis.fetch;
        globalThis.fetch = (url, init) => real(String(new URL(url)).replace(/^https?:\/\/(queue\.fal\.run|rest\.fal\.ai)\//, "{{fal}}")
            .replace(/^https?:\/\/fal\.run\//, "{{fal}}run/"), init);
        console.warn = () => {};
        const config = resolveProxyConfig({ allowedEndpoints: ["fal-ai/flux/**"], resolveFalAuth: async () => "Key {{Proxied.Key}}" });
        const server = createServer(async (request, response) => {
            const parts = [];
            for await (const part of request) parts.push(part);
            await handleRequest({
                id: "test", method: request.method, getRequestBody: async () => Buffer.concat(parts).toString(),
                getHeaders: () => request.headers, getHeader: name => request.headers[name], sendHeader: (name, value) => response.setHeader(name, value),
                respondWith: (status, data) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(data)),
                sendResponse: async result => response.writeHead(result.status).end(await result.text()),
            }, config);
        }).listen(0, "127.0.0.1", () => console.error("PORT " + server.address().port));
        """;
}
