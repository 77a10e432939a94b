using System.Net;

namespace Zoetrope.Simulator.Tests;

public sealed class RecordingTests
{
    [Fact]
    public async Task Requests_are_counted_by_operation_and_provider()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var job = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        await client.SendAsync("POST", Support.FalId, new System.Text.Json.Nodes.JsonObject());
        await client.SendAsync("GET", job["status_url"]);
        await client.SendAsync("GET", job["status_url"]);
        var result = await client.SendAsync("GET", job["response_url"]);
        await client.SendAsync("GET", result.Json["video"]!["url"]!.ToString());
        await client.SendAsync("PUT", job["cancel_url"]);
        await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()));
        await client.SendAsync("GET", "nothing");

        Assert.Equal(new(3, 2, 0, 2, 1, 1, 1, 1), simulator.Counts);
        Assert.Equal(new(2, 1, 0, 2, 1, 1, 0, 1), simulator.CountsOf("fal"));
        Assert.Equal(new(1, 1, 0, 0, 0, 0, 0, 0), simulator.CountsOf("eachlabs"));
        Assert.Equal(3, simulator.Submits);

        var counts = await client.SendAsync("GET", "_simulator/counts");
        Assert.Equal(
            """
            {"submits":3,"accepted":2,"direct_runs":0,"statuses":2,"results":1,"cancels":1,"files":1,"others":1,"uploads":0,"streams":0,
            "status_streams":0,"tokens":0,"realtime_connections":0}
            """.ReplaceLineEndings(""),
            counts.Text[..counts.Text.IndexOf(",\"fal\"", StringComparison.Ordinal)] + "}");
        Assert.Equal("1", counts.Json["eachlabs"]!["submits"]!.ToString());
        Assert.Equal(9, simulator.Requests.Count);
    }

    [Fact]
    public async Task Requests_are_recorded_without_keys()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client("a-secret-key");
        client.DefaultRequestHeaders.Add("X-Fal-Runner-Hint", "a-hint");
        await client.SendAsync("POST", Support.FalId + "?fal_max_queue_length=9", Support.GoodInput());

        var request = Assert.Single(simulator.Requests);
        Assert.Equal(Support.FalId, request.Endpoint);
        Assert.Equal(("fal", SimulatorOperation.Submit, "POST", "/" + Support.FalId, "?fal_max_queue_length=9"),
            (request.Provider, request.Operation, request.Method, request.Path, request.Query));
        Assert.Equal(Support.GoodInput().ToJsonString(), request.Body);
        Assert.Equal(
            ("Key [hidden]", "[hidden]", "a-hint"),
            (request.Headers["Authorization"], request.Headers["x-api-key"], request.Headers["X-Fal-Runner-Hint"]));

        var recorded = await client.SendAsync("GET", "_simulator/requests");
        Assert.Equal("submit", recorded.Json[0]!["operation"]!.ToString());
        Assert.DoesNotContain("a-secret-key", recorded.Text);
    }

    [Fact]
    public async Task Old_requests_are_forgotten_but_stay_counted()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { MaxRecordedRequests = 2 });
        using var client = simulator.Client();
        foreach (var path in new[] { "a", "b", "c" })
            await client.SendAsync("GET", path);
        Assert.Equal(["/b", "/c"], simulator.Requests.Select(request => request.Path));
        Assert.Equal(3, simulator.Counts.Others);
    }

    [Fact]
    public async Task Each_request_with_a_response_is_a_line_of_the_log_when_one_is_wanted()
    {
        using var log = new StringWriter();
        await using (var simulator = await MediaSimulator.StartAsync(new() { Log = log }))
        {
            using var client = simulator.Client();
            simulator.AddFault(new() { Kind = FaultKind.Status });
            await client.SendAsync("GET", "a");
            await client.SendAsync("GET", "b?c=d");
        }
        Assert.Equal(["GET /a Status 500", "GET /b?c=d 404"], log.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { MaxRequestBytes = 1000 });
        using var client = simulator.Client();
        using var content = new ByteArrayContent(new byte[1001]);
        using var response = await client.PostAsync(Support.FalId, content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task Two_simulators_run_beside_each_other()
    {
        await using var first = await Support.StartAsync();
        await using var second = await Support.StartAsync();
        Assert.NotEqual(first.BaseUrl, second.BaseUrl);
        using var client = second.Client();
        await client.SendAsync("GET", "a");
        Assert.Equal((0, 1), (first.Counts.Others, second.Counts.Others));
    }

    [Fact]
    public async Task A_taken_port_is_reported()
    {
        await using var first = await Support.StartAsync();
        await Assert.ThrowsAsync<IOException>(() => MediaSimulator.StartAsync(new() { Port = first.BaseUrl.Port }));
    }
}
