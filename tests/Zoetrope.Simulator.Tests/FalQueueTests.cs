using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

public sealed class FalQueueTests
{
    [Fact]
    public async Task A_job_goes_from_the_queue_to_its_result()
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var client = simulator.Client();

        var submitted = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal(200, submitted.Status);
        Assert.Equal("IN_QUEUE", submitted["status"]);
        var id = submitted["request_id"];
        Assert.Equal(id, submitted.Headers["x-fal-request-id"]);
        Assert.Equal($"{simulator.BaseUrl}{Support.FalApp}/requests/{id}", submitted["response_url"]);
        Assert.Equal(submitted["response_url"] + "/status", submitted["status_url"]);
        Assert.Equal(submitted["response_url"] + "/cancel", submitted["cancel_url"]);

        var queued = await client.SendAsync("GET", submitted["status_url"] + "?logs=1");
        Assert.Equal((202, "IN_QUEUE", "0"), (queued.Status, queued["status"], queued["queue_position"]));
        Assert.Null(queued.Json["logs"]);
        Assert.Equal(400, (await client.SendAsync("GET", submitted["response_url"])).Status);

        clock.Advance(TimeSpan.FromSeconds(60));
        var running = await client.SendAsync("GET", submitted["status_url"] + "?logs=1");
        Assert.Equal((202, "IN_PROGRESS"), (running.Status, running["status"]));
        Assert.Equal(["Started.", "25% done.", "50% done."], running.Json["logs"]!.AsArray().Select(line => line!["message"]!.ToString()));
        Assert.Null((await client.SendAsync("GET", submitted["status_url"])).Json["logs"]);

        clock.Advance(TimeSpan.FromSeconds(60));
        var completed = await client.SendAsync("GET", submitted["status_url"] + "?logs=1");
        Assert.Equal((200, "COMPLETED"), (completed.Status, completed["status"]));
        Assert.Equal(100, completed.Json["metrics"]!["inference_time"]!.GetValue<double>());
        Assert.Null(completed.Json["error"]);

        var result = await client.SendAsync("GET", submitted["response_url"]);
        Assert.Equal(200, result.Status);
        Assert.Equal("5", result.Headers["X-Fal-Billable-Units"]);
        Assert.StartsWith($"{simulator.BaseUrl}files/", result.Json["video"]!["url"]!.ToString());
    }

    [Fact]
    public async Task The_queue_position_counts_the_jobs_ahead()
    {
        await using var simulator = await Support.StartAsync(new ManualClock());
        using var client = simulator.Client();
        var positions = new List<string>();
        for (var i = 0; i < 3; i++)
            positions.Add((await client.SendAsync("POST", Support.FalId, Support.GoodInput()))["queue_position"]);
        Assert.Equal(["0", "1", "2"], positions);
        Assert.Equal(429, (await client.SendAsync("POST", Support.FalId + "?fal_max_queue_length=2", Support.GoodInput())).Status);
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId + "?fal_max_queue_length=3", Support.GoodInput())).Status);
    }

    [Fact]
    public async Task A_cancel_has_four_outcomes()
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var client = simulator.Client();
        var first = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        var second = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        var third = await client.SendAsync("POST", Support.FalId, Support.GoodInput());

        var requested = await client.SendAsync("PUT", first["cancel_url"]);
        Assert.Equal((200, "OK"), (requested.Status, requested["status"]));
        Assert.Equal(400, (await client.SendAsync("PUT", first["cancel_url"])).Status);
        var status = await client.SendAsync("GET", first["status_url"]);
        Assert.Equal((200, "COMPLETED", "client_cancelled"), (status.Status, status["status"], status["error_type"]));
        var result = await client.SendAsync("GET", first["response_url"]);
        Assert.Equal((499, "client_cancelled"), (result.Status, result.Headers["X-Fal-Error-Type"]));

        clock.Advance(TimeSpan.FromSeconds(11));
        var running = await client.SendAsync("PUT", third["cancel_url"]);
        Assert.Equal((202, "CANCELLATION_REQUESTED"), (running.Status, running["status"]));

        clock.Advance(TimeSpan.FromHours(1));
        var late = await client.SendAsync("PUT", second["cancel_url"]);
        Assert.Equal((400, "ALREADY_COMPLETED"), (late.Status, late["status"]));
        Assert.Equal(200, (await client.SendAsync("GET", second["response_url"])).Status);

        var unknown = await client.SendAsync("PUT", Support.FalApp + "/requests/nobody/cancel");
        Assert.Equal((404, "NOT_FOUND"), (unknown.Status, unknown["status"]));
        Assert.Equal(5, simulator.Counts.Cancels);
    }

    [Fact]
    public async Task Jobs_are_found_under_owner_and_alias_only()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var id = (await client.SendAsync("POST", Support.FalId, Support.GoodInput()))["request_id"];
        Assert.Equal(200, (await client.SendAsync("GET", $"{Support.FalApp}/requests/{id}/status")).Status);
        Assert.Equal(404, (await client.SendAsync("GET", $"{Support.FalId}/requests/{id}/status")).Status);
        Assert.Equal(404, (await client.SendAsync("GET", $"fal-ai/another/requests/{id}/status")).Status);
        Assert.Equal(404, (await client.SendAsync("GET", $"{Support.FalApp}/requests/nobody")).Status);
    }

    [Fact]
    public async Task Fal_and_Eachlabs_do_not_know_each_others_jobs()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var id = (await client.SendAsync("POST", Support.FalId, Support.GoodInput()))["request_id"];
        Assert.Equal(404, (await client.SendAsync("GET", "v1/prediction/" + id)).Status);
    }

    [Fact]
    public async Task A_direct_run_responds_with_the_result()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var input = Support.GoodInput();
        input["duration"] = "12";
        var reply = await client.SendAsync("POST", "run/" + Support.FalId, input);
        Assert.Equal((200, "12"), (reply.Status, reply.Headers["X-Fal-Billable-Units"]));
        Assert.Equal("video/mp4", reply.Json["video"]!["content_type"]!.ToString());
        Assert.NotEqual("", reply.Headers["x-fal-request-id"]);
        Assert.Equal((0, 1), (simulator.Counts.Submits, simulator.Counts.DirectRuns));
    }

    [Theory]
    [InlineData("X-Fal-Request-Timeout")]
    [InlineData("X-Fal-Request-Start-Timeout")]
    public async Task A_job_that_does_not_start_in_time_fails(string header)
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var client = simulator.Client();
        client.DefaultRequestHeaders.Add(header, "5");
        var submitted = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("request_timeout", (await client.SendAsync("GET", submitted["status_url"]))["error_type"]);
        var result = await client.SendAsync("GET", submitted["response_url"]);
        Assert.Equal((504, "user"), (result.Status, result.Headers["X-Fal-Request-Timeout-Type"]));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Key bad-key", 401)]
    [InlineData("Key", 401)]
    [InlineData("Basic abc", 401)]
    [InlineData("Key a:b", 200)]
    [InlineData("Bearer t", 200)]
    public async Task A_key_is_needed(string? authorization, int status)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client(null);
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        var reply = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 401, reply.Json["detail"] is JsonValue);
    }

    [Theory]
    [InlineData("POST", "fal-ai/no-such-model")]
    [InlineData("POST", "run/fal-ai/no-such-model")]
    [InlineData("GET", "fal-ai/kling-video/o3/pro/image-to-video")]
    [InlineData("GET", "")]
    public async Task What_is_unknown_is_not_found(string method, string path)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendAsync(method, path, method == "POST" ? Support.GoodInput() : null);
        Assert.Equal(404, reply.Status);
        Assert.NotEqual("", reply["detail"]);
    }
}
