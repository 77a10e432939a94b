using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs add</c>.</summary>
public sealed class SpecsAddTests
{
    private const string Yaml = """
        # A model
        openapi: 3.0.4
        info: {title: Toy, version: 1.10, x-fal-metadata: {endpointId: fal-ai/toy/v1.5, category: text-to-image}}
        servers: [{url: https://queue.fal.run}]
        x-base: &base
          type: string
          description: Base
        paths:
          /fal-ai/toy/v1.5:
            post:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/In'}}}}
              responses: {}
          /fal-ai/toy/v1.5/requests/{request_id}:
            get:
              responses:
                200: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Out'}}}}
        components:
          schemas:
            In:
              type: object
              required: [prompt]
              properties:
                prompt: {type: string, example: 2024-05-06}
                strength: {type: number, minimum: 0.50, maximum: 1e2, default: .75}
                seed: {type: integer, maximum: 18446744073709551616}
                size: {type: string, enum: ["1", "2", '016'], default: "1"}
                response: {type: string, enum: [yes, no, off, ~], nullable: true}
                style:
                  <<: *base
                  description: Own
                  default: |
                    two
                    lines
            Out: {type: object, properties: {text: *base}}
        """;

    [Fact]
    public async Task A_page_goes_to_its_provider_and_into_the_lock()
    {
        using var folder = new SpecsFolder();
        var page = folder.Read(SpecsFolder.FalPage);
        folder.Delete(SpecsFolder.FalPage);

        var result = await folder.RunAsync(["specs", "add", "-", "--origin", "https://fal.ai/page"], page);

        result.Exits(0).Says("specs/fal/kling-video-o3-pro-image-to-video.md was written: fal fal-ai/kling-video/o3/pro/image-to-video");
        Assert.Equal(page, folder.Read(SpecsFolder.FalPage));
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
    }

    [Fact]
    public async Task A_document_replaces_the_one_of_the_same_endpoint()
    {
        using var folder = new SpecsFolder();
        File.Move(folder.PathOf(SpecsFolder.FalPage), folder.PathOf("specs/fal/own-name.md"));
        folder.Write("new.md", folder.Read("specs/fal/own-name.md").Replace("## Overview", "## Overview "));

        (await folder.RunAsync(["specs", "add", "new.md"])).Exits(0).Says("specs/fal/own-name.md was replaced: fal fal-ai/kling-video/o3/pro/image-to-video");

        Assert.Equal(folder.Read("new.md"), folder.Read("specs/fal/own-name.md"));
        Assert.False(File.Exists(folder.PathOf(SpecsFolder.FalPage)));
    }

    [Theory]
    [InlineData("https://fal.ai/models/fal-ai/kling-video/o3/pro/image-to-video/llms.txt")]
    [InlineData("elsewhere", "--origin", "elsewhere")]
    public async Task A_replaced_document_keeps_its_origin_unless_another_is_given(string origin, params string[] options)
    {
        using var folder = new SpecsFolder();
        folder.Write("new.md", folder.Read(SpecsFolder.FalPage).Replace("## Overview", "## Overview "));

        (await folder.RunAsync(["specs", "add", "new.md", .. options])).Exits(0);

        using var locked = JsonDocument.Parse(folder.Read(SpecsFolder.Lock));
        Assert.Equal(origin, locked.RootElement.GetProperty("files").GetProperty("fal/kling-video-o3-pro-image-to-video.md").GetProperty("origin").GetString());
    }

    [Fact]
    public async Task YAML_becomes_JSON_that_says_the_same()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.yaml", Yaml);

        var result = await folder.RunAsync(["specs", "add", "toy.yaml", "--origin", "https://example.com/toy"]);

        result.Exits(0).Says("specs/fal/toy-v1.5.json was written: fal fal-ai/toy/v1.5");
        var json = folder.Read("specs/fal/toy-v1.5.json");
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        Assert.Equal(["openapi", "info", "servers", "x-base", "paths", "components"], root.EnumerateObject().Select(member => member.Name));
        Assert.Equal("3.0.4", root.GetProperty("openapi").GetString());
        Assert.Equal("1.10", root.GetProperty("info").GetProperty("version").GetRawText());
        var properties = root.GetProperty("components").GetProperty("schemas").GetProperty("In").GetProperty("properties");
        Assert.Equal("2024-05-06", properties.GetProperty("prompt").GetProperty("example").GetString());
        Assert.Equal("""{"type":"number","minimum":0.50,"maximum":1e2,"default":0.75}""", Compact(properties.GetProperty("strength")));
        Assert.Equal("18446744073709551616", properties.GetProperty("seed").GetProperty("maximum").GetRawText());
        Assert.Equal("""["1","2","016"]""", Compact(properties.GetProperty("size").GetProperty("enum")));
        Assert.Equal("""["yes","no","off",null]""", Compact(properties.GetProperty("response").GetProperty("enum")));
        Assert.Equal("""{"type":"string","description":"Own","default":"two\nlines\n"}""", Compact(properties.GetProperty("style")));
        Assert.Equal(
            """{"type":"string","description":"Base"}""",
            Compact(root.GetProperty("components").GetProperty("schemas").GetProperty("Out").GetProperty("properties").GetProperty("text")));
        using var locked = JsonDocument.Parse(folder.Read(SpecsFolder.Lock));
        Assert.Equal("https://example.com/toy", locked.RootElement.GetProperty("files").GetProperty("fal/toy-v1.5.json").GetProperty("origin").GetString());
        Assert.Equal("ToyV1_5", locked.RootElement.GetProperty("names").GetProperty("fal:fal-ai/toy/v1.5").GetString());
    }

    [Fact]
    public async Task Values_of_texts_keep_their_spelling_without_quotes()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.yaml", Yaml
            .Replace(
                "response: {type: string, enum: [yes, no, off, ~], nullable: true}",
                "height: {type: string, enum: [02, 1.10, true, ~, 0x1F], nullable: true, default: 02, example: 1_000}")
            .Replace("text: *base", "text: {type: [string, 'null'], const: 007}"));

        (await folder.RunAsync(["specs", "add", "toy.yaml"])).Exits(0);

        var schemas = JsonDocument.Parse(folder.Read("specs/fal/toy-v1.5.json")).RootElement.GetProperty("components").GetProperty("schemas");
        var height = schemas.GetProperty("In").GetProperty("properties").GetProperty("height");
        Assert.Equal("""["02","1.10","true",null,"0x1F"]""", JsonSerializer.Serialize(height.GetProperty("enum")));
        Assert.Equal(("02", "1_000"), (height.GetProperty("default").GetString(), height.GetProperty("example").GetString()));
        Assert.Equal("007", schemas.GetProperty("Out").GetProperty("properties").GetProperty("text").GetProperty("const").GetString());
    }

    [Theory]
    [InlineData("openapi: 3.0.4\n---\nopenapi: 3.0.4\n", "toy.yaml(2,1): error ZT0001: This YAML cannot be converted to JSON: there is more than one document")]
    [InlineData("openapi: 3.0.4\ninfo: *no\n", "toy.yaml(2,7): error ZT0001: ")]
    [InlineData("openapi: 3.0.4\nx: 1\nx: 2\n", "toy.yaml(3,1): error ZT0001: This YAML cannot be converted to JSON: the key 'x' is repeated")]
    [InlineData("openapi: 3.0.4\nx: [.inf]\n", "toy.yaml(2,5): error ZT0001: ")]
    [InlineData("openapi: 3.0.4\nx: !thing 1\n", "toy.yaml(2,4): error ZT0001: ")]
    [InlineData("openapi: 3.0.4\n? [a]\n: 1\n", "toy.yaml(2,3): error ZT0001: ")]
    [InlineData("openapi: 3.0.4\nx: [1\n", "toy.yaml(3,1): error ZT0001: ")]
    [InlineData("openapi: 3.0.4\nx: &a [*a]\n", "toy.yaml(2,8): error ZT0001: ")]
    [InlineData("openapi: 2.9\npaths: {}\n", "toy.yaml(1,10): error ZT0013: ")]
    [InlineData("hello: world\n", "toy.yaml(1,1): error ZT0001: ")]
    [InlineData("", "toy.yaml(1,1): error ZT0001: ")]
    public async Task What_cannot_be_added_is_reported_at_its_location(string text, string problem)
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.yaml", text);
        var before = folder.Read(SpecsFolder.Lock);

        var result = await folder.RunAsync(["specs", "add", "toy.yaml"]);

        Assert.StartsWith(problem, result.Exits(1).Output);
        Assert.Equal(before, folder.Read(SpecsFolder.Lock));
        Assert.Equal(2, Directory.GetFiles(folder.PathOf("specs/fal")).Length);
    }

    [Theory]
    [InlineData("many", "make more than 1000000 values")]
    [InlineData("deep", "are nested more than 200 levels deep")]
    [InlineData("long", "make more than 20000000 characters")]
    public async Task A_few_aliases_do_not_fill_the_memory(string kind, string problem)
    {
        static string Repeat(string text, int count) => string.Join(", ", Enumerable.Repeat(text, count));
        using var folder = new SpecsFolder();
        folder.Write("bomb.yaml", "openapi: 3.0.4\n" + kind switch
        {
            "many" => $"a0: &a0 [{Repeat("x", 10)}]\n" + string.Concat(Enumerable.Range(1, 11).Select(i => $"a{i}: &a{i} [{Repeat($"*a{i - 1}", 10)}]\n"))
                + "required: *a11\ntype: *a11\n",
            "deep" => "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 1_000).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n")) + "required: *a1000\n",
            _ => $"a: &a {new string('x', 100_000)}\nrequired: [{Repeat("*a", 10_000)}]\n",
        });

        var result = await folder.RunAsync(["specs", "add", "bomb.yaml"]);

        Assert.StartsWith("bomb.yaml(1,1): error ZT0001: This YAML cannot be converted to JSON: its aliases " + problem, result.Exits(1).Output);
    }

    [Fact]
    public async Task What_the_second_reader_complains_of_is_a_warning()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.yaml", Yaml.Replace("seed: {type: integer,", "flag: true\n        seed: {type: integer,"));

        var result = await folder.RunAsync(["specs", "add", "toy.yaml"]);

        result.Says("toy.yaml (as JSON): warning: NSwag, as a second reader: ");
    }

    [Fact]
    public async Task Nothing_is_fetched_for_a_document_that_refers_to_another()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var folder = new SpecsFolder();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/other.json#/a";
        folder.Write("toy.yaml", Yaml.Replace("*base}}", $"{{$ref: '{address}'}}}}}}"));

        var result = await folder.RunAsync(["specs", "add", "toy.yaml"]);

        Assert.Contains("error ZT0018: ", result.Exits(1).Output);
        result.Says($"toy.yaml (as JSON): warning: NSwag, as a second reader: not asked, because the document refers to '{address}'");
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_name_from_a_document_leads_nowhere_else()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.yaml", Yaml.Replace("fal-ai/toy/v1.5", "../../../toy"));

        await folder.RunAsync(["specs", "add", "toy.yaml"]);

        Assert.Empty(Directory.GetFiles(folder.Folder, "*toy*.json"));
        Assert.All(
            Directory.GetFiles(folder.PathOf("specs"), "*toy*", SearchOption.AllDirectories),
            file => Assert.Equal(folder.PathOf("specs/fal"), Path.GetDirectoryName(file)));
    }

    [Fact]
    public async Task The_folder_is_made_and_the_use_in_CSharp_is_said()
    {
        using var folder = new SpecsFolder();

        var result = await folder.RunAsync(["specs", "add", SpecsFolder.FalPage, "--to", "new/documents"]);

        result
            .Exits(0)
            .Says("new/documents/fal/kling-video-o3-pro-image-to-video.md was written: ")
            .Says("  In C#: fal.KlingVideoO3ProImageToVideo.RunAsync(new() { ... }), with 7 parameters");
        (await folder.RunAsync(["specs", "lock", "new/documents", "--check"])).Exits(0);
    }

    [Fact]
    public async Task A_name_of_the_users_own_is_that_of_the_file_and_of_the_class()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.yaml", Yaml);

        (await folder.RunAsync(["specs", "add", "toy.yaml", "--name", "BestToy"]))
            .Exits(0)
            .Says("specs/fal/besttoy.json was written: ")
            .Says("  In C#: fal.BestToy.RunAsync(");

        (await folder.RunAsync(["specs", "add", "toy.yaml", "--name", "Other"]))
            .Exits(2)
            .Says("--name: 'specs/fal/besttoy.json' already contains fal fal-ai/toy/v1.5");
        (await folder.RunAsync(["specs", "add", "toy.yaml"])).Exits(0).Says("specs/fal/besttoy.json was replaced: ").Says("  In C#: fal.BestToy.RunAsync(");
        folder.Write("other.yaml", Yaml.Replace("fal-ai/toy", "fal-ai/plush"));
        (await folder.RunAsync(["specs", "add", "other.yaml", "--name", "Model"])).Exits(2).Says("--name: the class cannot be called 'Model'");
        Assert.False(File.Exists(folder.PathOf("specs/fal/model.json")));
    }

    [Fact]
    public async Task Wrong_usage_ends_with_2()
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "add", "none.md"])).Exits(2).Says("SOURCE: cannot read 'none.md': ");
        (await folder.RunAsync(["specs", "add", SpecsFolder.FalPage, "--to", SpecsFolder.Lock]))
            .Exits(2)
            .Says("--to: 'specs/specs.lock.json' is a file, not a folder");
        (await folder.RunAsync(["specs", "add", SpecsFolder.FalPage, "--name", "::"])).Exits(2).Says("--name: must be a name such as Deepgram, but is '::'");
        (await folder.RunAsync(["specs", "add", "none.md", "--to", "none"])).Exits(2);
        Assert.False(Directory.Exists(folder.PathOf("none")));
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
