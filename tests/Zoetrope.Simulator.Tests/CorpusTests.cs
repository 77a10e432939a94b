using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>Real documents, where the checkout has them beside it.</summary>
public sealed class CorpusTests
{
    [Theory]
    [InlineData("fal-openapi")]
    [InlineData("fal-pages")]
    [InlineData("eachlabs-pages")]
    public async Task Every_endpoint_of_the_corpus_is_played(string folder)
    {
        var documents = Corpus.PathOf(folder);
        await using var simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = documents, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });
        using var client = simulator.Client();
        var endpoints = (await client.SendAsync("GET", "_simulator/endpoints")).Json.AsArray();
        Assert.NotEmpty(endpoints);
        foreach (var endpoint in endpoints)
        {
            var (provider, id) = (endpoint!["provider"]!.ToString(), endpoint["id"]!.ToString());
            var reply = provider == "fal"
                ? await client.SendAsync("POST", id, new JsonObject())
                : await client.SendAsync("POST", "v1/prediction", Support.Create([], id));
            Assert.True(reply.Status is 200 or 400 or 422, $"{id}: {reply.Status} {reply.Text}");
        }
        Assert.Equal(endpoints.Count, simulator.Submits);
    }
}
