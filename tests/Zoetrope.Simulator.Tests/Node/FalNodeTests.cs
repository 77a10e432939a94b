using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests.Node;

/// <summary>The simulator serves fal's own client, <c>@fal-ai/client</c>, in Node.</summary>
public sealed class FalNodeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_by_status_stream_collects_logs_and_gets_the_result()
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.FromSeconds(1), JobDuration = TimeSpan.FromSeconds(2) }, Token);

        var result = await RunAsync(
            simulator,
            """
            const states = [], lines = [];
            const result = await fal.subscribe(model, { input, logs: true, mode: "streaming", onQueueUpdate: status => {
                states.push(status.status);
                if (status.logs) lines.splice(0, lines.length, ...status.logs.map(log => log.message));
            }});
            print({ states: [...new Set(states)], lines, url: result.data.video.url, id: result.requestId });
            """);

        Assert.Equal("""["IN_QUEUE","IN_PROGRESS","COMPLETED"]""", result["states"]!.ToJsonString());
        Assert.Equal("100% done.", (string?)result["lines"]!.AsArray()[^1]);
        Assert.StartsWith(simulator.BaseUrl.ToString(), (string?)result["url"]);
        Assert.NotEqual("", (string?)result["id"]);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.Requests.Count(sent => sent.Operation == SimulatorOperation.StatusStream)));
    }

    [Theory]
    [InlineData("server")]
    [InlineData("client")]
    public async Task A_stream_yields_events_and_is_done_with_the_last(string mode)
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 500 });

        var result = await RunAsync(
            simulator,
            $$"""
            const stream = await fal.stream(model, { input, connectionMode: "{{mode}}" });
            let events = 0;
            for await (const event of stream) events += event.video ? 1 : 0;
            print({ events, url: (await stream.done()).video.url });
            """);

        Assert.InRange((int)result["events"]!, 1, 3);
        Assert.StartsWith(simulator.BaseUrl.ToString(), (string?)result["url"]);
        Assert.Equal(mode == "client" ? 1 : 0, simulator.Requests.Count(sent => sent.Operation == SimulatorOperation.Token));
        Assert.Equal((0, 1), (simulator.Counts.Submits, simulator.Requests.Count(sent => sent.Operation == SimulatorOperation.Stream)));
    }

    [Fact]
    public async Task Runs_by_POST_and_GET_give_the_result_and_its_id()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = await RunAsync(
            simulator,
            """
            const runs = [];
            for (const method of ["post", "get"]) runs.push(await fal.run(model, { input, method }));
            print(runs.map(run => ({ url: run.data.video.url, id: run.requestId })));
            """);

        Assert.All(result.AsArray(), run => Assert.StartsWith(simulator.BaseUrl.ToString(), (string?)run!["url"]));
        Assert.All(result.AsArray(), run => Assert.NotEqual("", (string?)run!["id"]));
        Assert.Equal(2, simulator.Counts.DirectRuns);
    }

    [Fact]
    public async Task Submit_status_result_and_cancel_work_and_errors_have_an_id()
    {
        // The job is there as long as the client needs, however busy the machine is.
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMinutes(5) }, Token);

        var result = await RunAsync(
            simulator,
            """
            const { request_id: requestId } = await fal.queue.submit(model, { input, priority: "low", hint: "h", startTimeout: 60 });
            const status = (await fal.queue.status(model, { requestId, logs: true })).status;
            await fal.queue.cancel(model, { requestId });
            const canceled = await fal.queue.result(model, { requestId }).catch(error => error);
            const invalid = await fal.run(model, { input: { prompt: 5 } }).catch(error => error);
            print({ status, canceled: canceled.status, body: canceled.body, fields: invalid.fieldErrors.length, ids: [canceled.requestId, invalid.requestId] });
            """);

        Assert.NotEqual("COMPLETED", (string?)result["status"]);
        Assert.Equal((499, "client_cancelled"), ((int)result["canceled"]!, (string?)result["body"]!["error_type"]));
        Assert.InRange((int)result["fields"]!, 1, 9);
        Assert.All(result["ids"]!.AsArray(), id => Assert.False(string.IsNullOrEmpty((string?)id)));
    }

    [Fact]
    public async Task A_result_of_another_media_type_is_a_text()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        simulator.AddFault(new() { Kind = FaultKind.JobResult, MediaType = "text/html", Body = "<html>A page</html>" });

        var result = await RunAsync(simulator, "print((await fal.subscribe(model, { input, pollInterval: 20 })).data);");

        Assert.Equal("<html>A page</html>", (string?)result);
    }

    private static async Task<JsonNode> RunAsync(MediaSimulator simulator, string script) =>
        JsonNode.Parse(await NodePackages.RunAsync(script, simulator.BaseUrl, Token))!;
}
