namespace Zoetrope.Packaging.Tests;

/// <summary>The sizes of a native app with one model, which is published when a test first asks for them.</summary>
public sealed class AppOfOneModel
{
    private (long Native, long Assembly)? _sizes;

    internal async Task<(long Native, long Assembly)> SizesAsync(PackedPackages packages)
    {
        if (_sizes is null)
        {
            using var folder = ManyModelsTests.Project(packages);
            _sizes = await ManyModelsTests.PublishAsync(folder);
        }
        return _sizes.Value;
    }
}

/// <summary>A native app pays for the models that it uses, however many there are beside.</summary>
public sealed class ManyModelsTests(PackedPackages packages, AppOfOneModel app, ITestOutputHelper output) : IClassFixture<AppOfOneModel>
{
    private const int Limit = 50 * 1024;

    private const string Used = "fal-ai__kling-video__o3__pro__image-to-video.json";

    private const string Program = """
        using MyApp.Models;
        using Zoetrope.Fal;

        using var fal = new FalClient();
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" });
        Console.WriteLine(result.Value.Video.Url);
        """;

    [Fact]
    public Task AHundredModelsBesideTheUsedOneAddLessThan50KBToANativeApp() =>
        AssertSmallAsync(Enumerable.Range(1, 100).Select(number => ($"model-{number}.json", Document(number))));

    [Fact]
    public Task TheModelsOfTheCorpusBesideTheUsedOneAddLessThan50KBToANativeApp() => AssertSmallAsync(
        Corpus.Files("fal-openapi").Where(path => Path.GetFileName(path) != Used).Select(path => (Path.GetFileName(path), File.ReadAllText(path))));

    private async Task AssertSmallAsync(IEnumerable<(string Name, string Text)> others)
    {
        Native.SkipUnlessAvailable();
        var (alone, library) = await app.SizesAsync(packages);

        using var folder = Project(packages);
        foreach (var (name, text) in others)
            folder.Write("specs/" + name, text);
        var (together, assembly) = await PublishAsync(folder);

        output.WriteLine($"alone {alone:N0} B (its assembly {library:N0} B), beside the others {together:N0} B ({assembly:N0} B): {together - alone:N0} B more");
        Assert.True(assembly - library > 10 * Limit, $"The others are not in the program: its assembly has {library} bytes without them and {assembly} with them.");
        Assert.True(together - alone < Limit, $"The others add {together - alone} bytes to the native program.");
    }

    /// <summary>The project, with the used model as its only document.</summary>
    internal static TemporaryFolder Project(PackedPackages packages)
    {
        var folder = new TemporaryFolder();
        folder.Copy(Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.json"), "specs/" + Used);
        folder.Write("Program.cs", Program);
        folder.Write("MyApp.csproj", ConsumerProject.Text(packages, "net10.0", "<PublishAot>true</PublishAot>"));
        return folder;
    }

    /// <summary>The sizes of the native program and of the assembly that it is made from.</summary>
    internal static async Task<(long Native, long Assembly)> PublishAsync(TemporaryFolder folder)
    {
        var publish = await Command.RunAsync("dotnet", ["publish", "-c", "Release", "-o", "published", "--nologo"], folder.Path);
        Assert.True(publish.ExitCode == 0, publish.All);
        var assembly = Directory.GetFiles(Path.Combine(folder.Path, "obj"), "MyApp.dll", SearchOption.AllDirectories)
            .Single(path => Path.GetFileName(Path.GetDirectoryName(path)) is not ("ref" or "refint"));
        return (new FileInfo(Path.Combine(folder.Path, "published", "MyApp")).Length, new FileInfo(assembly).Length);
    }

    /// <summary>A document of another model, with each form of member that generated code knows.</summary>
    private static string Document(int number) => Template.Replace("@", number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private const string Template = """
        {
          "openapi": "3.0.4",
          "info": {"title": "Model @", "version": "1", "x-fal-metadata": {"endpointId": "fal-ai/model-@", "category": "text-to-image"}},
          "components": {"schemas": {
            "Model@Input": {"type": "object", "required": ["prompt"], "properties": {
              "prompt": {"type": "string", "description": "What model @ draws.", "minLength": @},
              "image_size": {"anyOf": [{"$ref": "#/components/schemas/ImageSize"}, {"type": "string", "enum": ["square", "portrait", "landscape"]}], "description": "The size."},
              "style": {"type": "string", "enum": ["style-@", "plain", "painted"], "description": "The style."},
              "loras": {"type": "array", "items": {"$ref": "#/components/schemas/LoraWeight"}, "maxItems": 3, "description": "The weights."},
              "steps": {"type": "integer", "minimum": 1, "maximum": 50, "default": 28, "description": "The steps."},
              "guidance_scale": {"type": "number", "minimum": 0, "maximum": 20, "description": "The guidance."},
              "seed": {"type": "integer", "description": "The seed."},
              "sync_mode": {"type": "boolean", "default": false, "description": "Whether it waits."},
              "reference_urls": {"type": "array", "items": {"type": "string"}, "description": "The references."},
              "labels": {"type": "object", "additionalProperties": {"type": "string"}, "description": "The labels."}
            }},
            "ImageSize": {"type": "object", "properties": {"width": {"type": "integer", "description": "The width."}, "height": {"type": "integer", "description": "The height."}}},
            "LoraWeight": {"type": "object", "required": ["path"], "properties": {
              "path": {"type": "string", "description": "Where it is."}, "scale": {"type": "number", "default": 1, "description": "How much it counts."}
            }},
            "Model@Output": {"type": "object", "required": ["images"], "properties": {
              "images": {"type": "array", "items": {"$ref": "#/components/schemas/Image"}, "description": "The images."},
              "timings": {"type": "object", "additionalProperties": {"type": "number"}, "description": "The timings."},
              "seed": {"type": "integer", "description": "The seed."}
            }},
            "Image": {"type": "object", "required": ["url"], "properties": {
              "url": {"type": "string", "description": "Where it is."}, "width": {"type": "integer", "description": "The width."}, "height": {"type": "integer", "description": "The height."}
            }}
          }},
          "paths": {
            "/fal-ai/model-@": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Model@Input"}}}}, "responses": {}}},
            "/fal-ai/model-@/requests/{request_id}": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Model@Output"}}}}}}}
          },
          "servers": [{"url": "https://queue.fal.run"}]
        }
        """;
}
