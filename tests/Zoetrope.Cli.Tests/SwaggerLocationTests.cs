using System.Globalization;
using System.Text.RegularExpressions;

namespace Zoetrope.Cli.Tests;

/// <summary>
/// A Swagger 2 document becomes an OpenAPI 3 one, in which everything is elsewhere: its problems are shown where the user's file has them.
/// </summary>
public sealed partial class SwaggerLocationTests
{
    // What is wrong here and there is found by its line: each of them has a word of its own.
    private const string Swagger = """
        {
          "swagger": "2.0",
          "info": {"title": "Old", "version": "1"},
          "host": "api.old.example",
          "definitions": {
            "Pet": {
              "type": "object",
              "properties": {
                "shared": {"type": "string", "x-nullable": true, "minLength": "shared"},
                "list": {"type": "array", "items": [
                  null,
                  {"type": "string"}
                ]},
                "gone": {"$ref": "#/definitions/Gone"}
              }
            }
          },
          "parameters": {
            "Whole": {"name": "body", "in": "body", "schema": {
              "type": "object", "properties": {"kappa": {"type": "string", "minLength": "kappa"}}}},
            "Limit": {"name": "limit", "in": "query", "type": "integer",
              "minimum": "limit"}
          },
          "securityDefinitions": {
            "odd": {"type": "hmac"}
          },
          "paths": {
            "/a/{id}": {
              "parameters": [
                {"name": "id", "in": "path", "required": true, "type": "string",
                  "minLength": "alpha"}
              ],
              "post": {
                "operationId": "send",
                "parameters": [
                  {"name": "body", "in": "body", "schema": {
                    "type": "object",
                    "properties": {
                      "first": {"type": "string"},
                      "beta": {"type": "number",
                        "minimum": 5, "maximum": 1}
                    }
                  }},
                  {"name": "gamma", "in": "query", "type": "integer",
                    "exclusiveMaximum": "gamma"},
                  {"name": "delta", "in": "query", "type": "array",
                    "items": {"type": "string", "maxLength": "delta"},
                    "collectionFormat": "tsv", "description": "delta"},
                  {"$ref": "#/parameters/Missing"}
                ],
                "responses": {
                  "20x": {"description": "epsilon"},
                  "200": {
                    "description": "ok",
                    "schema": {"type": "object", "properties": {
                      "zeta": {"type": "integer", "multipleOf": "zeta"},
                      "pet": {"$ref": "#/definitions/Pet"}
                    }}
                  },
                  "default": {"$ref": "#/responses/NoResponse"}
                }
              },
              "put": {
                "operationId": "form",
                "consumes": ["multipart/form-data"],
                "security": [
                  {"nokey": []}
                ],
                "parameters": [
                  {"name": "plain", "in": "query", "type": "string"},
                  {"name": "theta", "in": "formData", "type": "integer",
                    "maximum": "theta"},
                  {"name": "iota", "in": "formData", "type": "array", "items": {"type": "string"},
                    "collectionFormat": "tsv"},
                  {"name": "file", "in": "formData", "type": "file", "pattern": [7]}
                ],
                "responses": {"204": {"description": "d"}}
              },
              "patch": {
                "operationId": "parts",
                "parameters": [{"$ref": "#/parameters/Whole"}, {"$ref": "#/parameters/Limit"}],
                "responses": {"204": {"description": "d"}}
              }
            }
          }
        }

        """;

    /// <summary>The id of each problem, and what the line has at which it is.</summary>
    private static readonly (string Id, string Line)[] _expected =
    [
        ("ZT0019", "\"minLength\": \"shared\""),
        ("ZT0021", "\"items\": ["),
        ("ZT0022", "null,"),
        ("ZT0110", "#/definitions/Gone"),
        ("ZT0017", "#/definitions/Gone"),
        ("ZT0019", "\"minLength\": \"kappa\""),
        ("ZT0019", "\"minimum\": \"limit\""),
        ("ZT0069", "\"odd\": {"),
        ("ZT0019", "\"minLength\": \"alpha\""),
        ("ZT0074", "\"minimum\": 5"),
        ("ZT0019", "\"exclusiveMaximum\": \"gamma\""),
        ("ZT0019", "\"maxLength\": \"delta\""),
        ("ZT0066", "\"description\": \"delta\""),
        ("ZT0017", "#/parameters/Missing"),
        ("ZT0072", "\"20x\""),
        ("ZT0019", "\"multipleOf\": \"zeta\""),
        ("ZT0017", "#/responses/NoResponse"),
        ("ZT0068", "\"nokey\""),
        ("ZT0019", "\"maximum\": \"theta\""),
        ("ZT0066", "\"collectionFormat\": \"tsv\"},"),
        ("ZT0019", "\"pattern\": [7]"),
    ];

    [Theory]
    [InlineData("old.json")]
    [InlineData("old.yaml")]
    public async Task Every_problem_is_located_where_the_given_file_has_it(string file)
    {
        using var folder = new SpecsFolder();
        var text = file == "old.json" ? Swagger : ToYaml(Swagger);
        folder.Write(file, text);

        var result = await folder.RunAsync(["specs", "add", file]);

        var found = result.Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Problem().Match(line)).ToList();
        Assert.All(found, problem => Assert.Equal(file, problem.Groups["path"].Value));
        var source = text.Split('\n');
        string LineOf(Match problem) => source[int.Parse(problem.Groups["line"].Value, CultureInfo.InvariantCulture) - 1];
        Assert.Equal(
            _expected.Select(one => $"{one.Id} {Array.Find(source, line => line.Contains(one.Line, StringComparison.Ordinal))?.Trim()}"),
            found.Select(problem => $"{problem.Groups["id"].Value} {LineOf(problem).Trim()}"));
        // The column is that of a value or a name.
        Assert.All(
            found,
            problem => Assert.Contains(LineOf(problem)[int.Parse(problem.Groups["column"].Value, CultureInfo.InvariantCulture) - 1], "\"{[0123456789n"));
    }

    [Theory]
    [InlineData("\"host\": \"api.{x}.example\",", "2:ZT0071 2:ZT0070")]
    [InlineData("\"schemes\": [\"https\"],\n\"basePath\": \"/v1\",", "3:ZT0071 3:ZT0070")]
    [InlineData("\n\n", "1:ZT0071 1:ZT0070")]
    [InlineData("\"host\": \"a.example\",\n\"securityDefinitions\": {\"o\": {\"type\": \"oauth2\"},\n\"n\": 7,\n\"k\": {\"type\": \"apiKey\", \"in\": \"body\"}},", "4:ZT0069 5:ZT0069")]
    public async Task What_has_no_counterpart_is_located_at_what_it_was_made_of(string members, string expected)
    {
        using var folder = new SpecsFolder();
        folder.Write("old.json", $$$"""
            {"swagger": "2.0", "info": {"title": "Old"},
            {{{members}}}
            "paths": {"/a": {"get": {"operationId": "a", "responses": {"204": {"description": "d"} } } } } }
            """);

        var result = await folder.RunAsync(["specs", "add", "old.json"]);

        var found = result.Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Problem().Match(line)).ToList();
        Assert.All(found, problem => Assert.Equal("old.json", problem.Groups["path"].Value));
        Assert.Equal(expected, string.Join(' ', found.Select(problem => $"{problem.Groups["line"].Value}:{problem.Groups["id"].Value}")));
    }

    /// <summary>The same document with its outermost members in YAML's block form, so that all others keep their lines but for the first.</summary>
    private static string ToYaml(string json)
    {
        var lines = json.TrimEnd().Split('\n')[1..^1];
        for (var i = 0; i < lines.Length; i++)
        {
            // A member ends before the next one, and with it the comma.
            if (i + 1 == lines.Length || Member().IsMatch(lines[i + 1]))
                lines[i] = lines[i].TrimEnd(',');
            lines[i] = Member().Replace(lines[i], "$1: ");
        }
        return "# YAML.\n" + string.Join('\n', lines) + "\n";
    }

    [GeneratedRegex(@"^(?<path>.+?)\((?<line>\d+),(?<column>\d+)\): \w+ (?<id>ZT\d+): ")]
    private static partial Regex Problem();

    [GeneratedRegex("^  \"(\\w+)\": ")]
    private static partial Regex Member();
}
