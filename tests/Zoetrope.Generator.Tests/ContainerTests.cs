using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Maps, and lists of lists and maps, compiled and run.</summary>
public class ContainerTests
{
    private const string Input = """
        {
          "weights": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
          "names": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 3}},
          "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
          "switches": {"anyOf": [{"type": "object", "additionalProperties": {"type": "boolean"}}, {"type": "null"}]},
          "modes": {"type": "object", "additionalProperties": {"type": "string", "enum": ["fast", "slow"]}},
          "points": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Point"}},
          "files": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Image"}},
          "anything": {"type": "object", "additionalProperties": true},
          "empty": {"type": "object", "additionalProperties": {}},
          "rows": {"type": "array", "items": {"type": "array", "maxItems": 2, "items": {"type": "number", "maximum": 9}}},
          "track": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/components/schemas/Point"}}},
          "series": {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}},
          "nest": {"$ref": "#/components/schemas/Nest"}
        }
        """;

    private const string Schemas = """
        {
          "Image": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "width": {"type": "integer"}, "height": {"type": "integer"}}},
          "Point": {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer", "minimum": 0}, "y": {"type": "integer"}}},
          "Nest": {"type": "array", "items": {"$ref": "#/components/schemas/Nest"}}
        }
        """;

    private const string Output =
        """{"timings": {"type": "object", "additionalProperties": {"type": "number"}}, "boxes": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}}""";

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _forms = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/containers", Input, [], Schemas, Output)]).Run();
        return (generated, generated.Load());
    });

    [Theory]
    [InlineData("""{"weights":{"z":1,"a":0.5,"":2},"names":{"x":"y"},"counts":{"n":-9223372036854775808},"switches":{"on":true},"modes":{"m":"new"}}""")]
    [InlineData("""{"points":{"p":{"x":1,"more":[1]}},"files":{"f":{"url":"u"},"g":"https://a.b/c"},"anything":{"a":[1.50]},"empty":{"b":null}}""")]
    [InlineData("""{"rows":[[],[1,2.5]],"track":[[{"x":1}],[]],"series":[{"a":["b"],"c":[]}]}""")]
    [InlineData("""{"weights":{"a":"1"},"names":{"a":null},"counts":{"a":17454220438242315174},"switches":{"a":1},"modes":{"a":5},"points":{"a":7},"files":{"a":7}}""")]
    [InlineData("""{"weights":{"a":9007199254740993},"names":{"a":"1","a":"2"},"counts":[],"points":null,"rows":[1],"track":[[1]],"series":[{"a":[1]}],"nest":[[[]]]}""")]
    [InlineData("""{"weights":{},"names":{"a\"b\u0001":"é"},"switches":null,"rows":[null]}""")]
    [InlineData("""{"weights":{"a":1,"b":null},"names":{"a":"1","b":2,"a":"3"},"points":{"a":{"x":1},"b":null}}""")]
    [InlineData("""{"rows":[[1,null],[2]],"series":[{"a":["b",null]},5]}""")]
    public void Requests_survive_a_round_trip(string json) =>
        Assert.Equal(json, Generated.RoundTrip(_forms.Value.Assembly, "Demo.Models.Containers+Request", json));

    [Theory]
    [InlineData("""{"timings":{"inference":1.25,"total":2},"boxes":[[1,2],[3]]}""")]
    [InlineData("""{"timings":{"inference":null},"boxes":[[99999999999999999999]]}""")]
    [InlineData("""{"timings":{"inference":1,"total":"2s"},"boxes":[[1,null],null,[3],"x",[0.5]]}""")]
    public void Results_survive_a_round_trip(string json) =>
        Assert.Equal(json, Generated.RoundTrip(_forms.Value.Assembly, "Demo.Models.Containers+Result", json));

    [Theory]
    [InlineData("""{"weights":{"a":1,"b":-1}}""", "weights[\"b\"]", ValidationRule.Minimum)]
    [InlineData("""{"names":{"a":"abcd"}}""", "names[\"a\"]", ValidationRule.MaxLength)]
    [InlineData("""{"modes":{"a":"other"}}""", "modes[\"a\"]", ValidationRule.Enum)]
    [InlineData("""{"points":{"a":{"y":1}}}""", "points[\"a\"].x", ValidationRule.Required)]
    [InlineData("""{"rows":[[1],[1,10]]}""", "rows[1][1]", ValidationRule.Maximum)]
    [InlineData("""{"rows":[[1,2,3]]}""", "rows[0]", ValidationRule.MaxItems)]
    [InlineData("""{"track":[[],[{"x":0},{"x":-1}]]}""", "track[1][1].x", ValidationRule.Minimum)]
    [InlineData("""{"weights":{"a":"1"}}""", "weights", ValidationRule.Type)]
    [InlineData("""{"rows":[1]}""", "rows", ValidationRule.Type)]
    [InlineData("""{"rows":[[1],[2,null]]}""", "rows", ValidationRule.Type)]
    [InlineData("""{"names":{"a":"b","c":null}}""", "names", ValidationRule.Type)]
    public void Each_limit_is_checked(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_forms.Value.Assembly, "Demo.Models.Containers").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Fact]
    public void What_is_inside_the_limits_is_valid() => Assert.Empty(Generated.Endpoint(_forms.Value.Assembly, "Demo.Models.Containers").Validate(RawJson.Parse(
        """{"weights":{"a":0},"names":{"a":"abc"},"modes":{"a":"fast"},"points":{"p":{"x":0}},"rows":[[9,9]],"track":[[{"x":0}]],"anything":{"a":1},"switches":null}""")).Issues);

    [Fact]
    public void Types_are_what_the_document_says()
    {
        var request = _forms.Value.Assembly.GetType("Demo.Models.Containers+Request", throwOnError: true)!;

        Assert.Equal(typeof(IReadOnlyDictionary<string, double>), request.GetProperty("Weights")!.PropertyType);
        Assert.Equal(typeof(IReadOnlyDictionary<string, string>), request.GetProperty("Names")!.PropertyType);
        Assert.Equal(typeof(IReadOnlyDictionary<string, long>), request.GetProperty("Counts")!.PropertyType);
        Assert.Equal(typeof(IReadOnlyDictionary<string, bool>), request.GetProperty("Switches")!.PropertyType);
        Assert.Equal(typeof(IReadOnlyDictionary<string, ImageFile>), request.GetProperty("Files")!.PropertyType);
        Assert.Equal("Mode", request.GetProperty("Modes")!.PropertyType.GetGenericArguments()[1].Name);
        Assert.Equal("Point", request.GetProperty("Points")!.PropertyType.GetGenericArguments()[1].Name);
        Assert.Equal(typeof(RawJson?), request.GetProperty("Anything")!.PropertyType);
        Assert.Equal(typeof(RawJson?), request.GetProperty("Empty")!.PropertyType);
        Assert.Equal(typeof(IReadOnlyList<IReadOnlyList<double>>), request.GetProperty("Rows")!.PropertyType);
        Assert.Equal(typeof(IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<string>>>), request.GetProperty("Series")!.PropertyType);
        Assert.Equal(["'nest' is too intricate, which stays raw JSON"],
            _forms.Value.Generated.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0111").Select(diagnostic => diagnostic.GetMessage()));
    }

    [Fact]
    public void Maps_keep_the_order_of_the_document()
    {
        var result = Generated.Read(_forms.Value.Assembly, "Demo.Models.Containers+Result", """{"timings":{"z":1,"a":2,"m":3}}""");

        var timings = (IReadOnlyDictionary<string, double>)result.GetType().GetProperty("Timings")!.GetValue(result)!;
        Assert.Equal(["z", "a", "m"], timings.Keys);
        Assert.Equal(2, timings["a"]);
    }
}
