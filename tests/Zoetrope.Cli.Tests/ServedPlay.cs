using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Cli.Tests;

/// <summary>The playground that <c>zoetrope play</c> serves.</summary>
public sealed class ServedPlay : ServedPage
{
    private ServedPlay((CliProcess Process, JsonElement Line) started)
        : base(started)
    {
    }

    /// <summary>The input of a good job.</summary>
    public static JsonObject Input(string prompt = "She waves") => new() { ["prompt"] = prompt, ["image_url"] = Kling.ImageUrl };

    public static async Task<ServedPlay> StartAsync(string[] more, IReadOnlyDictionary<string, string>? environment = null) =>
        new(await RunAsync(["play", "--json", .. more], environment));

    /// <summary>Sends JSON, and gives the response.</summary>
    public async Task<(int Status, JsonElement Body)> PostAsync(string path, JsonNode body)
    {
        using var response = await Client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return ((int)response.StatusCode, document.RootElement.Clone());
    }

    /// <summary>A draft of the model that the tests run.</summary>
    public static JsonObject Draft(JsonNode? input = null, string model = $"fal:{Kling.FalEndpoint}", string key = "0123456789abcdef") =>
        new() { ["model"] = model, ["input"] = input ?? Input(), ["key"] = key };

    /// <summary>Asks what a draft costs.</summary>
    public async Task<string> QuoteAsync(JsonObject draft)
    {
        var (status, body) = await PostAsync("/api/quotes", draft);
        Assert.True(status == 200, body.ToString());
        return body.GetProperty("quote").GetString()!;
    }

    /// <summary>The job once it is so.</summary>
    public async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> isSo)
    {
        while (true)
        {
            var job = await JsonAsync($"/api/jobs/{id}");
            if (isSo(job))
                return job;
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The state of a job.</summary>
    public static string StateOf(JsonElement job) => job.GetProperty("job").GetProperty("state").GetString()!;
}
