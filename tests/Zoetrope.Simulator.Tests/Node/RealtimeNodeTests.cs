using System.Text.Json.Nodes;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Json;

namespace Zoetrope.Simulator.Tests.Node;

/// <summary>Realtime connections against fal's own client and <c>@msgpack/msgpack</c>, which it uses.</summary>
public sealed class RealtimeNodeTests
{
    // A server that sends back what it reads, as @msgpack/msgpack sees it, and then what a test names.
    private const string Server = """
        import { WebSocketServer } from "ws";
        import { encode, decode } from "@msgpack/msgpack";
        const plain = value => JSON.parse(JSON.stringify(value, (_, item) => typeof item === "bigint" ? item.toString()
            : item instanceof Uint8Array ? { bytes: [...item] } : item?.type === "Buffer" ? { bytes: item.data } : item));
        const server = new WebSocketServer({ port: 0 }, () => console.error("PORT " + server.address().port));
        server.on("connection", (socket, request) => socket.on("message", (data, isBinary) => {
            const seen = decode(data, { useBigInt64: true });
            switch (seen.send) {
                case "text": return socket.send(JSON.stringify({ output: "a text" }));
                case "idle": return socket.send(JSON.stringify({ type: "x-fal-error", error: "TIMEOUT", reason: "no inputs" }));
                case "end": return socket.close(1000);
                case "fail": return socket.close(1011, "the app crashed");
                case "break": return socket.terminate();
                case "garbage": return socket.send(Buffer.from([0x82, 0xa1, 0x61]));
                case "values": return socket.send(encode({ big: 17454220438242315174n, low: -9007199254740993n, half: 0.5, nan: NaN,
                    bytes: new Uint8Array([1, 2, 255]), time: new Date(1e12), list: [[], {}, null, true, false], text: "häße 🎬".repeat(9),
                    n: [0, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, -1, -32, -33, -128, -129, -32768, -32769, -2147483649] },
                    { useBigInt64: true }));
                default: return socket.send(encode({ seen: plain(seen), url: request.url, key: request.headers.authorization ?? null, isBinary }));
            }
        }));
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_simulator_serves_fals_own_realtime_client()
    {
        await using var simulator = await Clients.StartBrieflyAsync();

        var result = JsonNode.Parse(await NodePackages.RunAsync(
            """
            const results = [];
            const done = new Promise((resolve, reject) => {
                const connection = fal.realtime.connect(model, { throttleInterval: 0, connectionKey: "k", onError: reject, onResult: result => {
                    results.push(result);
                    if (results.length === 2) resolve();
                    else connection.send({ ...input, request_id: "two" });
                }});
                connection.send({ ...input, request_id: "one" });
            });
            await done;
            print(results.map(result => ({ url: result.video.url, id: result.request_id })));
            process.exit(0);
            """,
            simulator.BaseUrl, Token))!;

        Assert.Equal(["one", "two"], result.AsArray().Select(item => (string?)item!["id"]));
        Assert.All(result.AsArray(), item => Assert.StartsWith(simulator.BaseUrl.ToString(), (string?)item!["url"]));
        Assert.Equal(1, simulator.Requests.Count(sent => sent.Operation == SimulatorOperation.Token));
    }

    [Fact]
    public async Task Messages_are_what_msgpack_reads_and_writes()
    {
        await using var node = await NodePackages.StartServerAsync(Server, Token);
        using var fal = new FalClient(new FalClientOptions { ApiKey = "id:secret", BaseUrl = new Uri($"http://127.0.0.1:{node.Port}") });
        await using var connection = await fal.ConnectRealtimeAsync("a/b", new() { MaxBuffering = 3, BinaryMembers = new HashSet<string> { "bytes" } }, Token);
        var numbers = string.Join(',', (long[])[
            0, 127, 128, 255, 256, 65535, 65536, uint.MaxValue, uint.MaxValue + 1L, -1, -32, -33, -128, -129, -32768, -32769, int.MinValue, int.MinValue - 1L]);
        var list = string.Join(',', Enumerable.Range(0, 70_000).Select(i => i % 10));
        var members = string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"m{i}\":{i}"));
        var texts = string.Join("\",\"", "", new string('a', 31), new string('b', 32), new string('c', 70_000));
        var input = $$"""
            {"n":[{{numbers}}],"half":0.5,"one":1.0,"t":[true,false,null],"text":"{{string.Concat(Enumerable.Repeat("häße 🎬", 40))}}",
            "map":{ {{members}} },"long":[{{list}}],"texts":["{{texts}}"],"bytes":"data:image/png;base64,AAH/"}
            """;

        await connection.SendAsync(RawJson.Parse(input), Token);
        var echo = JsonNode.Parse((await FirstAsync(connection)).Value.ToString())!;

        var expected = JsonNode.Parse(input)!.AsObject();
        expected["bytes"] = JsonNode.Parse("""{"bytes":[0,1,255]}""");
        // A 64-bit integer is a big one to JavaScript, which the server writes as a text.
        Assert.Equal(Normalized(expected), Normalized(echo["seen"]!));
        Assert.Equal(("/run/a/b/realtime?max_buffering=3", "Key id:secret", true), ((string?)echo["url"], (string?)echo["key"], (bool)echo["isBinary"]!));

        await connection.SendAsync(RawJson.Parse("""{"send":"values"}"""), Token);
        var values = await FirstAsync(connection);
        var json = values.Raw.ToString();
        Assert.Contains("\"big\":17454220438242315174,\"low\":-9007199254740993,\"half\":0.5,\"nan\":null,", json);
        Assert.Contains("\"bytes\":\"data:application/octet-stream;base64,AQL/\"", json);
        Assert.Contains("\"time\":\"2001-09-09T01:46:40+00:00\",\"list\":[[],{},null,true,false]", json);
        Assert.Contains("\"n\":[0,127,128,255,256,65535,65536,4294967295,4294967296,-1,-32,-33,-128,-129,-32768,-32769,-2147483649]", json);
        Assert.Equal(string.Concat(Enumerable.Repeat("häße 🎬", 9)), (string?)JsonNode.Parse(json)!["text"]);
        Assert.Equal(new byte[] { 1, 2, 255 }, values.Binaries["/bytes"].ToArray());
    }

    [Fact]
    public async Task Texts_and_orderly_ends_are_no_failures()
    {
        await using var node = await NodePackages.StartServerAsync(Server, Token);
        using var fal = new FalClient(new FalClientOptions { ApiKey = "id:secret", BaseUrl = new Uri($"http://127.0.0.1:{node.Port}") });
        await using var connection = await fal.ConnectRealtimeAsync("a/b", cancellationToken: Token);

        Assert.Equal("""{"output":"a text"}""", (await AskAsync(connection, "text"))!.Raw.ToString());
        Assert.Null(await AskAsync(connection, "idle"));
        Assert.NotNull(await AskAsync(connection, "after an idle time"));
        Assert.Null(await AskAsync(connection, "end"));
        Assert.NotNull(await AskAsync(connection, "after an orderly end"));
        var failed = await Assert.ThrowsAsync<TransportException>(() => AskAsync(connection, "fail"));
        Assert.Contains("1011 the app crashed", failed.Message);
        Assert.NotNull(await AskAsync(connection, "after a failure"));
        Assert.Equal(TransportFailure.Broken, (await Assert.ThrowsAsync<TransportException>(() => AskAsync(connection, "break"))).Failure);
        Assert.NotNull(await AskAsync(connection, "after a break"));
        Assert.Equal(TransportFailure.Malformed, (await Assert.ThrowsAsync<TransportException>(() => AskAsync(connection, "garbage"))).Failure);
        Assert.NotNull(await AskAsync(connection, "after garbage"));
    }

    private static async Task<Zoetrope.Fal.Realtime.FalRealtimeResult<RawJson>?> AskAsync(
        Zoetrope.Fal.Realtime.FalRealtimeConnection<RawJson> connection, string what)
    {
        await connection.SendAsync(RawJson.Parse($$"""{"send":"{{what}}"}"""), Token);
        await foreach (var result in connection.ReadAllAsync(Token))
            return result;
        return null;
    }

    private static async Task<Zoetrope.Fal.Realtime.FalRealtimeResult<RawJson>> FirstAsync(Zoetrope.Fal.Realtime.FalRealtimeConnection<RawJson> connection)
    {
        await foreach (var result in connection.ReadAllAsync(Token))
            return result;
        throw new InvalidOperationException("The connection ended.");
    }

    private static string Normalized(JsonNode node) => node.ToJsonString().Replace("\"4294967296\"", "4294967296", StringComparison.Ordinal)
        .Replace("\"-2147483649\"", "-2147483649", StringComparison.Ordinal).Replace("\"one\":1.0", "\"one\":1", StringComparison.Ordinal);
}
