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
}
