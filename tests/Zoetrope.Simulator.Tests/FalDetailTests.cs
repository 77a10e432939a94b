using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>What fal's own clients look at besides results: request ids, types of errors, and what counts as a submit.</summary>
public sealed class FalDetailTests
{
    private const string RequestId = "x-fal-request-id";

    [Theory]
    [InlineData("POST", "fal-ai/no/such-model", 404)]
    [InlineData("POST", "run/fal-ai/no/such-model", 404)]
    [InlineData("POST", Support.FalId, 422)]
    [InlineData("POST", "run/" + Support.FalId, 422)]
    [InlineData("GET", Support.FalApp + "/requests/unknown/status", 404)]
    [InlineData("GET", Support.FalApp + "/requests/unknown", 404)]
    [InlineData("PUT", Support.FalApp + "/requests/unknown/cancel", 404)]
    [InlineData("PATCH", Support.FalApp, 404)]
    public async Task Errors_name_a_request(string method, string path, int status)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendAsync(method, path, method == "POST" ? new JsonObject() : null);
        Assert.Equal(status, reply.Status);
        Assert.True(Guid.TryParse(reply.Headers[RequestId], out _));
        using var keyless = simulator.Client(key: null);
        var refused = await keyless.SendAsync(method, path, method == "POST" ? new JsonObject() : null);
        Assert.Equal(401, refused.Status);
        Assert.True(Guid.TryParse(refused.Headers[RequestId], out _));
    }

    [Fact]
    public async Task Cancels_name_the_job()
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var client = simulator.Client();
        var submitted = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        foreach (var (outcome, status) in new[] { ("OK", 200), ("ALREADY_COMPLETED", 400) })
        {
            var reply = await client.SendAsync("PUT", submitted["cancel_url"]);
            Assert.Equal((status, outcome, submitted["request_id"]), (reply.Status, reply["status"], reply.Headers[RequestId]));
        }
    }

    [Theory]
    [InlineData(null, null, "content_policy_violation")]
    [InlineData(500, null, "runner_server_error")]
    [InlineData(503, null, "runner_server_error")]
    [InlineData(500, """{"detail":"Startup timed out","error_type":"startup_timeout"}""", "startup_timeout")]
    [InlineData(422, """{"detail":"no"}""", "bad_request")]
    [InlineData(422, """{"detail":"no","error_type":"own_type"}""", "own_type")]
    [InlineData(422, """{"detail":[{"loc":["body"],"msg":"no","type":"no_media_generated"}]}""", "no_media_generated")]
    [InlineData(500, "not JSON", "runner_server_error")]
    public async Task The_status_and_the_result_of_a_failed_job_say_the_same_type(int? statusCode, string? body, string type)
    {
        await using var simulator = await Support.StartAsync();
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, StatusCode = statusCode, Body = body });
        using var client = simulator.Client();
        var submitted = await client.SendAsync("POST", Support.FalId, Support.GoodInput());

        var status = await client.SendAsync("GET", submitted["status_url"]);
        var result = await client.SendAsync("GET", submitted["response_url"]);

        Assert.Equal((type, type), (status["error_type"], result.Headers.GetValueOrDefault("X-Fal-Error-Type")));
        if (result.Text.Contains("\"error_type\"", StringComparison.Ordinal))
            Assert.Equal(type, result["error_type"]);
    }

    [Theory]
    [InlineData("storage/upload/initiate?storage_type=fal-cdn-v3", 422)]
    [InlineData("storage/upload/initiate-multipart", 400)]
    [InlineData("storage/auth/token", 200)]
    [InlineData("tokens/", 422)]
    [InlineData("tokens/realtime", 422)]
    [InlineData("files/upload", 401)]
    public async Task Uploads_and_tokens_are_no_submits_and_use_up_none_of_their_faults(string path, int status)
    {
        await using var simulator = await Support.StartAsync();
        simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 503, Operation = SimulatorOperation.Submit });
        using var client = simulator.Client();
        Assert.Equal(status, (await client.SendAsync("POST", path, new JsonObject())).Status);
        Assert.Equal((0, 1), (simulator.Counts.Submits, simulator.Counts.Others + simulator.Counts.Uploads + simulator.Counts.Tokens));
        Assert.Equal(503, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
    }
}
