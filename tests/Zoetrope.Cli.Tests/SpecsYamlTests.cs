using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>What <c>zoetrope specs add</c> makes of YAML as people write it.</summary>
public sealed class SpecsYamlTests
{
    /// <summary>YAML 1.2, 8.1.1.1: blank lines before the first line of text may have any number of spaces up to its indentation.</summary>
    [Theory]
    [InlineData("description: |-\n    \n    Text", "\nText")]
    [InlineData("description: |-\n \n   \n    Text\n      more", "\n\nText\n  more")]
    [InlineData("description: |\n    \n    Text\n       \n    End", "\nText\n   \nEnd\n")]
    [InlineData("description: |+\n  \n    Text\n  ", "\nText\n\n")]
    [InlineData("description: >\n    \n    Two\n    lines", "\nTwo lines\n")]
    [InlineData("description: |- # why\n    \n    Text", "\nText")]
    [InlineData("description: !!str |-\n    \n    Text", "\nText")]
    [InlineData("description: &a |-\n    \n    Text", "\nText")]
    [InlineData("description: |2-\n    \n    Text", "\nText")]
    [InlineData("description: |-\r\n    \r\n    Text\r", "\nText")]
    [InlineData("description: |-\n    \n    a: |\n       \n    end", "\na: |\n   \nend")]
    [InlineData("description: a |\n    \n    b", "a |\nb")]
    public async Task Block_scalars_may_begin_with_blank_lines(string description, string text)
    {
        using var folder = new SpecsFolder();
        folder.Write(
            "a.yaml",
            $"openapi: 3.1.0\ninfo:\n  title: A\n  version: '1'\n  {description.Replace("\n", "\n")}\nservers: [{{url: https://a.example}}]\npaths:\n  /a: {{get: {{operationId: a, responses: {{'204': {{description: d}}}}}}}}\n");

        (await folder.RunAsync(["specs", "add", "a.yaml"])).Exits(0);

        using var document = JsonDocument.Parse(folder.Read("specs/a/api.json"));
        Assert.Equal(text, document.RootElement.GetProperty("info").GetProperty("description").GetString());
    }

    [Fact]
    public async Task Blank_lines_begin_scalars_in_lists_and_mappings_in_lists_too()
    {
        using var folder = new SpecsFolder();
        folder.Write("a.yaml", """
            openapi: 3.1.0
            info: {title: A, version: '1'}
            servers: [{url: https://a.example}]
            x-list:
              - |
              ##
                one
              - key: |-
              ####
                  two
                other: |-
              ####
                  three
              - - |-
              ####
                  four
            paths:
              /a: {get: {operationId: a, responses: {'204': {description: d}}}}
            """.Replace("##", "  "));

        (await folder.RunAsync(["specs", "add", "a.yaml"])).Exits(0);

        using var document = JsonDocument.Parse(folder.Read("specs/a/api.json"));
        Assert.Equal("""["\none\n",{"key":"\ntwo","other":"\nthree"},["\nfour"]]""", JsonSerializer.Serialize(document.RootElement.GetProperty("x-list")));
    }

    /// <summary>What YAML 1.1 read as a number in base 60, a boolean or a date is text in YAML 1.2, also in lists in brackets.</summary>
    [Theory]
    [InlineData("12:30", "12:30")]
    [InlineData("[16:9, 9:16, 1:1, 12:30]", """["16:9","9:16","1:1","12:30"]""")]
    [InlineData("[no, off, yes, ON, y]", """["no","off","yes","ON","y"]""")]
    [InlineData("{at: 12:30:45, on: 2024-01-31}", """{"at":"12:30:45","on":"2024-01-31"}""")]
    public async Task Times_ratios_and_words_stay_texts(string value, string json)
    {
        using var folder = new SpecsFolder();
        folder.Write(
            "a.yaml",
            $"openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\nservers: [{{url: https://a.example}}]\nx-value: {value}\npaths:\n  /a: {{get: {{operationId: a, responses: {{'204': {{description: d}}}}}}}}\n");

        (await folder.RunAsync(["specs", "add", "a.yaml"])).Exits(0);

        using var document = JsonDocument.Parse(folder.Read("specs/a/api.json"));
        Assert.Equal(json.StartsWith("1", StringComparison.Ordinal) ? $"\"{json}\"" : json, JsonSerializer.Serialize(document.RootElement.GetProperty("x-value")));
    }

    [Theory]
    [InlineData("openapi: 3.0", "3.0")]
    [InlineData("openapi: 3.1", "3.1")]
    [InlineData("'openapi': 3.0.3", "3.0.3")]
    [InlineData("swagger: 2.0", "3.0.3")]
    [InlineData("swagger: 2", "3.0.3")]
    public async Task Versions_may_be_numbers(string version, string made)
    {
        using var folder = new SpecsFolder();
        folder.Write(
            "a.yaml",
            $"{version}\ninfo: {{title: Toys, version: 1}}\npaths:\n  /a: {{get: {{operationId: a, responses: {{204: {{description: d}}}}}}}}\n");

        (await folder.RunAsync(["specs", "add", "a.yaml"])).Exits(0).Says("specs/toys/api.json was written: 'Toys' with 1 operation");

        using var document = JsonDocument.Parse(folder.Read("specs/toys/api.json"));
        Assert.Equal(made, document.RootElement.GetProperty("openapi").GetString());
    }

    [Theory]
    [InlineData("""{"openapi": 3.0,""")]
    [InlineData("""{"swagger": 2.0,""")]
    public async Task So_may_those_of_JSON(string version)
    {
        using var folder = new SpecsFolder();
        folder.Write("a.json", version
            + """ "info": {"title": "Toys", "version": "1"}, "paths": {"/a": {"get": {"operationId": "a", "responses": {"204": {"description": "d"}}}}}}""");

        (await folder.RunAsync(["specs", "add", "a.json"])).Exits(0).Says("specs/toys/api.json was written: 'Toys' with 1 operation");
        (await folder.RunAsync(["specs", "check", "specs"])).Exits(0);
    }

    [Theory]
    [InlineData("type: string\n  enum: [02, 1.50, 0x1F, 1e3, true, no, on, off, 12:30, 16:9, 2024-05-06, ~, null, '~']", """{"type":"string","enum":["02","1.50","0x1F","1e3","true","no","on","off","12:30","16:9","2024-05-06",null,null,"~"]}""")]
    [InlineData("type: [string, 'null']\n  enum: [480, 720, null]\n  default: 480", """{"type":["string","null"],"enum":["480","720",null],"default":"480"}""")]
    [InlineData("type: string\n  const: 1.0\n  example: 007\n  examples: [1, 2.50]\n  pattern: 123", """{"type":"string","const":"1.0","example":"007","examples":["1","2.50"],"pattern":"123"}""")]
    [InlineData("type: integer\n  enum: [02, 0x10]\n  default: 2", """{"type":"integer","enum":[2,16],"default":2}""")]
    [InlineData("type: [string, integer]\n  enum: [a, 1]", """{"type":["string","integer"],"enum":["a",1]}""")]
    [InlineData("type: object\n  required: [1, on]\n  properties: {1: {type: string, maxLength: 5}, on: {type: boolean, default: false}}", """{"type":"object","required":["1","on"],"properties":{"1":{"type":"string","maxLength":5},"on":{"type":"boolean","default":false}}}""")]
    public async Task Values_of_strings_are_the_texts_that_they_are(string schema, string json)
    {
        using var folder = new SpecsFolder();
        folder.Write(
            "a.yaml",
            $"openapi: 3.1.0\ninfo: {{title: Toys, version: 1}}\nx-schema:\n  {schema}\npaths:\n  /a: {{get: {{operationId: 7, tags: [2024], responses: {{204: {{description: d}}}}}}}}\n");

        (await folder.RunAsync(["specs", "add", "a.yaml"])).Exits(0);

        using var document = JsonDocument.Parse(folder.Read("specs/toys/api.json"));
        Assert.Equal(json, JsonSerializer.Serialize(document.RootElement.GetProperty("x-schema")));
        Assert.Equal(
            """{"operationId":"7","tags":["2024"]""",
            JsonSerializer.Serialize(document.RootElement.GetProperty("paths").GetProperty("/a").GetProperty("get"))[..34]);
    }

    /// <summary>Who has the YAML looks there.</summary>
    [Fact]
    public async Task Problems_stand_where_the_YAML_has_them()
    {
        using var folder = new SpecsFolder();
        folder.Write("a.yaml", """
            # A comment.
            openapi: 3.1.0
            info: {title: Toys, version: 1}
            x-base: &base
              type: string
              minLength: many
            paths:
              /a:
                get:
                  operationId: a
                  parameters:
                    - {name: q, in: query, schema: {type: number, minimum: 5, maximum: 1}}
                    - name: r
                      in: query
                      schema: *base
                  responses: {200x: {description: d}, 204: {description: d}}
            """);

        var result = await folder.RunAsync(["specs", "add", "a.yaml"]);

        var lines = result.Exits(0).Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("a.yaml(12,", StringComparison.Ordinal) && line.Contains("ZT0074"));
        Assert.Contains(lines, line => line.StartsWith("a.yaml(6,", StringComparison.Ordinal) && line.Contains("minLength"));
        Assert.Contains(lines, line => line.StartsWith("a.yaml(16,19)", StringComparison.Ordinal) && line.Contains("ZT0072"));
        Assert.DoesNotContain(lines, line => line.Contains("(as JSON)"));
    }
}
