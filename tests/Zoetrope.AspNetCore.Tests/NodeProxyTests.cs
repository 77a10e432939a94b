using System.Text.Json.Nodes;
using Zoetrope.Simulator;
using Zoetrope.Simulator.Tests.Node;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>fal's own client, <c>@fal-ai/client</c>, in Node, through the proxy: it has no key, and knows no other address than the proxy's.</summary>
public sealed class NodeProxyTests
{
    // What the client does not send through its proxy (the bytes of files and realtime connections) goes to the simulator in place of fal.
    private const string Browser = """
        const sent = [];
        const web = createFalClient({
            credentials: undefined,
            proxyUrl: { url: base + "/api/fal/proxy", when: "always" },
            fetch: (url, init) => {
                if (/fal\.(run|ai)/.test(String(url))) throw new Error("not through the proxy: " + url);
                sent.push(String(url));
                return fetch(url, init);
            },
        });

        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_by_polling_and_by_status_stream_gets_the_result()
    {
        var (result, simulator) = await RunAsync(
            """
            const runs = [];
            for (const mode of ["polling", "streaming"]) {
                const states = [], lines = [];
                const result = await web.subscribe(model, { input, mode, logs: true, pollInterval: 50, onQueueUpdate: status => {
                    states.push(status.status);
                    if (status.logs) lines.push(...status.logs);
                }});
                runs.push({ states: [...new Set(states)], logs: lines.length, url: result.data.video.url, id: result.requestId });
            }
            print(runs);
            """,
            new() { QueueTime = TimeSpan.FromMilliseconds(500), JobDuration = TimeSpan.FromMilliseconds(800) });

        Assert.All(result.AsArray(), run =>
        {
            Assert.Equal("""["IN_QUEUE","IN_PROGRESS","COMPLETED"]""", run!["states"]!.ToJsonString());
            Assert.NotEqual("", (string?)run["id"]);
            Assert.NotEqual("", (string?)run["url"]);
            Assert.NotEqual(0, (int)run["logs"]!);
        });
        Assert.Equal(2, simulator.Submits);
        Assert.Equal(1, simulator.Requests.Count(sent => sent.Operation == SimulatorOperation.StatusStream));
    }

    [Fact]
    public async Task Runs_streams_and_all_calls_of_the_queue_work_and_errors_are_fals()
    {
        var (result, simulator) = await RunAsync(
            """
            const run = await web.run(model, { input });
            const got = await web.run(model, { input, method: "get" });
            const stream = await web.stream(model, { input });
            let events = 0;
            for await (const event of stream) events += event.video ? 1 : 0;
            const streamed = (await stream.done()).video.url;
            const { request_id: requestId } = await web.queue.submit(model, { input, priority: "low", hint: "h", startTimeout: 60 });
            const status = (await web.queue.status(model, { requestId, logs: true })).status;
            await web.queue.cancel(model, { requestId });
            const canceled = await web.queue.result(model, { requestId }).catch(error => error);
            const invalid = await web.run(model, { input: { prompt: 5 } }).catch(error => error);
            print({ urls: [run.data.video.url, got.data.video.url, streamed], ids: [run.requestId, invalid.requestId], events, status,
                canceled: [canceled.status, canceled.body.error_type], fields: invalid.fieldErrors.length });
            """,
            new() { QueueTime = TimeSpan.FromMilliseconds(50), JobDuration = TimeSpan.FromMilliseconds(200) });

        Assert.All(result["urls"]!.AsArray(), url => Assert.False(string.IsNullOrEmpty((string?)url)));
        Assert.All(result["ids"]!.AsArray(), id => Assert.False(string.IsNullOrEmpty((string?)id)));
        Assert.InRange((int)result["events"]!, 1, 3);
        Assert.NotEqual("COMPLETED", (string?)result["status"]);
        Assert.Equal("[499,\"client_cancelled\"]", result["canceled"]!.ToJsonString());
        Assert.InRange((int)result["fields"]!, 1, 9);
        Assert.Equal((1, 3), (simulator.Submits, simulator.Counts.DirectRuns));
    }

    [Fact]
    public async Task Files_are_uploaded_and_realtime_connections_get_their_token()
    {
        var (result, simulator) = await RunAsync(
            """
            const small = await web.storage.upload(new Blob(["a picture"], { type: "image/png" }));
            const large = await web.storage.upload(new Blob([new Uint8Array(91 * 1024 * 1024)], { type: "video/mp4" }));
            const results = [];
            await new Promise((resolve, reject) => {
                const connection = web.realtime.connect(model, { throttleInterval: 0, connectionKey: "k", onError: reject, onResult: result => {
                    results.push(result.request_id);
                    resolve();
                }});
                connection.send({ ...input, request_id: "one" });
            });
            print({ small, large, results });
            process.exit(0);
            """,
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMilliseconds(20) });

        Assert.StartsWith("http", (string?)result["small"], StringComparison.Ordinal);
        Assert.StartsWith("http", (string?)result["large"], StringComparison.Ordinal);
        Assert.Equal("[\"one\"]", result["results"]!.ToJsonString());
        Assert.Equal(1, simulator.Requests.Count(sent => sent.Operation == SimulatorOperation.Token));
    }

    [Fact]
    public async Task What_is_not_allowed_is_an_error_that_says_why_and_costs_nothing()
    {
        var (result, simulator) = await RunAsync(
            """
            const other = await web.run("fal-ai/fast-sdxl", { input }).catch(error => error);
            print({ name: other.name, status: other.status, message: other.message });
            """,
            new());

        Assert.Equal(("ApiError", 400), ((string?)result["name"], (int)result["status"]!));
        Assert.Contains("The endpoint fal-ai/fast-sdxl is not among those that this proxy allows.", (string?)result["message"], StringComparison.Ordinal);
        Assert.Empty(simulator.Requests);
    }

    /// <summary>Directly, fal's client submits again when a connection breaks, and pays for both.</summary>
    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Truncate)]
    public async Task A_submit_that_may_have_been_accepted_is_not_submitted_again(FaultKind kind)
    {
        var (result, simulator) = await RunAsync(
            """
            const failed = await web.queue.submit(model, { input }).catch(error => error);
            print({ status: failed.status, message: failed.message });
            """,
            new(), simulator => simulator.AddFault(new() { Kind = kind, Operation = SimulatorOperation.Submit, CarryOut = true }));

        Assert.Equal(500, (int)result["status"]!);
        Assert.Contains("may have been accepted", (string?)result["message"], StringComparison.Ordinal);
        Assert.Equal((1, 1), (simulator.Submits, simulator.Counts.Accepted));
    }

    private static async Task<(JsonNode Result, MediaSimulator Simulator)> RunAsync(
        string script, SimulatorOptions options, Action<MediaSimulator>? prepare = null)
    {
        await using var simulator = await MediaSimulator.StartAsync(options, Token);
        prepare?.Invoke(simulator);
        await using var app = await TestApp.StartAsync(app => app.MapFalProxy(Proxied.Path, new()
        {
            BaseUrl = simulator.BaseUrl, ApiKey = Proxied.Key, AllowedEndpoints = ["fal-ai/kling-video/**"], AllowAnonymous = true,
        }));
        var sockets = $"""
            globalThis.WebSocket = class extends WebSocket {"{"} constructor(url, protocols) {"{"}
                super(String(url).replace("wss://fal.run/", "{simulator.BaseUrl.AbsoluteUri.Replace("http", "ws", StringComparison.Ordinal)}run/"), protocols);
            {"}"} {"}"};

            """;
        var output = await NodePackages.RunAsync(Browser + sockets + script, app.Url, Token);
        Assert.DoesNotContain(Proxied.Secret, output, StringComparison.Ordinal);
        Assert.All(simulator.Requests, sent => Assert.NotNull(sent));
        return (JsonNode.Parse(output)!, simulator);
    }
}
