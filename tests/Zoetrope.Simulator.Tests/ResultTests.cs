using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>Results fit to what was asked for, and their files are what they are called.</summary>
public sealed class ResultTests
{
    private const string Id = "toys/maker";

    private const string Image = """
        {"type":"object","required":["url","width"],"properties":{"url":{"type":"string"},"width":{"type":"integer"},"height":{"type":"integer"},
         "content_type":{"anyOf":[{"type":"string"},{"type":"null"}],"examples":["image/png"]},"file_size":{"type":"integer"},
         "file_name":{"type":"string","examples":["z9RV14K95DvU.png"]}}}
        """;

    private const string File = """
        {"type":"object","required":["url"],"properties":{"url":{"type":"string"},
         "content_type":{"anyOf":[{"type":"string"},{"type":"null"}],"examples":["image/png"]},
         "file_size":{"type":"integer"},"file_name":{"type":"string","examples":["z9RV14K95DvU.png"]}}}
        """;

    private const string Images = $$"""
        "images":{"type":"array","maxItems":4,"items":{{Image}}},"seed":{"type":"integer"},"prompt":{"type":"string"},
        "has_nsfw_concepts":{"type":"array","items":{"type":"boolean"} }
        """;

    [Fact]
    public async Task What_has_the_name_of_a_parameter_repeats_it()
    {
        var result = await RunAsync(Images, """{"seed":17454220438242315174,"prompt":"Zwei Füchse 🦊"}""");

        Assert.Equal(("17454220438242315174", "Zwei Füchse 🦊"), (result["seed"]!.ToJsonString(), result["prompt"]!.ToString()));
        Assert.Single(result["images"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"num_images":3}""", 3)]
    [InlineData("""{"num_images":"2"}""", 2)]
    [InlineData("""{"n":2}""", 2)]
    [InlineData("""{"num_images":9}""", 4)]
    [InlineData("{}", 1)]
    public async Task There_are_as_many_items_as_were_asked_for_within_the_limits_of_the_schema(string input, int count)
    {
        var result = await RunAsync(Images, input);

        Assert.Equal(count, result["images"]!.AsArray().Count);
        Assert.Equal(count, result["images"]!.AsArray().Select(image => image!["url"]!.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task A_list_beside_the_images_has_an_item_for_each()
    {
        var result = await RunAsync(Images, """{"num_images":3}""");

        Assert.Equal(3, result["has_nsfw_concepts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"image_size":"portrait_16_9"}""", 576, 1024)]
    [InlineData("""{"image_size":{"width":640,"height":123}}""", 640, 123)]
    [InlineData("""{"width":33,"height":77}""", 33, 77)]
    [InlineData("""{"size":"1536x1024"}""", 1536, 1024)]
    [InlineData("""{"aspect_ratio":"16:9"}""", 1366, 768)]
    [InlineData("""{"aspect_ratio":"9:16","resolution":"720p"}""", 720, 1280)]
    [InlineData("""{"aspect_ratio":"1:1","resolution":"2K"}""", 2048, 2048)]
    [InlineData("""{"aspect_ratio":"auto"}""", 1024, 1024)]
    [InlineData("{}", 1024, 1024)]
    public async Task Pictures_are_as_large_as_was_asked_for_and_so_are_their_files(string input, int width, int height)
    {
        await using var toy = await Toy.StartAsync(Images);
        foreach (var format in (string[])["png", "jpeg", "webp", "gif"])
        {
            var request = JsonNode.Parse(input)!.AsObject();
            request["output_format"] = format;
            var image = (await toy.RunAsync(request))["images"]![0]!;
            var (contentType, content) = await toy.FileAsync(image);

            Assert.Equal((width, height), (image["width"]!.GetValue<int>(), image["height"]!.GetValue<int>()));
            Assert.Equal("image/" + format, contentType);
            Assert.Equal((width, height), SizeOf(format, content));
        }
    }

    [Theory]
    [InlineData("model_mesh", File, "", "model/gltf-binary", ".glb", "glTF")]
    [InlineData("output", File, "Generated 3D model file in GLB format.", "model/gltf-binary", ".glb", "glTF")]
    [InlineData("frames_zip", File, "ZIP archive of all video frames.", "application/zip", ".zip", "PK\u0003\u0004")]
    [InlineData("config_file", File, "URL to the training configuration file.", "application/json", ".json", "{")]
    [InlineData("diffusers_lora_file", File, "", "application/octet-stream", ".safetensors", "\u0002")]
    [InlineData("vector", File, "An SVG", "image/svg+xml", ".svg", "<svg ")]
    [InlineData("audio", File, "", "audio/wav", ".wav", "RIFF")]
    [InlineData("audio_mp3", File, "", "audio/mpeg", ".mp3", "\u00FF\u00FB")]
    [InlineData("video", File, "", "video/mp4", ".mp4", "\0\0\0")]
    [InlineData("thumbnail", File, "Preview of the video", "image/png", ".png", "\u0089PNG")]
    [InlineData("anything", Image, "", "image/png", ".png", "\u0089PNG")]
    [InlineData("fbx", File, "", "application/octet-stream", ".fbx", "; FBX")]
    [InlineData("usdz", File, "", "model/vnd.usdz+zip", ".usdz", "PK\u0003\u0004")]
    [InlineData("obj", File, "", "model/obj", ".obj", "v ")]
    public async Task A_file_is_of_the_kind_that_the_document_speaks_of(
        string member, string schema, string description, string contentType, string extension, string start)
    {
        await using var toy = await Toy.StartAsync($$""" "{{member}}":{"description":"{{description}}","allOf":[{{schema}}]} """);
        var file = (await toy.RunAsync([]))[member]!;
        var (served, content) = await toy.FileAsync(file);

        Assert.Equal((contentType, contentType), (served, file["content_type"]!.ToString()));
        Assert.EndsWith(extension, file["url"]!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(extension, file["file_name"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(content.Length, file["file_size"]!.GetValue<int>());
        Assert.StartsWith(start, Encoding.Latin1.GetString(content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_example_beside_the_member_says_the_kind_better_than_its_name()
    {
        const string Example = """{"url":"https://files.example/b/0a/out.obj","content_type":"application/octet-stream"}""";
        await using var toy = await Toy.StartAsync($$""" "model":{"examples":[{{Example}}],"allOf":[{{File}}]} """);

        Assert.Equal("model/obj", (await toy.FileAsync((await toy.RunAsync([]))["model"]!)).ContentType);
    }

    [Fact]
    public async Task Archives_can_be_opened()
    {
        await using var toy = await Toy.StartAsync($$""" "output_zip":{{File}} """);
        var (_, content) = await toy.FileAsync((await toy.RunAsync([]))["output_zip"]!);
        await using var zip = new ZipArchive(new MemoryStream(content));

        Assert.Equal("output.txt", Assert.Single(zip.Entries).Name);
    }

    [Fact]
    public async Task A_video_lasts_as_long_as_was_asked_for_in_whatever_form()
    {
        const string Video = """
            "video":{"type":"object","properties":{"url":{"type":"string"},"duration":{"anyOf":[{"type":"number"},{"type":"null"}]},"fps":{"type":"number"},
             "width":{"type":"integer"},"height":{"type":"integer"}}}
            """;

        var video = (await RunAsync(Video, """{"duration":"8s","fps":24,"resolution":"1080p","aspect_ratio":"9:16"}"""))["video"]!;

        Assert.Equal("8 24 1080 1920", $"{video["duration"]} {video["fps"]} {video["width"]} {video["height"]}");
    }

    [Fact]
    public async Task Texts_are_texts_that_the_schema_allows_and_nothing_required_is_null()
    {
        const string Members = """
            "output":{"type":"string"},"id":{"type":"string","format":"uuid"},"made":{"type":"string","format":"date-time"},
            "short":{"type":"string","maxLength":3},"long":{"type":"string","minLength":40},"word":{"type":"string","enum":["stop"]},
            "example":{"type":"string","examples":["lofi, trap"]},
            "share":{"type":"number","minimum":0.2,"maximum":0.4},"odd":{},"maybe":{"anyOf":[{"type":"null"},{"type":"string"}]}
            """;

        var result = await RunAsync(Members, "{}", "\"output\",\"odd\"");

        Assert.DoesNotContain(result.AsObject(), member => member.Value is null);
        Assert.Equal(("A text.", "stop", "lofi, trap"), (result["output"]!.ToString(), result["word"]!.ToString(), result["example"]!.ToString()));
        Assert.True(Guid.TryParse(result["id"]!.ToString(), out _));
        Assert.InRange(result["share"]!.GetValue<double>(), 0.2, 0.4);
        Assert.Equal((true, true), (result["short"]!.ToString().Length <= 3, result["long"]!.ToString().Length >= 40));
    }

    [Fact]
    public async Task A_chat_that_no_schema_describes_is_completed()
    {
        await using var toy = await Toy.StartAsync(null);
        var result = await toy.RunAsync(JsonNode.Parse("""{"model":"a/b","messages":[{"role":"user","content":"Hello"}]}""")!.AsObject());

        Assert.Equal(("a/b", "assistant"), (result["model"]!.ToString(), result["choices"]![0]!["message"]!["role"]!.ToString()));
        Assert.Empty((await toy.RunAsync([])).AsObject());
    }

    private static async Task<JsonNode> RunAsync(string members, string input, string required = "")
    {
        await using var toy = await Toy.StartAsync(members, required);
        return await toy.RunAsync(JsonNode.Parse(input)!.AsObject());
    }

    private static (int Width, int Height) SizeOf(string format, byte[] file)
    {
        var bytes = file.AsSpan();
        switch (format)
        {
            case "png":
                return (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
            case "gif":
                return (BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
            case "webp":
                Assert.Equal("RIFF", Encoding.ASCII.GetString(bytes[..4]));
                Assert.Equal(file.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]));
                Assert.Equal("WEBPVP8L", Encoding.ASCII.GetString(bytes[8..16]));
                var packed = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
                return ((int)(packed & 0x3FFF) + 1, (int)(packed >> 14 & 0x3FFF) + 1);
            default:
                Assert.Equal([0xFF, 0xD8, 0xFF, 0xD9], (byte[])[.. bytes[..2], .. bytes[^2..]]);
                var frame = bytes.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(frame + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(frame + 5)..]));
        }
    }

    /// <summary>A simulator that plays one endpoint, whose result has the members of the test.</summary>
    private sealed class Toy(TemporaryFolder specs, MediaSimulator simulator, HttpClient client) : IAsyncDisposable
    {
        public static async Task<Toy> StartAsync(string? members, string required = "")
        {
            var specs = new TemporaryFolder();
            var result = members is null ? "{}" : $$"""{"type":"object","required":[{{required}}],"properties":{ {{members}} } }""";
            specs.Write("toy.json", $$"""
                {"openapi":"3.0.4","info":{"title":"Toy","version":"1"},"servers":[{"url":"https://queue.fal.run"}],"paths":{
                 "/{{Id}}":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object"} } } },"responses":{"200":{"description":"" } } } },
                 "/{{Id}}/requests/{request_id}":{"get":{"responses":{"200":{"description":"","content":{"application/json":{"schema":{{result}} } } } } } } } }
                """);
            var simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = specs.Path, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });
            return new Toy(specs, simulator, simulator.Client());
        }

        public async Task<JsonNode> RunAsync(JsonObject input)
        {
            var submitted = await client.SendAsync("POST", Id, input);
            return (await client.SendAsync("GET", submitted["response_url"])).Json;
        }

        public async Task<(string ContentType, byte[] Content)> FileAsync(JsonNode file)
        {
            using var response = await client.GetAsync(file["url"]!.ToString());
            return (response.Content.Headers.ContentType!.ToString(), await response.Content.ReadAsByteArrayAsync());
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await simulator.DisposeAsync();
            specs.Dispose();
        }
    }
}
