using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>Web pages call fal from browsers, which ask first: of the queue, runs, storage and the CDN, for every origin.</summary>
public sealed class CrossOriginTests
{
    private const string Page = "https://app.example";
    private const string Asked = "authorization, content-type, x-fal-queue-priority";

    [Theory]
    [InlineData("POST", Support.FalId)]
    [InlineData("GET", Support.FalApp + "/requests/some-id/status")]
    [InlineData("GET", Support.FalApp + "/requests/some-id/status/stream")]
    [InlineData("PUT", Support.FalApp + "/requests/some-id/cancel")]
    [InlineData("POST", "run/" + Support.FalId)]
    [InlineData("POST", "run/" + Support.FalId + "/stream")]
    [InlineData("POST", "tokens/")]
    [InlineData("POST", "storage/upload/initiate")]
    [InlineData("POST", "storage/auth/token")]
    [InlineData("POST", "files/upload")]
    [InlineData("PUT", "files/uploads/an-upload")]
    [InlineData("GET", "files/a-job/clip.mp4")]
    public async Task A_preflight_needs_no_key(string method, string path)
    {
        await using var simulator = await Support.StartAsync();
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 503, Times = 9 });
        using var browser = Browser(simulator, ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", Asked));

        var reply = await browser.SendAsync("OPTIONS", path);

        Assert.Equal((204, "*", Asked), (reply.Status, reply.Headers["Access-Control-Allow-Origin"], reply.Headers["Access-Control-Allow-Headers"]));
        Assert.Contains(method, reply.Headers["Access-Control-Allow-Methods"].Split(", "));
        Assert.Equal(SimulatorOperation.Preflight, Assert.Single(simulator.Requests).Operation);
        Assert.Equal(new(0, 0, 0, 0, 0, 0, 0, 0), simulator.Counts);
    }

    [Fact]
    public async Task Responses_and_their_headers_may_be_read_by_the_page_and_failures_too()
    {
        await using var simulator = await Support.StartAsync();
        using var browser = Browser(simulator, ("Authorization", "Key a:b"));
        var submitted = Readable(await browser.SendAsync("POST", Support.FalId, Support.GoodInput()), 200);
        Readable(await browser.SendAsync("GET", submitted["status_url"]), 200);
        var result = Readable(await browser.SendAsync("GET", submitted["response_url"]), 200);
        Readable(await browser.SendAsync("GET", result.Json["video"]!["url"]!.ToString()), 200);
        Readable(await browser.SendAsync("POST", "run/" + Support.FalId, new JsonObject()), 422);
        Readable(await browser.SendAsync("GET", "nothing/here"), 404);
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 502, Body = "<html>nginx</html>" });
        Readable(await browser.SendAsync("POST", Support.FalId, Support.GoodInput()), 502);
    }

    [Fact]
    public async Task Callers_that_are_no_pages_and_the_simulators_own_requests_have_none_of_it()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Assert.DoesNotContain("Access-Control-Allow-Origin", (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Headers.Keys);
        using var browser = Browser(simulator, ("Access-Control-Request-Method", "POST"));
        foreach (var path in new[] { "_simulator/faults", "v1/prediction", "runway/v1/image_to_video" })
        {
            var reply = await browser.SendAsync("OPTIONS", path);
            Assert.InRange(reply.Status, 400, 499);
            Assert.DoesNotContain("Access-Control-Allow-Origin", reply.Headers.Keys);
        }
    }

    [Fact]
    public async Task An_OPTIONS_that_asks_nothing_is_no_preflight()
    {
        await using var simulator = await Support.StartAsync();
        using var browser = Browser(simulator);
        Assert.Equal(401, (await browser.SendAsync("OPTIONS", Support.FalId)).Status);
    }

    [Fact]
    public async Task A_preflight_fails_only_when_a_fault_names_it()
    {
        await using var simulator = await Support.StartAsync();
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 503, Operation = SimulatorOperation.Preflight });
        using var browser = Browser(simulator, ("Access-Control-Request-Method", "POST"));
        Assert.Equal(503, (await browser.SendAsync("OPTIONS", Support.FalId)).Status);
        Assert.Equal(204, (await browser.SendAsync("OPTIONS", Support.FalId)).Status);
    }

    private static HttpClient Browser(MediaSimulator simulator, params (string Name, string Value)[] headers)
    {
        var client = simulator.Client(key: null);
        client.DefaultRequestHeaders.Add("Origin", Page);
        foreach (var (name, value) in headers)
            client.DefaultRequestHeaders.Add(name, value);
        return client;
    }

    private static Reply Readable(Reply reply, int status)
    {
        Assert.Equal((status, "*", "*"),
            (reply.Status, reply.Headers["Access-Control-Allow-Origin"], reply.Headers["Access-Control-Expose-Headers"]));
        return reply;
    }
}
