using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator;

namespace Zoetrope.Agreement.Tests;

/// <summary>What the simulator gives as results is what the documents say results are, whatever was asked for.</summary>
public sealed class SimulatedResultTests(ITestOutputHelper output)
{
    private const int RequestsEach = 4;

    [Fact]
    public async Task The_result_of_every_request_is_valid()
    {
        var folder = Corpus.PathOf("fal-openapi");
        await using var simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = folder, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });
        using var client = new HttpClient { BaseAddress = simulator.BaseUrl };
        client.DefaultRequestHeaders.Authorization = new("Key", "a-key");
        var (judged, wrong) = (0, new List<string>());
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var document = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
            if (IdOf(document) is not { } id || Judge.OfDocument(document, id) is not { Result: { } result } judge)
                continue;
            for (var seed = 0; seed < RequestsEach; seed++)
            {
                if (!new InstanceMaker(judge.Request.View, new Random(seed), seed == 0 ? 0 : null).TryMake(judge.Request.Node, out var input))
                    continue;
                using var response = await client.PostAsync("run/" + id, JsonContent.Create(input));
                // Addresses of files that are random texts are refused.
                if ((int)response.StatusCode == 422)
                    continue;
                var text = await response.Content.ReadAsStringAsync();
                Assert.True(response.IsSuccessStatusCode, $"{id}: {(int)response.StatusCode} {text}");
                // Of a model that streams, the last event is the whole result.
                if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
                    text = text[(text.LastIndexOf("data: ", StringComparison.Ordinal) + 6)..];
                judged++;
                if (result.Findings(JsonNode.Parse(text)) is { Count: > 0 } findings)
                    wrong.Add($"{id}: {string.Join("; ", findings)}\n    {text}");
            }
        }
        output.WriteLine($"{judged} results");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {judged}:\n{string.Join('\n', wrong.Take(20))}");
        Assert.True(judged > 1000, $"Only {judged} results were judged.");
    }

    private static string? IdOf(JsonObject document) =>
        document["paths"]?.AsObject().FirstOrDefault(path => path.Value is JsonObject item && item.ContainsKey("post")).Key?.TrimStart('/');
}
