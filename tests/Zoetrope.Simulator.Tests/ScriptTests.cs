using System.Text.Json.Nodes;
using Zoetrope.Fal.Models;

namespace Zoetrope.Simulator.Tests;

/// <summary>What a test scripts: outcomes and faults by endpoint and by the number of the call.</summary>
public sealed class ScriptTests
{
    private const string OtherId = "fal-ai/flux-2-pro";

    private static JsonObject OtherInput() => new() { ["prompt"] = "A lighthouse" };

    [Fact]
    public async Task A_fault_befalls_the_calls_that_it_names_by_number()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 503, Operation = SimulatorOperation.Submit, FromCall = 3, Times = 2 });
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 429, Operation = SimulatorOperation.Submit, FromCall = 2 });

        var statuses = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            statuses.Add((await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
            Assert.Equal(404, (await client.SendAsync("GET", Support.FalApp + "/requests/nobody/status")).Status);
        }

        Assert.Equal([200, 429, 503, 503, 200, 200], statuses);
    }

    [Fact]
    public async Task A_fault_of_an_endpoint_befalls_its_submits_and_its_jobs_only()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Assert.Contains(OtherId, (await client.SendAsync("GET", "_simulator/endpoints")).Text, StringComparison.Ordinal);
        var first = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        var second = await client.SendAsync("POST", OtherId, OtherInput());
        Assert.Equal((200, 200), (first.Status, second.Status));
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 503, Endpoint = OtherId, Times = 2 });

        Assert.Equal(200, (await client.SendAsync("GET", first["status_url"])).Status);
        Assert.Equal(503, (await client.SendAsync("GET", second["status_url"])).Status);
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
        Assert.Equal(503, (await client.SendAsync("POST", OtherId, OtherInput())).Status);
        Assert.Equal([Support.FalId, OtherId, Support.FalId, OtherId, Support.FalId, OtherId], simulator.Requests.Select(request => request.Endpoint));
    }

    [Theory]
    [InlineData("eachlabs", Support.EachlabsId)]
    [InlineData("runway", "image_to_video/gen4_turbo")]
    public async Task Other_providers_name_their_endpoints_too(string provider, string endpoint)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "k");
        client.DefaultRequestHeaders.Add("X-Runway-Version", "2024-11-06");
        var reply = provider == "eachlabs"
            ? await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()))
            : await client.SendTextAsync("runway/v1/image_to_video",
                """{"model":"gen4_turbo","promptImage":"https://example.com/a.png","ratio":"1280:720","duration":5}""");
        Assert.True(reply.Status == 200, reply.Text);
        var id = reply.Json["predictionID"] ?? reply.Json["id"];
        await client.SendAsync("GET", provider == "eachlabs" ? $"v1/prediction/{id}" : $"runway/v1/tasks/{id}");

        Assert.Equal([endpoint, endpoint], simulator.Requests.Select(request => request.Endpoint));
        Assert.Equal(endpoint, (await client.SendAsync("GET", "_simulator/requests")).Json[1]!["endpoint"]!.ToString());
    }

    [Fact]
    public async Task A_result_of_a_tests_own_comes_at_every_provider()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(
            new() { Kind = FaultKind.JobResult, MediaType = "application/json", Body = """{"video":{"url":"https://files.example/own.mp4"}}""" });
        simulator.AddFault(new() { Kind = FaultKind.JobResult, Provider = "eachlabs", Body = "\"https://files.example/own.mp4\"" });

        using var fal = simulator.Fal();
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(
            new() { ImageUrl = Clients.Picture, Prompt = "She turns around" }, wait: Clients.Quickly, cancellationToken: TestContext.Current.CancellationToken);
        var created = await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()));
        var prediction = await client.SendAsync("GET", "v1/prediction/" + created["predictionID"]);

        Assert.Equal("https://files.example/own.mp4", result.Value.Video.Url);
        Assert.Equal(("success", "https://files.example/own.mp4"), (prediction["status"], prediction["output"]));
    }

    [Theory]
    [InlineData("""{"kind":"status","endpoint":"fal-ai/kling-video/o3/pro/image-to-video","from_call":2}""", 200, 500)]
    [InlineData("""{"kind":"status","endpoint":"fal-ai/other","from_call":1}""", 200, 200)]
    public async Task Faults_by_HTTP_have_endpoints_and_numbers(string fault, int first, int second)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Assert.Equal(200, (await client.SendTextAsync("_simulator/faults", fault)).Status);
        Assert.Equal(first, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
        Assert.Equal(second, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
    }

    [Fact]
    public async Task A_number_that_makes_no_sense_is_refused()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Assert.Throws<ArgumentOutOfRangeException>(() => simulator.AddFault(new() { Kind = FaultKind.Status, FromCall = 0 }));
        Assert.Equal(400, (await client.SendTextAsync("_simulator/faults", """{"kind":"status","from_call":0}""")).Status);
    }
}
