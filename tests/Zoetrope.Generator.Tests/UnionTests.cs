using System.Reflection;
using Zoetrope.Generator.Tooling;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Specs;
using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Model;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Unions, compiled and run.</summary>
public class UnionTests
{
    private const string Input = """
        {
          "image_size": {"anyOf": [{"$ref": "#/components/schemas/ImageSize"}, {"type": "string", "enum": ["square_hd", "16:9"]}, {"type": "null"}]},
          "urls": {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "array", "maxItems": 2, "items": {"type": "string", "maxLength": 5}}]},
          "scale": {"anyOf": [{"type": "object"}, {"type": "number"}]},
          "rate": {"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 1}, {"type": "null"}]},
          "level": {"anyOf": [{"type": "string", "enum": ["auto"]}, {"type": "number", "maximum": 10}]},
          "guidance": {"anyOf": [{"type": "number"}, {"type": "integer"}]},
          "style": {"anyOf": [{"type": "string", "enum": ["Anime"]}, {"type": "string"}]},
          "shape": {"oneOf": [{"$ref": "#/components/schemas/Circle"}, {"$ref": "#/components/schemas/Square"}]},
          "spot": {"anyOf": [{"$ref": "#/components/schemas/Point"}, {"$ref": "#/components/schemas/Box"}, {"type": "array", "items": {"type": "number"}}]},
          "spots": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Point"}, {"type": "array", "items": {"type": "integer"}}]}},
          "table": {"type": "object", "additionalProperties": {"anyOf": [{"type": "number", "minimum": 0}, {"type": "boolean"}]}},
          "holes": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]}},
          "alike": {"anyOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}]},
          "file": {"anyOf": [{"$ref": "#/components/schemas/Image"}, {"type": "integer"}]},
          "files": {"anyOf": [{"$ref": "#/components/schemas/Image"}, {"$ref": "#/components/schemas/File"}]},
          "mixed": {"type": ["string", "integer", "array", "null"], "items": {"type": "integer"}},
          "weights": {"anyOf": [{"type": "number"}, {"type": "object", "additionalProperties": {"type": "number"}}]},
          "inline": {"anyOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}, {"type": "boolean"}]},
          "estimate": {"anyOf": [
            {"type": "object", "required": ["by"], "properties": {"by": {"type": "string", "enum": ["unit_price"]}, "units": {"type": "integer"}}},
            {"type": "object", "required": ["by"], "properties": {"by": {"type": "string", "enum": ["history", "past"]}, "calls": {"type": "integer"}}},
            {"type": "object", "required": ["by"], "properties": {"by": {"type": "string", "enum": ["16:9"]}, "calls": {"type": "integer"}}}]},
          "self": {"$ref": "#/components/schemas/Self"},
          "raw": {"anyOf": [{"type": "string"}, {"type": "boolean"}]},
          "value": {"type": "string", "enum": ["x"]}
        }
        """;

    private const string Schemas = """
        {
          "ImageSize": {"type": "object", "properties": {"width": {"type": "integer", "maximum": 100}, "height": {"type": "integer"}}},
          "Circle": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "const": "circle"}, "radius": {"type": "number", "minimum": 0}}},
          "Square": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": ["square", "rect"]}, "side": {"type": "number"}}},
          "Point": {"type": "object", "required": ["x", "y"], "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}},
          "Box": {"type": "object", "required": ["x", "y", "w"], "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}, "w": {"type": "integer"}}},
          "One": {"type": "object", "properties": {"a": {"type": "integer"}}},
          "Two": {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}},
          "Self": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/components/schemas/Self"}}]},
          "File": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "file_name": {"type": "string"}}},
          "Image": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "width": {"type": "integer"}, "height": {"type": "integer"}}}
        }
        """;

    private const string Output =
        """{"rle": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}, "size": {"anyOf": [{"$ref": "#/components/schemas/Point"}, {"$ref": "#/components/schemas/Box"}]}}""";

    private const string Code = """
        #pragma warning disable CS1591 // It is test code.
        using System.Collections.Generic;
        using Demo.Models;

        public static class Use
        {
            public static Unions.Request Request() => new()
            {
                ImageSize = "square_hd", Urls = Unions.Urls.From(new[] { "a" }), Scale = 1.5, Rate = 7, Level = Unions.LevelPreset.Auto,
                Shape = new Unions.Circle { Kind = Unions.CircleKind.Circle }, File = new Zoetrope.Media.ImageFile { Url = "u" }, Style = "own",
                Spots = new Unions.SpotChoice[] { new Unions.Point { X = 1, Y = 2 }, Unions.SpotChoice.From(new long[] { 3 }) },
                Weights = Unions.Weights.From(new Dictionary<string, double> { ["a"] = 1 }), Mixed = Zoetrope.Json.RawJson.Parse("true"),
            };

            public static string Shape(Unions.Request request) =>
                request.Shape is not { } shape ? "none" : shape.TryGetCircle(out var circle) ? "circle " + circle.Radius : shape.TryGetSquare(out _) ? "square" : "raw " + shape.Raw;

            public static string Alike(Unions.Request request) =>
                request.Alike!.Value.TryGetOne(out var one) && request.Alike.Value.TryGetTwo(out var two) ? one.A + two.B : "none";
        }
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _forms = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/unions", Input, [], Schemas, Output)], code: Code).Run();
        return (generated, generated.Load());
    });

    [Theory]
    [InlineData("""{"image_size":{"width":1,"more":2},"urls":"a","scale":{"a":1.50},"rate":"x","level":"auto","guidance":5,"style":"Anime"}""")]
    [InlineData("""{"image_size":"square_hd","urls":["a","b"],"scale":1.5,"rate":48000,"level":3.5,"guidance":1.5,"style":"Own"}""")]
    [InlineData("""{"image_size":"new","urls":[],"scale":"odd","rate":17454220438242315174,"level":99999999999999999999}""")]
    [InlineData("""{"image_size":7,"urls":[1],"scale":[1],"rate":1.5,"level":true,"guidance":"x","style":1}""")]
    [InlineData("""{"image_size":null,"urls":null,"scale":null,"rate":null,"level":null,"guidance":null}""")]
    [InlineData("""{"shape":{"kind":"circle","radius":1},"spot":{"x":1,"y":2},"spots":[{"x":1,"y":2},[1,2],null,"s"],"table":{"a":1.5,"b":true,"c":null}}""")]
    [InlineData("""{"shape":{"kind":"rect","side":1},"spot":{"x":1,"y":2,"w":3},"spots":[],"table":{}}""")]
    [InlineData("""{"shape":{"kind":"star","n":5},"spot":[1,2.5],"alike":{"a":1,"b":"x","c":[]},"file":"https://a.b/c","files":{"url":"u","width":3}}""")]
    [InlineData("""{"shape":"circle","spot":{"z":1},"alike":5,"file":{"url":"u","width":1},"files":"u","mixed":"m","weights":1.5}""")]
    [InlineData("""{"file":7,"files":7,"mixed":[1],"weights":{"a":1},"inline":{"a":1},"self":[["a"],"b"],"raw":true,"value":"y"}""")]
    [InlineData("""{"file":false,"mixed":5,"weights":{"a":"b"},"inline":true,"self":"s","raw":"r"}""")]
    [InlineData("""{"mixed":{"a":1},"weights":[],"inline":{"b":"\ud800"},"self":5,"raw":"\ud800"}""")]
    public void Requests_survive_a_round_trip(string json) =>
        Assert.Equal(json, Generated.RoundTrip(_forms.Value.Assembly, "Demo.Models.Unions+Request", json));

    [Theory]
    [InlineData("""{"rle":["a"],"size":{"x":1,"y":2,"w":3}}""")]
    [InlineData("""{"rle":{"a":1},"size":[1],"more":1}""")]
    [InlineData("""{"rle":["a",null,5]}""")]
    public void Results_survive_a_round_trip(string json) => Assert.Equal(json, Generated.RoundTrip(_forms.Value.Assembly, "Demo.Models.Unions+Result", json));

    [Theory]
    [InlineData("UnitPriceEstimate")]
    [InlineData("EstimateObject")]
    [InlineData("EstimateObject_2")]
    public void Objects_without_a_name_are_called_after_the_value_that_distinguishes_them(string name) =>
        Assert.NotNull(_forms.Value.Assembly.GetType("Demo.Models.Unions+" + name));

    [Theory]
    [InlineData("""{"image_size":{"width":101}}""", "image_size.width", ValidationRule.Maximum)]
    [InlineData("""{"image_size":"other"}""", "image_size", ValidationRule.Enum)]
    [InlineData("""{"image_size":7}""", "image_size", ValidationRule.Type)]
    [InlineData("""{"image_size":{"width":"1"}}""", "image_size.width", ValidationRule.Type)]
    [InlineData("""{"urls":"abcdef"}""", "urls", ValidationRule.MaxLength)]
    [InlineData("""{"urls":["a","b","c"]}""", "urls", ValidationRule.MaxItems)]
    [InlineData("""{"urls":["a","abcdef"]}""", "urls[1]", ValidationRule.MaxLength)]
    [InlineData("""{"urls":[1]}""", "urls", ValidationRule.Type)]
    [InlineData("""{"urls":["a",null]}""", "urls", ValidationRule.Type)]
    [InlineData("""{"rate":0}""", "rate", ValidationRule.Minimum)]
    [InlineData("""{"rate":null,"level":11}""", "level", ValidationRule.Maximum)]
    [InlineData("""{"level":"x"}""", "level", ValidationRule.Enum)]
    [InlineData("""{"level":null}""", "level", ValidationRule.Type)]
    [InlineData("""{"shape":{"kind":"circle","radius":-1}}""", "shape.radius", ValidationRule.Minimum)]
    [InlineData("""{"shape":{"kind":"star"}}""", "shape", ValidationRule.Type)]
    [InlineData("""{"spots":[{"x":1,"y":2},[1],"s"]}""", "spots[2]", ValidationRule.Type)]
    [InlineData("""{"table":{"a":true,"b":-1}}""", "table[\"b\"]", ValidationRule.Minimum)]
    [InlineData("""{"spots":[null]}""", "spots[0]", ValidationRule.Type)]
    [InlineData("""{"inline":{}}""", "inline.a", ValidationRule.Required)]
    [InlineData("""{"scale":"open"}""", "scale", ValidationRule.Type)]
    [InlineData("""{"alike":7}""", "alike", ValidationRule.Type)]
    public void Each_limit_is_checked(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_forms.Value.Assembly, "Demo.Models.Unions").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Theory]
    [InlineData("""{"image_size":{"width":100},"urls":["a","abcde"],"scale":{"any":1},"rate":"x","level":10,"style":"anything"}""")]
    [InlineData("""{"image_size":null,"urls":"abcde","scale":{},"rate":null,"level":"auto","shape":{"kind":"square"},"spot":{"x":1,"y":2},"holes":["a",null,1],"alike":{"a":"odd"},"mixed":null}""")]
    public void What_is_inside_the_limits_is_valid(string json) =>
        Assert.Empty(Generated.Endpoint(_forms.Value.Assembly, "Demo.Models.Unions").Validate(RawJson.Parse(json)).Issues);

    [Fact]
    public void Alternatives_are_set_as_what_they_are() => Assert.Equal(
        """{"image_size":"square_hd","urls":["a"],"scale":1.5,"rate":7,"level":"auto","style":"own","shape":{"kind":"circle"},"spots":[{"x":1,"y":2},[3]],"file":{"url":"u"},"mixed":true,"weights":{"a":1}}""",
        Written(Use("Request")!));

    [Theory]
    [InlineData("""{"shape":{"radius":2,"kind":"circle"}}""", "circle 2")]
    [InlineData("""{"shape":{"kind":"rect"}}""", "square")]
    [InlineData("""{"shape":{"kind":"star"}}""", "raw {\"kind\":\"star\"}")]
    [InlineData("{}", "none")]
    public void The_alternative_is_recognized_by_the_JSON(string json, string expected) => Assert.Equal(expected, Use("Shape", Request(json)));

    [Theory]
    [InlineData("""{"alike":{"a":1,"b":"x"}}""", "1x")]
    [InlineData("""{"alike":[]}""", "none")]
    public void Alternatives_that_look_alike_are_read_as_asked(string json, string expected) => Assert.Equal(expected, Use("Alike", Request(json)));

    [Fact]
    public void Types_are_what_the_document_says()
    {
        var request = _forms.Value.Assembly.GetType("Demo.Models.Unions+Request", throwOnError: true)!;

        Assert.Equal("ImageSizeChoice", Nullable.GetUnderlyingType(request.GetProperty("ImageSize")!.PropertyType)!.Name);
        Assert.Equal("Urls", Nullable.GetUnderlyingType(request.GetProperty("Urls")!.PropertyType)!.Name);
        Assert.Equal(typeof(double?), request.GetProperty("Guidance")!.PropertyType);
        Assert.Equal(typeof(MediaFile), request.GetProperty("Files")!.PropertyType);
        Assert.Equal("RawChoice", Nullable.GetUnderlyingType(request.GetProperty("Raw")!.PropertyType)!.Name);
        Assert.Equal("ValueType", Nullable.GetUnderlyingType(request.GetProperty("Value")!.PropertyType)!.Name);
        Assert.Equal(["Size16x9", "SquareHd"], _forms.Value.Assembly.GetType("Demo.Models.Unions+ImageSizePreset", throwOnError: true)!
            .GetProperties(BindingFlags.Static | BindingFlags.Public).Select(property => property.Name).Order());
        Assert.Equal(["ZT0117: 'alike'"], _forms.Value.Generated.Diagnostics.Where(diagnostic => diagnostic.Id is "ZT0117")
            .Select(diagnostic => diagnostic.Id + ": " + diagnostic.GetMessage().Split(' ')[3]));
    }

    [Fact]
    public void Names_that_are_locked_stay()
    {
        const string Id = "fal:fal-ai/unions";
        var document = Documents.FalOpenApi("fal-ai/unions", Input, [], Schemas, Output);
        var names = NameAssignments.Of(new Dictionary<string, SpecDocument> { [document.Path] = SpecReader.Read(document.Text).Document! });
        Assert.Contains(new(Id + "#/$input.image_size", "ImageSizeChoice"), names);
        Assert.Contains(new(Id + "#/$input.image_size#preset", "ImageSizePreset"), names);
        Assert.Equal(names.Count, names.Select(name => name.Key).Distinct().Count());

        var again = new Project([document, new("specs/specs.lock.json", LockWriter.Write(new SpecLock(new([]), names.ToEquatableArray())))], code: Code).Run();

        Assert.DoesNotContain(again.Diagnostics, diagnostic => diagnostic.Id == "ZT0115");
        Assert.Equal(_forms.Value.Generated.Source("Demo.Models.Unions.g.cs"), again.Source("Demo.Models.Unions.g.cs"));
    }

    private static object Request(string json) => Generated.Read(_forms.Value.Assembly, "Demo.Models.Unions+Request", json);

    private static object? Use(string method, params object[] arguments) =>
        _forms.Value.Assembly.GetType("Use", throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments);

    private static string Written(object model) => typeof(RawJson).GetMethod("From")!.MakeGenericMethod(model.GetType()).Invoke(null, [model])!.ToString()!;
}
