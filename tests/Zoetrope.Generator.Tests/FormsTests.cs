using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Forms of value that the vendored documents do not have, compiled and run.</summary>
public class FormsTests
{
    private const string Input = """
        {
          "seed": {"type": "integer", "minimum": -1},
          "steps": {"type": "integer", "minimum": 1, "maximum": 50, "default": 28},
          "count": {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 4.5},
          "scale": {"anyOf": [{"type": "number", "minimum": -1.5, "exclusiveMaximum": 20}, {"type": "null"}]},
          "huge": {"type": "integer", "maximum": 99999999999999999999},
          "level": {"type": "integer", "enum": [64, 128]},
          "tags": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "string", "maxLength": 4}},
          "modes": {"type": "array", "items": {"type": "string", "enum": ["fast", "slow"]}},
          "numbers": {"type": "array", "items": {"type": "number", "minimum": 0}},
          "flags": {"type": "array", "items": {"type": "boolean"}},
          "wholes": {"type": "array", "items": {"type": "integer"}},
          "image": {"$ref": "#/components/schemas/Image"},
          "images": {"type": "array", "items": {"$ref": "#/components/schemas/Image"}},
          "size": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"type": "string", "enum": ["square_hd"]}]},
          "style": {"anyOf": [{"type": "string", "enum": ["Anime"]}, {"type": "string"}]},
          "map": {"type": "object", "additionalProperties": {"type": "number"}},
          "loras": {"type": "array", "items": {"$ref": "#/components/schemas/Lora"}},
          "tree": {"$ref": "#/components/schemas/Tree"},
          "on": {"type": "boolean"}
        }
        """;

    private const string Schemas = """
        {
          "Image": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "width": {"type": "integer"}, "height": {"type": "integer"}}},
          "Size": {"type": "object", "properties": {"width": {"type": "integer"}}},
          "Lora": {"type": "object", "required": ["path", "scale"], "properties": {"path": {"type": "string"}, "scale": {"type": "number", "maximum": 4}}},
          "Tree": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 2}, "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}},
          "Timing": {"type": "object", "required": ["total"], "properties": {"total": {"type": "number"}, "steps": {"type": "array", "items": {"type": "integer"}}}}
        }
        """;

    private const string Output = """
        {
          "images": {"type": "array", "items": {"$ref": "#/components/schemas/Image"}},
          "seed": {"type": "integer"},
          "timing": {"$ref": "#/components/schemas/Timing"},
          "echo": {"$ref": "#/components/schemas/Lora"},
          "state": {"type": "string", "enum": ["ok", "bad"]}
        }
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _forms = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/forms", Input, ["on", "steps"], Schemas, Output)]).Run();
        return (generated, generated.Load());
    });

    [Theory]
    [InlineData("""{"seed":17454220438242315174,"steps":3,"on":true}""")]
    [InlineData("""{"steps":1,"count":1,"scale":null,"level":64,"tags":["a"],"modes":["fast","new"],"numbers":[0,1.5],"flags":[true,false],"wholes":[1,-2],"on":false}""")]
    [InlineData("""{"steps":1,"image":"https://a.b/c","images":[{"url":"u","width":3},"v"],"size":{"width":3},"style":"Anime","map":{"a":1.5},"on":false}""")]
    [InlineData("""{"steps":1,"size":"square_hd","style":"Own","loras":[{"path":"p","scale":1,"new":2}],"tree":{"name":"r","children":[{"children":[]}]},"on":false}""")]
    [InlineData("""{"seed":"x","steps":1.5,"count":99999999999999999999,"tags":[1],"modes":"fast","flags":[null],"image":7,"images":[7],"loras":[[]],"tree":"t","on":null}""")]
    public void Requests_survive_a_round_trip(string json) => Assert.Equal(json, Generated.RoundTrip(_forms.Value.Assembly, "Demo.Models.Forms+Request", json));

    [Theory]
    [InlineData("""{"images":[{"url":"u","content_type":null,"width":3,"height":4}],"seed":17454220438242315174,"timing":{"total":1.5,"steps":[1]},"echo":{"path":"p","scale":1},"state":"new"}""")]
    [InlineData("""{"images":7,"seed":"x","timing":{},"echo":{},"state":null,"more":[1.0]}""")]
    public void Results_survive_a_round_trip(string json) => Assert.Equal(json, Generated.RoundTrip(_forms.Value.Assembly, "Demo.Models.Forms+Result", json));

    [Theory]
    [InlineData("""{"on":true}""", "steps", ValidationRule.Required)]
    [InlineData("""{"steps":1}""", "on", ValidationRule.Required)]
    [InlineData("""{"seed":-2,"steps":1,"on":true}""", "seed", ValidationRule.Minimum)]
    [InlineData("""{"steps":0,"on":true}""", "steps", ValidationRule.Minimum)]
    [InlineData("""{"steps":51,"on":true}""", "steps", ValidationRule.Maximum)]
    [InlineData("""{"steps":1,"on":true,"count":0}""", "count", ValidationRule.Minimum)]
    [InlineData("""{"steps":1,"on":true,"count":5}""", "count", ValidationRule.Maximum)]
    [InlineData("""{"steps":1,"on":true,"scale":-1.6}""", "scale", ValidationRule.Minimum)]
    [InlineData("""{"steps":1,"on":true,"scale":20}""", "scale", ValidationRule.Maximum)]
    [InlineData("""{"steps":1,"on":true,"level":65}""", "level", ValidationRule.Enum)]
    [InlineData("""{"steps":1,"on":true,"tags":[]}""", "tags", ValidationRule.MinItems)]
    [InlineData("""{"steps":1,"on":true,"tags":["a","b","c","d"]}""", "tags", ValidationRule.MaxItems)]
    [InlineData("""{"steps":1,"on":true,"tags":["a","abcde"]}""", "tags[1]", ValidationRule.MaxLength)]
    [InlineData("""{"steps":1,"on":true,"modes":["fast","x"]}""", "modes[1]", ValidationRule.Enum)]
    [InlineData("""{"steps":1,"on":true,"numbers":[1,-1]}""", "numbers[1]", ValidationRule.Minimum)]
    [InlineData("""{"steps":1,"on":true,"loras":[{"path":"p","scale":5}]}""", "loras[0].scale", ValidationRule.Maximum)]
    [InlineData("""{"steps":1,"on":true,"loras":[{"path":"p"}]}""", "loras[0].scale", ValidationRule.Required)]
    [InlineData("""{"steps":1,"on":true,"tree":{"children":[{"name":"abc"}]}}""", "tree.children[0].name", ValidationRule.MaxLength)]
    [InlineData("""{"steps":1.5,"on":true}""", "steps", ValidationRule.Type)]
    public void Each_limit_is_checked(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_forms.Value.Assembly, "Demo.Models.Forms").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Theory]
    [InlineData("""{"steps":1,"on":true,"scale":19.99,"style":"anything","tags":["abcd"],"count":4}""")]
    [InlineData("""{"steps":50,"on":false,"modes":[],"scale":null,"seed":-1,"level":128}""")]
    public void What_is_inside_the_limits_is_valid(string json) =>
        Assert.Empty(Generated.Endpoint(_forms.Value.Assembly, "Demo.Models.Forms").Validate(RawJson.Parse(json)).Issues);

    [Fact]
    public void Types_are_what_the_document_says()
    {
        var request = _forms.Value.Assembly.GetType("Demo.Models.Forms+Request", throwOnError: true)!;

        Assert.Equal(typeof(Int128?), request.GetProperty("Seed")!.PropertyType);
        Assert.Equal(typeof(long), request.GetProperty("Steps")!.PropertyType);
        Assert.Equal(typeof(double?), request.GetProperty("Scale")!.PropertyType);
        Assert.Equal(typeof(ImageFile), request.GetProperty("Image")!.PropertyType);
        Assert.Equal(typeof(IReadOnlyList<ImageFile>), request.GetProperty("Images")!.PropertyType);
        Assert.Equal("SizeChoice", Nullable.GetUnderlyingType(request.GetProperty("Size")!.PropertyType)!.Name);
        Assert.Equal(typeof(IReadOnlyDictionary<string, double>), request.GetProperty("Map")!.PropertyType);
        Assert.Equal("Style", Nullable.GetUnderlyingType(request.GetProperty("Style")!.PropertyType)!.Name);
        Assert.Equal("Mode", request.GetProperty("Modes")!.PropertyType.GetGenericArguments()[0].Name);
        Assert.Empty(_forms.Value.Generated.Diagnostics);
    }

    [Fact]
    public void Rules_of_three_parameters_are_checked()
    {
        var page = TestFiles.FalPage.Replace(
            "Either prompt or multi_prompt must be provided, but not both.",
            "At least one of prompt, multi_prompt or end_image_url must be provided.");
        var generated = new Project([page]).Run();
        var endpoint = Generated.Endpoint(generated.Load(), "Demo.Models.KlingVideoO3ProImageToVideo");

        var issue = Assert.Single(endpoint.Validate(RawJson.Parse("""{"image_url":"https://a.b/c"}""")).Issues);
        Assert.Equal(("prompt", ValidationRule.AtLeastOne, "prompt, multi_prompt and end_image_url"), (issue.Path, issue.Rule, issue.Limit));
        Assert.True(endpoint.Validate(RawJson.Parse("""{"image_url":"https://a.b/c","end_image_url":"https://a.b/d"}""")).IsValid);
    }

    [Fact]
    public void Lists_of_urls_at_Eachlabs_are_checked()
    {
        var page = TestFiles.EachlabsPage.Replace("| multi_prompt | array | No | - | 0–5 |", "| image_urls | array | No | - | 0–2 |");
        var endpoint = Generated.Endpoint(new Project([page]).Run().Load(), "Demo.Models.KlingO3ProImageToVideo");

        var issue = Assert.Single(endpoint.Validate(RawJson.Parse("""{"image_url":"https://a.b/c","image_urls":["https://a.b/c","data:,x"]}""")).Issues);
        Assert.Equal(("image_urls[1]", ValidationRule.Url), (issue.Path, issue.Rule));
    }

    [Fact]
    public void A_result_of_several_files_is_a_list()
    {
        var page = TestFiles.EachlabsPage.Replace("**Output Type:** video", "**Output Type:** array");
        var assembly = new Project([page]).Run().Load();

        Assert.Equal(typeof(IReadOnlyList<MediaFile>), assembly.GetType("Demo.Models.KlingO3ProImageToVideo+Result")!.GetProperty("Outputs")!.PropertyType);
        Assert.Equal("[\"a\",\"b\"]", Generated.RoundTrip(assembly, "Demo.Models.KlingO3ProImageToVideo+Result", "[\"a\",\"b\"]"));
    }
}
