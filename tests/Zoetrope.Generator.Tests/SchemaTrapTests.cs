using System.Reflection;
using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Tooling;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Forms of real documents that readers commonly take wrongly, compiled and run.</summary>
public class SchemaTrapTests
{
    private const string Input = """
        {
          "part": {"oneOf": [{"$ref": "#/components/schemas/TextPart"}, {"$ref": "#/components/schemas/PicturePart"}, {"$ref": "#/components/schemas/ToolPart"}],
            "discriminator": {"propertyName": "type"}},
          "parts": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/TextPart"}, {"$ref": "#/components/schemas/PicturePart"},
            {"type": "object", "title": "Inline", "required": ["type"], "properties": {"type": {"type": "string", "const": "inline"}, "data": {"type": "string"}}}],
            "discriminator": {"propertyName": "type"}}},
          "source": {"oneOf": [{"$ref": "#/components/schemas/Upload"}, {"$ref": "#/components/schemas/Link"}], "discriminator": {"propertyName": "from"}},
          "level": {"oneOf": [{"$ref": "#/components/schemas/Low"}, {"$ref": "#/components/schemas/High"}], "discriminator": {"propertyName": "level"}},
          "tone": {"type": "string", "nullable": true, "enum": ["warm", "cold"]},
          "note": {"type": "string", "nullable": true, "maxLength": 3},
          "frame": {"$ref": "#/components/schemas/Frame", "nullable": true},
          "both": {"type": ["string", "null"], "nullable": false},
          "guidance": {"type": "number", "multipleOf": 0.1},
          "tiny": {"type": "number", "multipleOf": 1e-6},
          "whole": {"type": "integer", "multipleOf": 2.5},
          "tenth": {"type": "integer", "multipleOf": 0.1},
          "third": {"type": "integer", "multipleOf": 0.003}
        }
        """;

    private const string Schemas = """
        {
          "TextPart": {"type": "object", "required": ["type", "text"], "properties": {"type": {"type": "string", "const": "input_text"}, "text": {"type": "string"}}},
          "PicturePart": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string", "enum": ["input_image"]}, "url": {"type": "string"}}},
          "ToolPart": {"allOf": [{"$ref": "#/components/schemas/ToolBase"}, {"type": "object", "properties": {"tool": {"type": "string"}}}]},
          "ToolBase": {"type": "object", "required": ["type"], "properties": {"type": {"$ref": "#/components/schemas/ToolType"}}},
          "ToolType": {"type": "string", "enum": ["use_tool"]},
          "Upload": {"type": "object", "properties": {"from": {"type": "string", "enum": ["upload"], "default": "upload"}, "id": {"type": "string"}}},
          "Link": {"type": "object", "required": ["from"], "properties": {"from": {"const": "link"}, "url": {"type": "string"}}},
          "Low": {"type": "object", "required": ["level"], "properties": {"level": {"type": "integer", "const": 1}, "a": {"type": "string"}}},
          "High": {"type": "object", "required": ["level"], "properties": {"level": {"type": "integer", "enum": [2, 3]}, "b": {"type": "string"}}},
          "Frame": {"type": "object", "properties": {"x": {"type": "integer"}}}
        }
        """;

    private const string Code = """
        #pragma warning disable CS1591 // It is test code.
        using Demo.Models;

        public static class Use
        {
            public static Traps.Request Request() => new()
            {
                Part = new Traps.ToolPart { Tool = "saw" }, Parts = [new Traps.TextPart { Text = "a" }, new Traps.PicturePart()],
                Source = new Traps.Link { Url = "u" }, Level = new Traps.Low { A = "x" },
            };

            public static string Part(Traps.Request request) => request.Part is not { } part ? "none"
                : part.TryGetTextPart(out var text) ? "text " + text.Text : part.TryGetPicturePart(out var picture) ? "picture " + picture.Url
                : part.TryGetToolPart(out var tool) ? "tool " + tool.Tool : "raw";

            public static string Source(Traps.Request request) => request.Source is not { } source ? "none"
                : source.TryGetUpload(out var upload) ? "upload " + upload.Id : source.TryGetLink(out var link) ? "link " + link.Url : "raw";
        }
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _traps = new(() =>
    {
        var document = Documents.FalOpenApi("fal-ai/traps", Input, [], Schemas).Replace("\"openapi\": \"3.0.4\"", "\"openapi\": \"3.1.0\"");
        var generated = new Project([document], code: Code).Run();
        return (generated, generated.Load());
    });

    [Fact]
    public void Nothing_is_unclear_about_such_a_document() =>
        Assert.Empty(_traps.Value.Generated.Diagnostics.Select(diagnostic => diagnostic.ToString()));

    [Theory]
    [InlineData("""{"part":{"type":"input_text","text":"a"}}""", "text a")]
    [InlineData("""{"part":{"url":"u","type":"input_image"}}""", "picture u")]
    [InlineData("""{"part":{"type":"use_tool","tool":"saw"}}""", "tool saw")]
    [InlineData("""{"part":{"type":"TextPart","text":"a"}}""", "raw")]
    public void Without_a_mapping_the_constant_of_the_member_picks_the_alternative(string json, string expected) =>
        Assert.Equal(expected, Use("Part", Request(json)));

    [Theory]
    [InlineData("""{"source":{"from":"link","url":"u"}}""", "link u")]
    [InlineData("""{"source":{"from":"upload","id":"1"}}""", "upload 1")]
    [InlineData("""{"source":{"id":"1"}}""", "upload 1")]
    public void A_constant_that_is_the_default_may_be_left_out(string json, string expected) => Assert.Equal(expected, Use("Source", Request(json)));

    [Fact]
    public void Who_makes_an_alternative_need_not_name_its_constant() => Assert.Equal(
        """{"part":{"type":"use_tool","tool":"saw"},"parts":[{"type":"input_text","text":"a"},{"type":"input_image"}],"source":{"from":"link","url":"u"},"level":{"level":1,"a":"x"}}""",
        Written(Use("Request")!));

    [Theory]
    [InlineData("""{"tone":null,"note":null,"frame":null,"both":null}""")]
    [InlineData("""{"tone":"warm","note":"abc","frame":{"x":1},"both":"a"}""")]
    [InlineData("""{"guidance":0.3,"tiny":0.1,"whole":5,"tenth":7,"third":9}""")]
    [InlineData("""{"guidance":0.30000000000000004,"tiny":0.000003,"whole":-10}""")]
    [InlineData("""{"guidance":123456789.7}""")]
    [InlineData("""{"guidance":9.99999999999998}""")]
    [InlineData("""{"guidance":0.30000000001}""")]
    [InlineData("""{"guidance":0.29999999999}""")]
    [InlineData("""{"guidance":-0.30000000001}""")]
    [InlineData("""{"guidance":1234567890.05}""")]
    [InlineData("""{"tiny":1000.0000005}""")]
    public void What_the_document_allows_is_valid(string json) =>
        Assert.Empty(Generated.Endpoint(_traps.Value.Assembly, "Demo.Models.Traps").Validate(RawJson.Parse(json)).Issues);

    [Theory]
    [InlineData("""{"part":{"type":"TextPart","text":"a"}}""", "part", ValidationRule.Type)]
    [InlineData("""{"note":"abcd"}""", "note", ValidationRule.MaxLength)]
    [InlineData("""{"tone":"hot"}""", "tone", ValidationRule.Enum)]
    [InlineData("""{"guidance":0.35}""", "guidance", ValidationRule.MultipleOf)]
    [InlineData("""{"guidance":0.300000001}""", "guidance", ValidationRule.MultipleOf)]
    [InlineData("""{"guidance":12345678.05}""", "guidance", ValidationRule.MultipleOf)]
    [InlineData("""{"tiny":0.0000035}""", "tiny", ValidationRule.MultipleOf)]
    [InlineData("""{"whole":4}""", "whole", ValidationRule.MultipleOf)]
    [InlineData("""{"third":10}""", "third", ValidationRule.MultipleOf)]
    public void What_it_does_not_allow_is_refused(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_traps.Value.Assembly, "Demo.Models.Traps").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Fact]
    public void Members_are_in_the_order_that_the_document_asks_for()
    {
        var document = Documents.FalOpenApi("fal-ai/order", """{"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}, "d": {"type": "string"}}""")
            .Replace("\"In\": {\"type\": \"object\",", "\"In\": {\"type\": \"object\", \"x-fal-order-properties\": [\"c\", \"none\", \"a\"],");
        var assembly = new Project([document]).Run().Load();

        Assert.Equal(["C", "A", "B", "D"], assembly.GetType("Demo.Models.Order+Request", throwOnError: true)!
            .GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name));
        Assert.Equal("""{"c":"3","a":"1","b":"2","d":"4"}""", Generated.RoundTrip(assembly, "Demo.Models.Order+Request", """{"d":"4","a":"1","b":"2","c":"3"}"""));
    }

    [Fact]
    public void Another_order_changes_nothing_for_callers()
    {
        var former = Documents.FalOpenApi("fal-ai/order", """{"a": {"type": "string"}, "b": {"type": "string", "default": "x"}}""");
        var latter = former.Replace("\"In\": {\"type\": \"object\",", "\"In\": {\"type\": \"object\", \"x-fal-order-properties\": [\"b\", \"a\"],");

        Assert.Empty(Between(former, latter).Changes);
    }

    [Theory]
    [InlineData("", ", \"minLength\": 10", "prompt: it must not be empty now", ChangeImpact.Breaking)]
    [InlineData(", \"minLength\": 10", "", "prompt: the rule that it must not be empty does not apply any more", ChangeImpact.Compatible)]
    public void A_text_that_may_be_empty_where_words_limit_it_differs_from_one_that_may_not(string former, string latter, string message, ChangeImpact impact)
    {
        var document = Documents.FalOpenApi("fal-ai/texts", """{"prompt": {"type": "string", "description": "Minimum 10 characters."}}""");

        var change = Assert.Single(Between(With(former), With(latter)).Changes, change => change.Area == ChangeArea.Validation);

        Assert.Equal((message, impact), (change.Message, change.Impact));

        Spec With(string more) => document.Replace("\"string\", \"d", "\"string\"" + more + ", \"d");
    }

    private static SpecDiff Between(Spec former, Spec latter) =>
        SpecDiff.Between([new(former.Path, former.Text)], [new(latter.Path, latter.Text)], TestContext.Current.CancellationToken);

    private static object Request(string json) => Generated.Read(_traps.Value.Assembly, "Demo.Models.Traps+Request", json);

    private static object? Use(string method, params object[] arguments) =>
        _traps.Value.Assembly.GetType("Use", throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments);

    private static string Written(object model) => typeof(RawJson).GetMethod("From")!.MakeGenericMethod(model.GetType()).Invoke(null, [model])!.ToString()!;
}
