using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

public sealed class EachlabsTests
{
    [Theory]
    [InlineData("v1/prediction")]
    [InlineData("v1/prediction/")]
    public async Task A_prediction_goes_from_created_to_success(string path)
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var client = simulator.Client();

        var input = Support.GoodInput();
        input["duration"] = "7";
        var created = await client.SendAsync("POST", path, Support.Create(input));
        Assert.Equal((200, "success"), (created.Status, created["status"]));
        var url = "v1/prediction/" + created["predictionID"];

        var statuses = new List<string>();
        foreach (var seconds in new[] { 0, 6, 50, 100 })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            statuses.Add((await client.SendAsync("GET", url))["status"]);
        }
        Assert.Equal(["created", "starting", "processing", "success"], statuses);

        var done = await client.SendAsync("GET", url);
        Assert.Equal(created["predictionID"], done["id"]);
        Assert.Equal(100, done.Json["metrics"]!["predict_time"]!.GetValue<double>());
        Assert.Equal(0.7m, done.Json["metrics"]!["cost"]!.GetValue<decimal>());
        Assert.StartsWith($"{simulator.BaseUrl}files/", done["output"]);
        Assert.EndsWith(".mp4", done["output"]);
        Assert.True(JsonNode.DeepEquals(input, done.Json["input"]));
        Assert.Equal($"{simulator.BaseUrl}{url}/cancel", done.Json["urls"]!["cancel"]!.ToString());
    }

    [Fact]
    public async Task Before_its_end_a_prediction_has_neither_output_nor_cost()
    {
        await using var simulator = await Support.StartAsync(new ManualClock());
        using var client = simulator.Client();
        var created = await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()));
        var prediction = await client.SendAsync("GET", "v1/prediction/" + created["predictionID"]);
        Assert.Null(prediction.Json["output"]);
        Assert.Equal(0, prediction.Json["metrics"]!["cost"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task A_running_prediction_is_canceled_an_ended_one_is_not()
    {
        var clock = new ManualClock();
        await using var simulator = await Support.StartAsync(clock);
        using var client = simulator.Client();
        var first = (await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput())))["predictionID"];
        var second = (await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput())))["predictionID"];

        var cancelled = await client.SendAsync("POST", $"v1/prediction/{first}/cancel");
        Assert.Equal((200, "cancelled", first), (cancelled.Status, cancelled["status"], cancelled["predictionID"]));
        Assert.Equal("cancelled", (await client.SendAsync("GET", "v1/prediction/" + first))["status"]);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(400, (await client.SendAsync("POST", $"v1/prediction/{second}/cancel")).Status);
        Assert.Equal("success", (await client.SendAsync("GET", "v1/prediction/" + second))["status"]);
        Assert.Equal("cancelled", (await client.SendAsync("GET", "v1/prediction/" + first))["status"]);
    }

    [Theory]
    [InlineData("GET", "v1/prediction/nobody")]
    [InlineData("POST", "v1/prediction/nobody/cancel")]
    [InlineData("GET", "v1/nothing")]
    public async Task What_is_unknown_is_not_found(string method, string path)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendAsync(method, path);
        Assert.Equal((404, "error"), (reply.Status, reply["status"]));
        Assert.NotEqual("", reply["message"]);
    }

    [Fact]
    public async Task An_unknown_model_is_not_found()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput(), "no-model"));
        Assert.Equal((404, "error"), (reply.Status, reply["status"]));
        Assert.StartsWith("no-model. This simulator has no document of it.", reply["details"]);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("[]", "The body is not a JSON object")]
    [InlineData("{}", "model: Field required")]
    [InlineData("""{"model":"kling-o3-pro-image-to-video"}""", "input: Input should be a valid object")]
    [InlineData("""{"model":"kling-o3-pro-image-to-video","input":"{}"}""", "input: Input should be a valid object")]
    [InlineData("""{"model":"kling-o3-pro-image-to-video","input":{"image_url":"https://example.com/a.png","prompt":"x"},"webhook_url":"nowhere"}""", "webhook_url is not a URL")]
    public async Task A_body_of_another_form_is_refused(string body, string details)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendTextAsync("v1/prediction", body);
        Assert.Equal((400, "error"), (reply.Status, reply["status"]));
        Assert.Contains(details, reply["details"]);
    }

    [Fact]
    public async Task Media_models_do_not_run_synchronously()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendAsync("POST", "v1/prediction/run", Support.Create(Support.GoodInput()));
        Assert.Equal((400, Support.EachlabsId), (reply.Status, reply["details"]));
    }

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("X-API-Key", "bad-key", 401)]
    [InlineData("Authorization", "Bearer bad-key", 401)]
    [InlineData("Authorization", "Key k", 401)]
    [InlineData("X-API-Key", "k", 200)]
    [InlineData("Authorization", "Bearer k", 200)]
    public async Task A_key_is_needed(string? header, string? value, int status)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client(null);
        if (header is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        var reply = await client.SendAsync("POST", "v1/prediction", Support.Create(Support.GoodInput()));
        Assert.Equal((status, status == 200 ? "success" : "error"), (reply.Status, reply["status"]));
    }

    [Fact]
    public async Task The_limits_of_the_page_are_enforced_when_asked_for()
    {
        var clock = new ManualClock();
        await using var simulator = await MediaSimulator.StartAsync(new() { TimeProvider = clock, EnforceLimits = true });
        using var client = simulator.Client();
        var body = Support.Create(Support.GoodInput());
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 10; i++)
                Assert.Equal(200, (await client.SendAsync("POST", "v1/prediction", body)).Status);
            if (round == 0)
            {
                var busy = await client.SendAsync("POST", "v1/prediction", body);
                Assert.Equal((429, "429", "10 concurrent predictions", "1"), (busy.Status, busy["status"], busy["details"], busy.Headers["Retry-After"]));
            }
            clock.Advance(TimeSpan.FromSeconds(2));
        }
        Assert.Equal("100 creates a minute", (await client.SendAsync("POST", "v1/prediction", body))["details"]);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await client.SendAsync("POST", "v1/prediction", body)).Status);
        Assert.Equal((103, 101), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }
}
