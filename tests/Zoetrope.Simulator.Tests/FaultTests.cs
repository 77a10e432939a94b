using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task A_status_with_headers_and_body_befalls_as_many_requests_as_asked()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new()
        {
            Kind = FaultKind.Status,
            Times = 2,
            Operation = SimulatorOperation.Submit,
            StatusCode = 503,
            Body = "<html>nginx</html>",
            Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
        });
        Assert.Equal(404, (await client.SendAsync("GET", Support.FalApp + "/requests/nobody/status")).Status);
        for (var i = 0; i < 2; i++)
        {
            var reply = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
            Assert.Equal(
                (503, "<html>nginx</html>", "7", "text/html"),
                (reply.Status, reply.Text, reply.Headers["Retry-After"], reply.Headers["Content-Type"]));
        }
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
        Assert.Equal((3, 1), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }

    [Fact]
    public async Task Without_a_body_a_status_comes_in_the_providers_form()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Status, Times = 2 });
        var fal = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal((500, 1), (fal.Status, fal.Json["detail"]!.ToString().Length > 0 ? 1 : 0));
        var eachlabs = await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()));
        Assert.Equal((500, "error"), (eachlabs.Status, eachlabs["status"]));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_reset_submit_makes_a_job_only_when_it_is_carried_out(bool carryOut, int accepted)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Reset, CarryOut = carryOut });
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync("POST", Support.FalId, Support.GoodInput()));
        Assert.Equal((1, accepted), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }

    [Fact]
    public async Task A_truncated_body_breaks_off()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Truncate });
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync("POST", Support.FalId, Support.GoodInput()));
        Assert.Equal(1, simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_malformed_body_is_whole_but_no_JSON()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Malformed });
        var reply = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal((200, "application/json"), (reply.Status, reply.Headers["Content-Type"]));
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => reply.Json);
        Assert.Equal(1, simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_delayed_response_is_right()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(
            new() { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(5), Headers = new Dictionary<string, string> { ["X-Late"] = "1" } });
        var reply = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal((200, "1"), (reply.Status, reply.Headers["X-Late"]));
    }

    [Fact]
    public async Task A_hung_request_ends_with_its_caller_and_leaves_the_server_alive()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Hang });
        using var patience = new CancellationTokenSource();
        var hung = client.GetAsync(Support.FalApp + "/requests/nobody/status", patience.Token);
        while (simulator.Counts.Statuses == 0)
            await Task.Delay(5);
        Assert.False(hung.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hung);
        Assert.Equal(404, (await client.SendAsync("GET", Support.FalApp + "/requests/nobody/status")).Status);
    }

    [Fact]
    public async Task A_simulator_stops_although_requests_hang()
    {
        var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Hang });
        var hung = client.SendAsync("GET", Support.FalApp + "/requests/nobody/status");
        while (simulator.Counts.Statuses == 0)
            await Task.Delay(5);
        await simulator.DisposeAsync();
        await simulator.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hung);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync("GET", "_simulator/counts"));
    }

    [Fact]
    public async Task A_failed_job_at_fal_is_completed_and_its_result_is_the_error()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, StatusCode = 500 });
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, StatusCode = 400, Body = """{"detail":"Out of luck"}""" });

        var replies = new List<Reply>();
        for (var i = 0; i < 3; i++)
        {
            var submitted = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
            var status = await client.SendAsync("GET", submitted["status_url"]);
            Assert.Equal((200, "COMPLETED"), (status.Status, status["status"]));
            Assert.NotNull(status.Json["error"]);
            replies.Add(await client.SendAsync("GET", submitted["response_url"]));
        }
        Assert.Equal([422, 500, 400], replies.Select(reply => reply.Status));
        Assert.Equal("content_policy_violation", replies[0].Json["detail"]![0]!["type"]!.ToString());
        Assert.Equal("runner_server_error", replies[1].Headers["X-Fal-Error-Type"]);
        Assert.Equal("Out of luck", replies[2]["detail"]);
        Assert.All(replies, reply => Assert.False(reply.Headers.ContainsKey("X-Fal-Billable-Units")));
    }

    [Fact]
    public async Task A_failed_prediction_explains_why()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, Provider = "eachlabs" });
        var created = await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()));
        var prediction = await client.SendAsync("GET", "v1/prediction/" + created["predictionID"]);
        Assert.Equal((200, "error", "Execution failed"), (prediction.Status, prediction["status"], prediction["message"]));
        Assert.Equal("PROVIDER_REJECTED", prediction.Json["output"]!["error_code"]!.ToString());
        Assert.Equal(0, prediction.Json["metrics"]!["cost"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task A_fault_befalls_only_what_it_names()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.Status, Provider = "eachlabs" });
        simulator.AddFault(new() { Kind = FaultKind.Status, Method = "PUT" });
        simulator.AddFault(new() { Kind = FaultKind.Status, PathPrefix = "/files/" });
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
        Assert.Equal(500, (await client.SendAsync("PUT", Support.FalApp + "/requests/nobody/cancel")).Status);
        Assert.Equal(500, (await client.SendAsync("GET", "files/nothing")).Status);
        Assert.Equal(500, (await client.SendAsync("GET", "v1/prediction/nobody")).Status);
        Assert.Equal(404, (await client.SendAsync("GET", "v1/prediction/nobody")).Status);
    }

    [Fact]
    public async Task Faults_that_make_no_sense_are_refused()
    {
        await using var simulator = await Support.StartAsync();
        Assert.Throws<ArgumentOutOfRangeException>(() => simulator.AddFault(new() { Kind = FaultKind.Reset, Times = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 99 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => simulator.AddFault(new() { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(-1) }));
    }

    [Fact]
    public async Task Faults_are_asked_for_and_forgotten_over_HTTP_too()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var added = await client.SendAsync("POST", "_simulator/faults", JsonNode.Parse("""
            [
              { "kind": "status", "operation": "submit", "status_code": 429, "headers": { "Retry-After": "1" }, "body": { "detail": "slow down" } },
              { "kind": "job_failure", "provider": "fal", "times": 3, "path_prefix": "/fal-ai", "method": "POST", "delay_ms": 1, "carry_out": true }
            ]
            """));
        Assert.Equal("2", added["added"]);
        var refused = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal((429, "slow down", "1"), (refused.Status, refused["detail"], refused.Headers["Retry-After"]));
        var failing = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal(422, (await client.SendAsync("GET", failing["response_url"])).Status);

        Assert.Equal(204, (await client.SendAsync("DELETE", "_simulator/faults")).Status);
        var fine = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal(200, (await client.SendAsync("GET", fine["response_url"])).Status);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("3", "A fault must be a JSON object.")]
    [InlineData("{}", "A fault must have a kind.")]
    [InlineData("""{"kind":"earthquake"}""", "'kind' must be one of status, delay, reset, truncate, malformed, hang, job_failure, job_result.")]
    [InlineData("""{"kind":"reset","colour":"red"}""", "'colour' is not a member of a fault.")]
    [InlineData("""{"kind":"reset","times":"3"}""", "'times' must be a number")]
    [InlineData("""{"kind":"reset","method":3}""", "'method' must be a string.")]
    [InlineData("""{"kind":"reset","headers":[]}""", "'headers' must be an object of strings.")]
    [InlineData("""{"kind":"reset","times":0}""", "")]
    public async Task What_is_no_fault_is_refused(string body, string message)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendTextAsync("_simulator/faults", body);
        Assert.Equal(400, reply.Status);
        Assert.Contains(message, reply["error"]);
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
    }
}
