using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Fal;
using Zoetrope.Json;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>Allocations of the whole process are measured, so nothing else runs.</summary>
[CollectionDefinition(nameof(FalStreamAllocationTests), DisableParallelization = true)]
[Collection(nameof(FalStreamAllocationTests))]
public sealed class FalStreamAllocationTests(ITestOutputHelper output)
{
    private const int Blocks = 1000;
    private const int EventsInABlock = 1000;

    [Theory]
    [InlineData("{\"output\":\"The character walks\",\"partial\":true}", false)]
    [InlineData("{\"output\":\"The character walks\",\"partial\":true}", true)]
    [InlineData("{\"n\":1}", false)]
    public async Task A_million_events_allocate_hardly_more_than_the_parser_alone(string data, bool isTyped)
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"data: {data}\n\n", EventsInABlock)));
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(
                $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {(long)block.Length * Blocks}\r\n\r\n");
            for (var i = 0; i < Blocks; i++)
                await exchange.WriteAsync(block);
        });
        using var http = new HttpClient();
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret" });

        var alone = await AllocatedAsync(async () =>
        {
            var count = 0;
            using var response = await http.GetAsync(server.Url, HttpCompletionOption.ResponseHeadersRead);
            await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
                count += item.Data.Length > 0 ? 1 : 0;
            return count;
        });
        var ours = await AllocatedAsync(async () =>
        {
            var count = 0;
            if (isTyped)
            {
                await foreach (var next in fal.StreamAsync<Words>("fal-ai/any", "x"))
                    count += next.Partial ? 1 : 0;
            }
            else
            {
                await foreach (var next in fal.StreamAsync("fal-ai/any", "x"))
                    count += next.Kind == JsonValueKind.Object ? 1 : 0;
            }
            return count;
        });

        output.WriteLine($"alone {alone:N0} B, ours {ours:N0} B, {(double)ours / alone:0.00}");
        Assert.InRange((double)ours / alone, 0, 1.1);
    }

    private static async Task<long> AllocatedAsync(Func<Task<int>> read)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Equal(Blocks * EventsInABlock, await read());
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    /// <summary>A part of a text, as models that stream text send it.</summary>
    private sealed class Words : IJsonModel<Words>
    {
        public string? Output { get; private set; }

        public bool Partial { get; private set; }

        public static Words Read(ref Utf8JsonReader reader)
        {
            var words = new Words();
            JsonRead.StartObject(ref reader, "A part");
            while (JsonRead.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("output"u8))
                    words.Output = reader.GetString();
                else if (name.SequenceEqual("partial"u8))
                    words.Partial = reader.GetBoolean();
                else
                    reader.Skip();
            }
            return words;
        }

        public void Write(JsonWriter writer) => throw new NotSupportedException();
    }
}
