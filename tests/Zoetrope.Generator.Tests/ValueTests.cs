using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>The values that a schema names, compiled and run: of every type, at every location, and those that are all values of their type.</summary>
public class ValueTests
{
    private const string Input = """
        {
          "loop": {"type": "boolean", "enum": [true, false]},
          "loop_or_null": {"type": "boolean", "enum": [true, false, null], "nullable": true},
          "always": {"type": "boolean", "enum": [true, true]},
          "never": {"const": false},
          "never_or_null": {"type": ["boolean", "null"], "enum": [false, null]},
          "flags": {"type": "array", "items": {"type": "boolean", "enum": [false, true]}},
          "on_flags": {"type": "array", "items": {"type": "boolean", "enum": [true]}},
          "by_name": {"type": "object", "additionalProperties": {"enum": [true, false]}},
          "either": {"anyOf": [{"type": "boolean", "enum": [true]}, {"type": "boolean", "enum": [false]}, {"type": "string"}]},
          "text_or_true": {"anyOf": [{"const": true}, {"type": "string"}]},
          "one_to_three": {"type": "integer", "minimum": 1, "maximum": 3, "enum": [1, 2, 3]},
          "doubled": {"type": "integer", "enum": [1, 1.0, 2]},
          "whole_fractions": {"type": "integer", "enum": [1.0, 2.0]},
          "zeros": {"type": "number", "enum": [0.0, -0.0, 0.5, 5e-1]},
          "largest": {"type": "integer", "enum": [9223372036854775807, -9223372036854775808]},
          "numbers": {"anyOf": [{"const": 1}, {"enum": [2, 3]}, {"type": "string"}]},
          "nothing": {"enum": [null]},
          "nothing_typed": {"type": "string", "nullable": true, "enum": [null]},
          "choice": {"oneOf": [{"$ref": "#/components/schemas/Level"}, {"$ref": "#/components/schemas/Blank"}, {"$ref": "#/components/schemas/Nothing"}]},
          "lists": {"anyOf": [{"type": "array", "items": {"type": "string"}, "maxItems": 1}, {"type": "array", "items": {"type": "string"}, "minItems": 3}]},
          "height": {"type": "string", "enum": [480, 720, "auto"]},
          "answer": {"type": "string", "enum": [true, false]},
          "steps": {"type": "integer", "enum": ["1", "2"]},
          "is_on": {"type": "boolean", "enum": ["true"]},
          "ratio": {"type": "number", "enum": ["0.5", "none"]},
          "words": {"type": "integer", "enum": ["low", "high"]},
          "either_type": {"type": ["string", "integer"], "enum": ["a", 1]}
        }
        """;

    private const string Schemas = """{"Level": {"type": "string", "enum": ["low", "high"]}, "Blank": {"enum": [""]}, "Nothing": {"enum": [null]}}""";

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _values = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/values", Input, [], Schemas)]).Run();
        return (generated, generated.Load());
    });

    [Theory]
    [InlineData("""{"loop":true}""")]
    [InlineData("""{"loop":false,"loop_or_null":null}""")]
    [InlineData("""{"always":true,"never":false}""")]
    [InlineData("""{"never_or_null":null}""")]
    [InlineData("""{"flags":[true,false],"by_name":{"a":true,"b":false}}""")]
    [InlineData("""{"either":true}""")]
    [InlineData("""{"either":false}""")]
    [InlineData("""{"text_or_true":true}""")]
    [InlineData("""{"one_to_three":3,"doubled":1,"whole_fractions":2,"zeros":0.5}""")]
    [InlineData("""{"zeros":0,"largest":9223372036854775807}""")]
    [InlineData("""{"largest":-9223372036854775808}""")]
    [InlineData("""{"numbers":2}""")]
    [InlineData("""{"nothing":null,"nothing_typed":null,"choice":null}""")]
    [InlineData("""{"choice":"low"}""")]
    [InlineData("""{"choice":""}""")]
    [InlineData("""{"lists":["a"]}""")]
    [InlineData("""{"lists":["a","b","c"]}""")]
    [InlineData("""{"height":"480"}""")]
    [InlineData("""{"height":"auto"}""")]
    [InlineData("""{"answer":"true"}""")]
    [InlineData("""{"steps":2,"is_on":true,"ratio":0.5,"words":"low"}""")]
    [InlineData("""{"either_type":1}""")]
    [InlineData("""{"either_type":"a"}""")]
    public void What_the_document_names_is_valid(string json)
    {
        Assert.Empty(Issues(json));
        Assert.Equal(json, Generated.RoundTrip(_values.Value.Assembly, "Demo.Models.Values+Request", json));
    }

    [Theory]
    [InlineData("""{"loop":1}""", "loop", ValidationRule.Type)]
    [InlineData("""{"loop":null}""", "loop", ValidationRule.Type)]
    [InlineData("""{"always":false}""", "always", ValidationRule.Enum)]
    [InlineData("""{"never":true}""", "never", ValidationRule.Enum)]
    [InlineData("""{"never_or_null":true}""", "never_or_null", ValidationRule.Enum)]
    [InlineData("""{"on_flags":[true,false]}""", "on_flags[1]", ValidationRule.Enum)]
    [InlineData("""{"either":1}""", "either", ValidationRule.Type)]
    [InlineData("""{"text_or_true":false}""", "text_or_true", ValidationRule.Enum)]
    [InlineData("""{"doubled":3}""", "doubled", ValidationRule.Enum)]
    [InlineData("""{"whole_fractions":3}""", "whole_fractions", ValidationRule.Enum)]
    [InlineData("""{"zeros":1}""", "zeros", ValidationRule.Enum)]
    [InlineData("""{"largest":1}""", "largest", ValidationRule.Enum)]
    [InlineData("""{"numbers":4}""", "numbers", ValidationRule.Enum)]
    [InlineData("""{"choice":"medium"}""", "choice", ValidationRule.Enum)]
    [InlineData("""{"height":480}""", "height", ValidationRule.Type)]
    [InlineData("""{"height":"481"}""", "height", ValidationRule.Enum)]
    [InlineData("""{"answer":true}""", "answer", ValidationRule.Type)]
    [InlineData("""{"steps":3}""", "steps", ValidationRule.Enum)]
    [InlineData("""{"steps":"1"}""", "steps", ValidationRule.Type)]
    [InlineData("""{"is_on":false}""", "is_on", ValidationRule.Enum)]
    [InlineData("""{"ratio":1}""", "ratio", ValidationRule.Enum)]
    [InlineData("""{"words":"medium"}""", "words", ValidationRule.Enum)]
    [InlineData("""{"either_type":2}""", "either_type", ValidationRule.Enum)]
    public void What_it_does_not_name_is_refused(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Issues(json));

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Fact]
    public void Values_of_another_type_than_the_stated_one_are_reported() => Assert.Equal(
        ["480", "true", "\"1\"", "\"true\"", "\"0.5\"", "\"low\""],
        _values.Value.Generated.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0079").Select(diagnostic => diagnostic.GetMessage().Split(' ')[2]));

    [Fact]
    public void A_value_that_is_the_only_one_of_a_required_member_is_there_of_any_type()
    {
        var document = Documents.FalOpenApi("fal-ai/only", """
            {"text": {"const": "a"}, "whole": {"const": 2}, "fraction": {"const": 0.5}, "wide": {"const": 18446744073709551615}, "yes": {"const": true}, "maybe": {"type": "integer", "enum": [1, null]}}
            """, ["text", "whole", "fraction", "wide", "yes", "maybe"]);
        var assembly = new Project([document], code: """
            internal static class Use { public static Demo.Models.Only.Request Make() => new() { Maybe = 1 }; }
            """).Run().Load();

        var made = assembly.GetType("Use")!.GetMethod("Make")!.Invoke(null, null)!;

        Assert.Equal(
            """{"text":"a","whole":2,"fraction":0.5,"wide":18446744073709551615,"yes":true,"maybe":1}""",
            typeof(RawJson).GetMethod("From")!.MakeGenericMethod(made.GetType()).Invoke(null, [made])!.ToString());
        Assert.Equal(5, Generated.Endpoint(assembly, "Demo.Models.Only").Validate(RawJson.Parse("""{"maybe":1}""")).Issues.Count(
            issue => issue.Rule == ValidationRule.Required));
    }

    [Theory]
    [InlineData("specs/page.md", "`boolean`")]
    [InlineData("specs/page.md", "`LoopEnum`")]
    public void Options_of_a_page_that_are_both_booleans_compile(string path, string type)
    {
        var page = $"""
            # Loops
            > Runs loops.
            ## Overview
            - **Endpoint**: `https://fal.run/fal-ai/loops`
            - **Model ID**: `fal-ai/loops`
            - **Kind**: inference
            ## API Information
            ### Input Schema
            - **`loop`** ({type}, _optional_):
              Loops.
              - Options: `true`, `false`
            ### Output Schema
            - **`text`** (`string`, _required_):
            """;
        var assembly = new Project([new(path, page)]).Run().Load();

        Assert.Empty(Generated.Endpoint(assembly, "Demo.Models.Loops").Validate(RawJson.Parse("""{"loop":false}""")).Issues);
    }

    [Fact]
    public void Enums_of_both_booleans_compile_wherever_an_operation_takes_them()
    {
        const string Both = """{"type": "boolean", "enum": [true, false]}""";
        var document = ApiDocuments.Of($$"""
            "/a/{path}": {"post": {"operationId": "send",
              "parameters": [
                {"name": "path", "in": "path", "required": true, "schema": {{Both}} }, {"name": "query", "in": "query", "schema": {{Both}} },
                {"name": "list", "in": "query", "schema": {"type": "array", "items": {{Both}} } }, {"name": "header", "in": "header", "required": true, "schema": {{Both}} }],
              "requestBody": {"required": true, "content": {"application/json": {"schema": {{Both}} } } },
              "responses": {"200": {"description": "", "content": {"application/json": {"schema": {{Both}} } } } } } },
            "/b": {"post": {"operationId": "post", "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"flag": {{Both}} } } } } },
              "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "required": ["flag"], "properties": {"flag": {{Both}} } } } } } } } }
            """);

        Assert.NotEmpty(new Project([document]).Run().Image());
    }

    private static IReadOnlyList<ValidationIssue> Issues(string json) =>
        Generated.Endpoint(_values.Value.Assembly, "Demo.Models.Values").Validate(RawJson.Parse(json)).Issues;
}
