namespace Zoetrope.Packaging.Tests;

/// <summary>A native app pays for the models that it uses, however many there are beside.</summary>
public sealed class ManyModelsTests(PackedPackages packages, AppOfOneModel app, ITestOutputHelper output)
{
    private const int Limit = 50 * 1024;

    // The document of the model that the app uses, which has the page of it.
    private const string Used = "fal-ai__kling-video__o3__pro__image-to-video.json";

    /// <summary>Those of the corpus, or where there is none, others with each form of member.</summary>
    [Fact]
    public async Task A_hundred_models_beside_the_used_one_add_less_than_50_KB_to_a_native_app()
    {
        Native.SkipUnlessAvailable();
        var (program, library) = await app.PublishedAsync(packages);
        using var folder = AppOfOneModel.Project(packages);
        var others = Others();
        foreach (var (name, text) in others)
            folder.Write("specs/" + name, text);
        // Documents of the corpus have warnings.
        var publish = await Command.RunAsync("dotnet", AppOfOneModel.Publish, folder.Path);
        Assert.True(publish.ExitCode == 0, publish.All);

        var (alone, without) = (SizeOf(program), SizeOf(library));
        var (larger, largerLibrary) = AppOfOneModel.FilesOf(folder);
        var (together, with) = (SizeOf(larger), SizeOf(largerLibrary));
        output.WriteLine($"alone {alone:N0} B (its assembly {without:N0} B), beside {others.Count} {together:N0} B ({with:N0} B): {together - alone:N0} B more");
        Assert.True(others.Count >= 100, $"There are only {others.Count} others.");
        Assert.True(with - without > 10 * Limit, $"The others are not in the program: its assembly has {without} bytes without them and {with} with them.");
        Assert.True(together - alone < Limit, $"The others add {together - alone} bytes to the native program.");
    }

    private static List<(string Name, string Text)> Others() => Corpus.Exists("fal-openapi")
        ? [.. Corpus.Files("fal-openapi").Where(path => Path.GetFileName(path) != Used).Select(path => (Path.GetFileName(path), File.ReadAllText(path)))]
        : [.. Enumerable.Range(1, 100).Select(number => ($"model-{number}.json", Document(number)))];

    private static long SizeOf(string path) => new FileInfo(path).Length;

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
