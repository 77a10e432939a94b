using System.Reflection;
using Microsoft.CodeAnalysis;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Defaults that cost money where a member is forgotten, compiled and run.</summary>
public class DefaultTrapTests
{
    private const string Input = """
        {
          "prompt": {"type": "string", "default": "a cat"},
          "image_url": {"type": "string", "default": "https://samples.example/files/bulb.png?x=1", "description": "The first frame."},
          "voice_url": {"type": "string", "nullable": true, "default": "https://samples.example/voices/3f2a"},
          "end_image": {"allOf": [{"$ref": "#/components/schemas/Picture"}], "default": {"url": "https://samples.example/end.JPG"}},
          "clips": {"type": "array", "items": {"type": "string"}, "default": ["https://samples.example/a.mp4"]},
          "shots": {"type": "array", "items": {"$ref": "#/components/schemas/Shot"}},
          "loras": {"type": "array", "items": {"$ref": "#/components/schemas/Lora"}, "default": [{"path": "https://models.example/offset.safetensors"}]},
          "lora_image": {"type": "string", "default": "https://models.example/offset.png"},
          "model_url": {"type": "string", "default": "https://models.example/rig.glb"},
          "model_image_url": {"type": "string", "nullable": true, "default": "https://samples.example/person.jpg"},
          "webhook_url": {"type": "string", "default": "https://hooks.example/image"},
          "mask_url": {"type": "string", "default": ""},
          "base_url": {"type": "string", "default": "https://api.example/v1"},
          "needed_url": {"type": "string", "default": "https://samples.example/needed.png"},
          "seed": {"type": "integer", "default": 42, "description": "Random seed. If None, a random seed is chosen."},
          "motion_seed": {"type": "integer", "default": -1},
          "audio_seed": {"type": "integer", "default": 8069, "description": "If not provided, a random seed will be used."},
          "seeds": {"type": "integer", "default": 4}
        }
        """;

    private const string Schemas = """
        {
          "Picture": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "width": {"type": "integer"}}},
          "Shot": {"type": "object", "properties": {"video_url": {"type": "string", "default": "https://samples.example/b.webm"}, "text": {"type": "string"}}},
          "Lora": {"type": "object", "required": ["path"], "properties": {"path": {"type": "string"}, "scale": {"type": "number"}}}
        }
        """;

    private const string Given =
        """
        "image_url":"https://a.example/1.png","end_image":{"url":"https://a.example/2.png"},"clips":[],"needed_url":"https://a.example/3.png","model_image_url":null
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _model = new(() =>
    {
        var output = """{"image_url": {"type": "string", "default": "https://samples.example/out.png"}, "seed": {"type": "integer", "default": 42}}""";
        var generated = new Project([Documents.FalOpenApi("fal-ai/traps", Input, ["needed_url"], Schemas, output)]).Run();
        return (generated, generated.Load());
    });

    [Fact]
    public void They_are_reported_where_the_document_states_them()
    {
        var diagnostics = _model.Value.Generated.Diagnostics.Where(diagnostic => diagnostic.Id is "ZT0140" or "ZT0141").ToList();

        Assert.Equal(
            ["ZT0140 clips", "ZT0140 end_image", "ZT0140 image_url", "ZT0140 model_image_url", "ZT0140 video_url", "ZT0140 voice_url", "ZT0141 seed"],
            diagnostics.Select(diagnostic => diagnostic.Id + " " + diagnostic.GetMessage().Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.All(diagnostics, diagnostic =>
            Assert.Equal(diagnostic.Id == "ZT0140" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info, diagnostic.DefaultSeverity));
    }

    [Theory]
    [InlineData("{" + Given + ",\"voice_url\":null,\"shots\":[{\"video_url\":\"https://a.example/4.mp4\"}]}")]
    [InlineData("{" + Given + ",\"voice_url\":\"https://a.example/5.mp3\"}")]
    public void A_request_that_gives_its_files_is_without_warnings(string json)
    {
        var result = Validate(json);

        Assert.Empty(result.Issues);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("{" + Given + "}", "voice_url", "https://samples.example/voices/3f2a")]
    [InlineData("{" + Given + ",\"voice_url\":null,\"shots\":[{\"video_url\":\"https://a.example/4.mp4\"},{\"text\":\"x\"}]}", "shots[1].video_url", "https://samples.example/b.webm")]
    public void A_forgotten_file_is_a_warning_and_never_a_refusal(string json, string path, string sample)
    {
        var result = Validate(json);

        var warning = Assert.Single(result.Warnings);
        Assert.Equal((path, ValidationRule.SampleFile, sample), (warning.Path, warning.Rule, warning.Limit));
        Assert.Equal($"{path}: is not given, so the job is run with the sample file {sample}", warning.ToString());
        Assert.True(result.IsValid);
        result.ThrowIfInvalid();
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_said_once()
    {
        var result = Validate("{" + Given.Replace("\"https://a.example/1.png\"", "7", StringComparison.Ordinal) + ",\"voice_url\":null}");

        Assert.Equal("image_url", Assert.Single(result.Issues).Path);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_documentation_of_the_member_says_it()
    {
        var code = _model.Value.Generated.Sources.Values.Single(source => source.Contains("class Traps", StringComparison.Ordinal));

        Assert.Contains("A request without it is run with that sample file.</summary>", code);
        Assert.Equal(1, code.Split("Requests without it all have that seed.").Length - 1);
    }

    [Fact]
    public void A_request_that_gives_its_files_allocates_nothing()
    {
        var endpoint = Generated.Endpoint(_model.Value.Assembly, "Demo.Models.Traps");
        var request = (IValidatable)Generated.Read(_model.Value.Assembly, "Demo.Models.Traps+Request", "{" + Given + ",\"voice_url\":\"https://a.example/5.mp3\"}");
        Assert.Empty(ValidationResult.Of(request).Warnings);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var isValid = ValidationResult.Of(request).IsValid;

        Assert.Equal((true, 0L), (isValid, GC.GetAllocatedBytesForCurrentThread() - before));
        Assert.NotNull(endpoint);
    }

    private static ValidationResult Validate(string json) => Validate(Generated.Read(_model.Value.Assembly, "Demo.Models.Traps+Request", json));

    private static ValidationResult Validate(object request) => ValidationResult.Of((IValidatable)request);
}
