using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests.Node;

/// <summary>The simulator serves the AI SDK's provider of fal, <c>@ai-sdk/fal</c>: images by direct runs, videos by the queue.</summary>
public sealed class AiSdkTests
{
    // It refuses addresses of this machine, so that the simulator's have the names of fal's hosts on their way.
    private const string Prelude = """
        import { createFal } from "@ai-sdk/fal";
        import { generateImage, experimental_generateVideo as generateVideo } from "ai";
        const base = process.env.BASE;
        const mapped = url => String(url).replace("https://queue.fal.run/", base + "/").replace("https://fal.run/", base + "/run/")
            .replace("https://v3.fal.media/", base + "/");
        const named = text => text.replaceAll(base + "/files/", "https://v3.fal.media/files/").replaceAll(base + "/", "https://queue.fal.run/");
        const through = async (url, init) => {
            const response = await fetch(mapped(url), init);
            if (!(response.headers.get("content-type") ?? "").includes("json")) return response;
            return new Response(named(await response.text()), { status: response.status, headers: response.headers });
        };
        const fal = createFal({ apiKey: "id:secret", fetch: through });
        const download = async ({ url }) => {
            const response = await fetch(mapped(url));
            return { data: new Uint8Array(await response.arrayBuffer()), mediaType: response.headers.get("content-type") };
        };
        const print = value => console.log(JSON.stringify(value));

        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_generated_by_a_direct_run()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = await RunAsync(
            simulator,
            """
            const { image } = await generateImage({ model: fal.image("fal-ai/flux-2-pro"), prompt: "A lighthouse", size: "1024x1024" });
            print({ type: image.mediaType, bytes: image.uint8Array.length });
            """);

        Assert.Equal("image/jpeg", (string?)result["type"]);
        Assert.InRange((int)result["bytes"]!, 100, int.MaxValue);
        Assert.Equal((0, 1, 1), (simulator.Counts.Submits, simulator.Counts.DirectRuns, simulator.Counts.Files));
    }

    [Fact]
    public async Task A_video_is_generated_in_the_queue()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = await RunAsync(
            simulator,
            """
            const { video } = await generateVideo({
                model: fal.video("fal-ai/kling-video/o3/pro/image-to-video"), prompt: { text: "She walks", image: "https://example.com/a.png" }, download,
            });
            print({ type: video.mediaType, bytes: video.uint8Array.length });
            """);

        Assert.Equal("video/mp4", (string?)result["type"]);
        Assert.InRange((int)result["bytes"]!, 100, int.MaxValue);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.Counts.Files));
        // It knows no status: it asks for the result until it is there.
        Assert.Equal(0, simulator.Counts.Statuses);
        Assert.NotEqual(0, simulator.Counts.Results);
    }

    [Fact]
    public async Task A_refusal_is_an_error_in_the_services_words()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = await RunAsync(
            simulator,
            """
            const error = await generateImage({ model: fal.image("fal-ai/no-such-model"), prompt: "A lighthouse", maxRetries: 0 }).catch(error => error);
            print({ status: error.statusCode, body: error.responseBody });
            """);

        Assert.Equal(404, (int)result["status"]!);
        Assert.Contains("Application 'fal-ai/no-such-model' not found", (string?)result["body"], StringComparison.Ordinal);
    }

    private static async Task<JsonNode> RunAsync(MediaSimulator simulator, string script) =>
        JsonNode.Parse(await NodePackages.RunAiSdkAsync(Prelude + script, simulator.BaseUrl, Token))!;
}
