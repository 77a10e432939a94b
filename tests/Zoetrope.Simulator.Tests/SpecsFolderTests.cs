using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

public sealed class SpecsFolderTests
{
    private const string Document = "fal/kling-video-o3-pro-image-to-video.json";
    private const string FalPage = "fal/kling-video-o3-pro-image-to-video.md";

    [Fact]
    public async Task The_vendored_documents_are_carried_along()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var endpoints = (await client.SendAsync("GET", "_simulator/endpoints")).Json.AsArray();
        Assert.Contains(endpoints, endpoint => endpoint!["provider"]!.ToString() == "fal" && endpoint["id"]!.ToString() == Support.FalId);
        Assert.Contains(endpoints, endpoint => endpoint!["provider"]!.ToString() == "eachlabs" && endpoint["id"]!.ToString() == Support.EachlabsId);
    }

    [Fact]
    public async Task A_changed_document_changes_what_is_taken()
    {
        await using var simulator = await StartAsync((Document, text => text.Replace("\"15\"\n", "\"15\", \"16\"\n")));
        using var client = simulator.Client();
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, With("duration", "16"))).Status);
        Assert.Equal(422, (await client.SendAsync("POST", Support.FalId, With("duration", "17"))).Status);
    }

    [Fact]
    public async Task A_fal_page_alone_is_enough()
    {
        await using var simulator = await StartAsync((FalPage, text => text));
        using var client = simulator.Client();
        var submitted = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        Assert.Equal("output.mp4", (await client.SendAsync("GET", submitted["response_url"])).Json["video"]!["file_name"]!.ToString());
        Assert.Equal(422, (await client.SendAsync("POST", Support.FalId, With("duration", "2"))).Status);
        Assert.Equal(422, (await client.SendAsync("POST", Support.FalId, With("multi_prompt", new JsonArray(new JsonObject { ["prompt"] = "a" })))).Status);
    }

    [Fact]
    public async Task Without_a_page_the_result_is_made_from_its_schema()
    {
        await using var simulator = await StartAsync((Document, text => text));
        using var client = simulator.Client();
        var submitted = await client.SendAsync("POST", Support.FalId, Support.GoodInput());
        var video = (await client.SendAsync("GET", submitted["response_url"])).Json["video"]!;
        using var response = await client.GetAsync(video["url"]!.ToString());
        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(video["file_size"]!.GetValue<long>(), response.Content.Headers.ContentLength);
        Assert.Equal("video/mp4", video["content_type"]!.ToString());
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/other.json#/File")]
    [InlineData("other.json#/File")]
    public async Task References_to_other_documents_are_refused_not_fetched(string reference)
    {
        var problem =
            await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync((Document, text => text.Replace("#/components/schemas/File", reference))));
        Assert.Contains(Document, problem.Message);
        Assert.Contains(reference, problem.Message);
    }

    [Fact]
    public async Task A_broken_document_is_named()
    {
        var problem = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync((Document, text => text[..^10])));
        Assert.Contains(Document, problem.Message);
    }

    [Fact]
    public async Task A_page_that_cannot_be_used_is_reported_and_the_others_are_played()
    {
        using var specs = new TemporaryFolder();
        using var log = new StringWriter();
        specs.Write("README.md", "# What lies here");
        specs.Write(".hidden.json", "{");
        specs.Write("notes.md", "# Notes\n\nNo page of a provider.");
        specs.Write("page.md", Embedded.Page(FalPage));
        await using var simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = specs.Path, Log = log });
        using var client = simulator.Client();
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
        Assert.Contains("notes.md: ", log.ToString());
        Assert.DoesNotContain("README.md", log.ToString());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_reported() =>
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => MediaSimulator.StartAsync(new() { SpecsFolder = "/no/such/folder" }));

    [Theory]
    [InlineData("""{"type":"string","nullable":true}""", "null", true)]
    [InlineData("""{"type":"string","nullable":true}""", "3", false)]
    [InlineData("""{"$ref":"#/components/schemas/KlingV3MultiPromptElement","nullable":true}""", "null", true)]
    [InlineData("""{"$ref":"#/components/schemas/KlingV3MultiPromptElement","nullable":true}""", "{}", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"$ref":"#/components/schemas/Missing"}""", "[1]", true)]
    [InlineData("""{"const":7}""", "7", true)]
    [InlineData("""{"const":7}""", "8", false)]
    [InlineData("""{"type":"integer"}""", "5.0", true)]
    [InlineData("""{"type":"integer"}""", "17454220438242315174", true)]
    [InlineData("""{"type":"integer"}""", "5.5", false)]
    [InlineData("""{"type":"integer","maximum":10}""", "1e300", false)]
    [InlineData("""{"type":"integer","maximum":10}""", "17454220438242315174", false)]
    [InlineData("""{"type":"number"}""", "-1e300", true)]
    [InlineData("""{"type":"number","multipleOf":0.1}""", "0.3", true)]
    [InlineData("""{"type":"string"}""", "\"2026-08-01T12:00:00Z\"", true)]
    [InlineData("""{"type":"number","exclusiveMinimum":0}""", "0", false)]
    [InlineData("""{"type":"number","minimum":0,"exclusiveMinimum":true}""", "0", false)]
    [InlineData("""{"type":"number","maximum":1}""", "1.5", false)]
    [InlineData("""{"type":"string","pattern":"^a+$"}""", "\"ab\"", false)]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":2}""", "[1]", false)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string","enum":["a"]}]}""", "\"a\"", true)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string","enum":["a"]}]}""", "\"b\"", false)]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a.b[0]":{"type":"string"}}}""", """{"a.b[0]":3}""", false)]
    public async Task Schemas_of_every_dialect_are_kept(string schema, string value, bool good)
    {
        await using var simulator = await StartAsync((Document, text => text.Replace("\"shot_type\": {", "\"extra\": " + schema + ", \"shot_type\": {")));
        using var client = simulator.Client();
        var reply = await client.SendAsync("POST", Support.FalId, With("extra", JsonNode.Parse(value)));
        Assert.Equal(good ? 200 : 422, reply.Status);
        if (!good)
            Assert.All(reply.Json["detail"]!.AsArray(), problem => Assert.Equal("extra", problem!["loc"]![1]!.ToString()));
    }

    private static JsonObject With(string name, JsonNode? value)
    {
        var input = Support.GoodInput();
        input[name] = value;
        return input;
    }

    private static async Task<MediaSimulator> StartAsync((string Name, Func<string, string> Edit) document)
    {
        using var specs = new TemporaryFolder();
        specs.Write(document.Name, document.Edit(Embedded.Page(document.Name)));
        return await MediaSimulator.StartAsync(new() { SpecsFolder = specs.Path, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });
    }
}
