using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

public sealed class WebhookTests
{
    [Fact]
    public async Task Fal_posts_the_result()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var submitted = await client.SendAsync("POST", $"{Support.FalId}?fal_webhook={Uri.EscapeDataString(receiver.Url)}", Support.GoodInput());

        var (body, _) = await receiver.NextAsync();
        Assert.Equal((submitted["request_id"], "OK"), (body["request_id"]!.ToString(), body["status"]!.ToString()));
        Assert.Null(body["error"]);
        var result = await client.SendAsync("GET", submitted["response_url"]);
        Assert.True(JsonNode.DeepEquals(result.Json, body["payload"]));
    }

    [Fact]
    public async Task Fal_posts_the_error_of_a_failed_job()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        await client.SendAsync("POST", $"{Support.FalId}?fal_webhook={Uri.EscapeDataString(receiver.Url)}", Support.GoodInput());

        var (body, _) = await receiver.NextAsync();
        Assert.Equal(("ERROR", "Invalid status code: 422"), (body["status"]!.ToString(), body["error"]!.ToString()));
        Assert.Equal("content_policy_violation", body["payload"]!["detail"]![0]!["type"]!.ToString());
    }

    [Theory]
    [InlineData("a-secret", "a-secret")]
    [InlineData(null, null)]
    public async Task Eachlabs_posts_the_output_with_the_secret(string? secret, string? header)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var request = Support.Create(Support.GoodInput());
        request["webhook_url"] = receiver.Url;
        request["webhook_secret"] = secret;
        var created = await client.SendAsync("POST", "v1/prediction", request);

        var (body, sent) = await receiver.NextAsync();
        Assert.Equal(
            (created["predictionID"], "succeeded", "", header),
            (body["exec_id"]!.ToString(), body["status"]!.ToString(), body["error"]!.ToString(), sent));
        Assert.Equal((await client.SendAsync("GET", "v1/prediction/" + created["predictionID"]))["output"], body["output"]!.ToString());
    }

    [Fact]
    public async Task Eachlabs_reports_a_failure_in_the_output()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        var request = Support.Create(Support.GoodInput());
        request["webhook_url"] = receiver.Url;
        await client.SendAsync("POST", "v1/prediction", request);

        var (body, _) = await receiver.NextAsync();
        Assert.Equal(("failed", ""), (body["status"]!.ToString(), body["error"]!.ToString()));
        Assert.StartsWith("Error: ", body["output"]![0]!["error"]!.ToString());
    }

    [Fact]
    public async Task A_refused_webhook_is_posted_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 2);
        await using var simulator = await StartImpatientAsync();
        using var client = simulator.Client();
        await client.SendAsync("POST", $"{Support.FalId}?fal_webhook={Uri.EscapeDataString(receiver.Url)}", Support.GoodInput());
        await receiver.NextAsync();
        Assert.Equal(3, receiver.Posts);
    }

    [Fact]
    public async Task A_webhook_is_given_up_after_its_attempts()
    {
        await using var refusing = await WebhookReceiver.StartAsync(refusals: int.MaxValue);
        await using var taking = await WebhookReceiver.StartAsync();
        await using var simulator = await StartImpatientAsync();
        using var client = simulator.Client();
        await client.SendAsync("POST", $"{Support.FalId}?fal_webhook={Uri.EscapeDataString(refusing.Url)}", Support.GoodInput());
        while (refusing.Posts < 3)
            await Task.Delay(5);
        await client.SendAsync("POST", $"{Support.FalId}?fal_webhook={Uri.EscapeDataString(taking.Url)}", Support.GoodInput());
        await taking.NextAsync();
        Assert.Equal(3, refusing.Posts);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_does_no_harm()
    {
        await using var simulator = await StartImpatientAsync();
        using var client = simulator.Client();
        var submitted = await client.SendAsync("POST", $"{Support.FalId}?fal_webhook={Uri.EscapeDataString("http://127.0.0.1:1/")}", Support.GoodInput());
        Assert.Equal(200, (await client.SendAsync("GET", submitted["response_url"])).Status);
    }

    [Fact]
    public async Task A_webhook_that_is_no_URL_is_refused()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Assert.Equal(400, (await client.SendAsync("POST", Support.FalId + "?fal_webhook=nowhere", Support.GoodInput())).Status);
    }

    private static Task<MediaSimulator> StartImpatientAsync() => MediaSimulator.StartAsync(new()
    {
        QueueTime = TimeSpan.Zero,
        JobDuration = TimeSpan.Zero,
        WebhookRetryDelay = TimeSpan.FromMilliseconds(1),
    });
}
