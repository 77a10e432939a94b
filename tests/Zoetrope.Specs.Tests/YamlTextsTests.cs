using System.Globalization;
using System.Numerics;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Yaml;

namespace Zoetrope.Specs.Tests;

/// <summary>What plain scalars of YAML are, by themselves and where OpenAPI wants texts.</summary>
public class YamlTextsTests
{
    [Theory]
    [InlineData("~", "null")]
    [InlineData("NULL", "null")]
    [InlineData("nULL", "\"nULL\"")]
    [InlineData("True", "true")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("007", "7")]
    [InlineData("-0", "-0")]
    [InlineData("+12", "12")]
    [InlineData("0x1F", "31")]
    [InlineData("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695")]
    [InlineData("0o17", "15")]
    [InlineData("0o18", "\"0o18\"")]
    [InlineData("0X1F", "\"0X1F\"")]
    [InlineData("-0x1F", "\"-0x1F\"")]
    [InlineData("1.50", "1.50")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("5.", "5.0")]
    [InlineData("1e3", "1e3")]
    [InlineData("1.e+3", "1.0e+3")]
    [InlineData("e3", "\"e3\"")]
    [InlineData("1e", "\"1e\"")]
    [InlineData(".", "\".\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2026-11-28", "\"2026-11-28\"")]
    [InlineData("-.inf", null)]
    [InlineData("-+.inf", "\"-+.inf\"")]
    [InlineData(".NaN", null)]
    public void Scalars_are_what_the_core_schema_says(string plain, string? json) => Assert.Equal(json, YamlScalars.ToJson(plain));

    [Theory]
    [InlineData("0x", 'f', 4)]
    [InlineData("0o", '7', 3)]
    public void Numbers_with_a_base_may_not_be_as_long_as_one_likes(string prefix, char digit, int bits)
    {
        Assert.Equal(((BigInteger.One << (900 * bits)) - 1).ToString(CultureInfo.InvariantCulture), YamlScalars.ToJson(prefix + new string(digit, 900)));

        var text = "a: " + prefix + new string(digit, 2_000_000);
        var problems = new List<SpecProblem>();
        Assert.Null(YamlReader.Read(text, 0, text.Length, problems));
        Assert.Equal((Problems.YamlInvalid, 3), (Assert.Single(problems).Kind, problems[0].Start));
    }

    [Theory]
    [InlineData("parameters: [{name: a, in: query, example: 02, schema: {type: string}}]", "/parameters/0/example", "\"02\"")]
    [InlineData("parameters: [{name: a, in: query, example: 02, schema: {type: integer}}]", "/parameters/0/example", "2")]
    [InlineData("parameters: [{name: a, in: query, example: 1.50, type: string}]", "/parameters/0/example", "\"1.50\"")]
    [InlineData("headers: {default: {example: 1.50, schema: {type: string}}}", "/headers/default/example", "\"1.50\"")]
    [InlineData("a/b: {schema: {type: string}, examples: {one: {value: 02, summary: s}}}", "/a~1b/examples/one/value", "\"02\"")]
    [InlineData("a/b: {schema: {type: object, properties: {id: {type: string}, n: {type: number}}}, example: {id: 007, n: 1.50}}",
        "/a~1b/example", "{\"id\":\"007\",\"n\":1.50}")]
    [InlineData("s: {type: object, additionalProperties: {type: [string, 'null']}, example: {a: 01, b: ~}}", "/s/example", "{\"a\":\"01\",\"b\":null}")]
    [InlineData("s: {type: array, items: {type: string}, default: [01, true]}", "/s/default", "[\"01\",\"true\"]")]
    [InlineData("s: {type: string, examples: [01, 1.50]}", "/s/examples", "[\"01\",\"1.50\"]")]
    [InlineData("s: {anyOf: [{type: string}, {type: 'null'}], default: 02}", "/s/default", "\"02\"")]
    [InlineData("s: {oneOf: [{type: string}, {type: integer}], default: 02}", "/s/default", "2")]
    [InlineData("s: {allOf: [{$ref: '#/schemas/Id'}], default: 02}\nschemas: {Id: {type: string}}", "/s/default", "\"02\"")]
    [InlineData("s: {schema: {$ref: '#/schemas/a~1b/items/1'}, example: 02}\nschemas: {a/b: {items: [{}, {type: string}]}}", "/s/example", "\"02\"")]
    [InlineData("s: {$ref: '#/s', allOf: [{$ref: '#/s'}], default: 02}", "/s/default", "2")]
    [InlineData("s: {$ref: '#/none/1', default: 02}", "/s/default", "2")]
    [InlineData("servers: [{url: u, variables: {port: {default: 8443, enum: [443, 8443]}}}]", "/servers/0/variables/port",
        "{\"default\":\"8443\",\"enum\":[\"443\",\"8443\"]}")]
    [InlineData("openapi: 3.0\ninfo: {version: 1.0, openapi: 3.0}", "", "{\"openapi\":\"3.0\",\"info\":{\"version\":1.0,\"openapi\":3.0}}")]
    public void Values_are_texts_where_their_schema_says_so(string yaml, string pointer, string json) => Assert.Equal(json, At(yaml, pointer));

    [Theory]
    [InlineData("s: {type: object, example: {pattern: 5, operationId: 7, required: [1], type: string, enum: [02], responses: 1, tags: [2]}}", "/s/example",
        "{\"pattern\":5,\"operationId\":7,\"required\":[1],\"type\":\"string\",\"enum\":[2],\"responses\":1,\"tags\":[2]}")]
    [InlineData("s: {const: {pattern: 5}, enum: [{required: [1]}], default: {operationId: 7}}", "/s",
        "{\"const\":{\"pattern\":5},\"enum\":[{\"required\":[1]}],\"default\":{\"operationId\":7}}")]
    [InlineData("a/b: {examples: {one: {value: {type: string, default: 02, pattern: 5}}}}", "/a~1b/examples/one/value",
        "{\"type\":\"string\",\"default\":2,\"pattern\":5}")]
    public void Data_are_data_whatever_their_members_are_called(string yaml, string pointer, string json) => Assert.Equal(json, At(yaml, pointer));

    [Theory]
    [InlineData("default")]
    [InlineData("example")]
    [InlineData("examples")]
    [InlineData("pattern")]
    [InlineData("properties")]
    [InlineData("variables")]
    public void Members_may_have_the_names_of_keywords(string name) => Assert.Equal(
        "{\"type\":\"string\",\"enum\":[\"02\"],\"pattern\":\"5\"}",
        At($"s: {{url: u, type: string, properties: {{{name}: {{type: string, enum: [02], pattern: 5}}}}}}", "/s/properties/" + name));

    [Fact]
    public void Schemas_that_combine_schemas_do_not_multiply()
    {
        var schemas = string.Concat(Enumerable.Range(0, 60).Select(
            i => $"  S{i}: {{allOf: [{{$ref: '#/schemas/S{i + 1}'}}, {{$ref: '#/schemas/S{i + 1}'}}], properties: {{a: {{$ref: '#/schemas/S{i + 1}'}}}}}}\n"));

        Assert.Equal("{\"a\":{\"a\":{\"a\":2}}}", At("schemas:\n" + schemas + "s: {schema: {$ref: '#/schemas/S0'}, example: {a: {a: {a: 02}}}}", "/s/example"));
    }

    private static string At(string yaml, string pointer)
    {
        var problems = new List<SpecProblem>();
        var node = YamlReader.Read(yaml, 0, yaml.Length, problems);
        Assert.Empty(problems);
        foreach (var step in JsonPointer.Steps(pointer))
            node = node is YamlSequence items ? items.Items[step[0] - '0'] : ((YamlMapping)node!).Find(step);
        return Json(node!);
    }

    private static string Json(YamlNode node) => node switch
    {
        YamlSequence sequence => "[" + string.Join(",", sequence.Items.Select(Json)) + "]",
        YamlMapping mapping => "{" + string.Join(",", mapping.Members.Select(member => JsonStrings.Quote(member.Key) + ":" + Json(member.Value))) + "}",
        _ => ((YamlScalar)node).Json,
    };
}
