using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests.Node;

/// <summary>The simulator serves the rest of fal's own client, <c>@fal-ai/client</c>: uploads, the status stream by itself, webhooks and time limits.</summary>
public sealed class FalNodeUploadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Small_files_are_stored_and_blobs_in_an_input_are_uploaded_first()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = await RunAsync(
            simulator,
            """
            const url = await fal.storage.upload(new File(["a file"], "a.txt", { type: "text/plain" }), { lifecycle: { expiresIn: "1h" } });
            const text = await (await fetch(url)).text();
            const image = new Blob([Buffer.from("iVBORw0KGgo=", "base64")], { type: "image/png" });
            const run = await fal.subscribe(model, { input: { ...input, image_url: image }, pollInterval: 20 });
            print({ url, text, video: run.data.video.url });
            """);

        Assert.Equal("a file", (string?)result["text"]);
        Assert.StartsWith(simulator.BaseUrl.ToString(), (string?)result["video"]);
        Assert.Equal((1, 4), (simulator.Counts.Submits, simulator.Counts.Uploads));
        var submitted = JsonNode.Parse(simulator.Requests.Single(request => request.Operation == SimulatorOperation.Submit).Body)!;
        Assert.StartsWith($"{simulator.BaseUrl}files/uploads/", (string?)submitted["image_url"]);
        Assert.Contains("3600", simulator.Requests[0].Headers["x-fal-object-lifecycle"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_file_comes_in_parts()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = await RunAsync(
            simulator,
            """
            const url = await fal.storage.upload(new File([new Uint8Array(90 * 1024 * 1024 + 1)], "a.bin", { type: "application/octet-stream" }));
            print({ url, stored: await (await fetch(url)).json() });
            """);

        Assert.Equal((90 * 1024 * 1024) + 1, (int)result["stored"]!["size"]!);
        Assert.Equal(10, result["stored"]!["parts"]!.AsArray().Count);
        // One to begin, ten parts, one to complete.
        Assert.Equal((0, 12), (simulator.Counts.Submits, simulator.Counts.Uploads));
    }

    [Fact]
    public async Task A_status_stream_of_its_own_ends_after_the_last_status()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = await RunAsync(
            simulator,
            """
            const { request_id: requestId } = await fal.queue.submit(model, { input });
            const states = [];
            const stream = await fal.queue.streamStatus(model, { requestId, logs: true });
            for await (const status of stream) states.push(status.status);
            print({ states, last: (await stream.done()).status });
            """);

        Assert.Equal(("COMPLETED", "COMPLETED"), ((string?)result["states"]!.AsArray()[^1], (string?)result["last"]));
    }

    [Fact]
    public async Task A_webhook_is_posted_signed_and_its_keys_are_published()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = await RunAsync(
            simulator,
            """
            const http = await import("node:http");
            const crypto = await import("node:crypto");
            const received = new Promise(resolve => {
                const server = http.createServer((request, response) => {
                    const parts = [];
                    request.on("data", part => parts.push(part));
                    request.on("end", () => { response.end(); server.close(); resolve({ headers: request.headers, body: Buffer.concat(parts) }); });
                }).listen(0, "127.0.0.1", async () => {
                    const webhookUrl = `http://127.0.0.1:${server.address().port}/hook`;
                    await fal.queue.submit(model, { input, webhookUrl });
                });
            });
            const { headers, body } = await received;
            const name = part => headers["x-fal-webhook-" + part];
            const hash = crypto.createHash("sha256").update(body).digest("hex");
            const message = Buffer.from([name("request-id"), name("user-id"), name("timestamp"), hash].join("\n"));
            const { keys } = await (await fetch(base + "/.well-known/jwks.json")).json();
            const valid = keys.some(key => crypto.verify(
                null, message, crypto.createPublicKey({ key, format: "jwk" }), Buffer.from(name("signature"), "hex")));
            print({ valid, status: JSON.parse(body).status });
            """);

        Assert.Equal((true, "OK"), ((bool)result["valid"]!, (string?)result["status"]));
    }

    [Fact]
    public async Task A_time_limit_cancels_the_job_and_an_abort_does_not()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMinutes(5) }, Token);

        var result = await RunAsync(
            simulator,
            """
            const late = await fal.subscribe(model, { input, timeout: 300, pollInterval: 50 }).catch(error => error.message);
            const abort = new AbortController();
            setTimeout(() => abort.abort(), 300);
            const aborted = await fal.subscribe(model, { input, abortSignal: abort.signal, pollInterval: 50 }).catch(error => error.name);
            print({ late, aborted });
            process.exit(0);
            """);

        Assert.StartsWith("Client timed out", (string?)result["late"], StringComparison.Ordinal);
        Assert.Equal("AbortError", (string?)result["aborted"]);
        Assert.Equal((2, 1), (simulator.Counts.Submits, simulator.Counts.Cancels));
    }

    private static async Task<JsonNode> RunAsync(MediaSimulator simulator, string script) =>
        JsonNode.Parse(await NodePackages.RunAsync(script, simulator.BaseUrl, Token))!;
}
