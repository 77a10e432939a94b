using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Schemas whose members, items or map values are made of the schema itself, compiled and run.</summary>
public class RecursiveSchemaTests
{
    private const string Input = """
        {
          "comment": {"$ref": "#/components/schemas/Cmt"},
          "chain": {"$ref": "#/components/schemas/Chain"},
          "tree": {"$ref": "#/components/schemas/Tree"},
          "person": {"$ref": "#/components/schemas/Emp"},
          "head": {"allOf": [{"$ref": "#/components/schemas/Mgr"}, {"type": "object", "required": ["name"], "properties": {"since": {"type": "integer"}}}]}
        }
        """;

    private const string Schemas = """
        {
          "Cmt": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"},
            "replies": {"type": "array", "items": {"allOf": [{"$ref": "#/components/schemas/Cmt"}, {"type": "object", "description": "An answer."}]}}}},
          "Chain": {"type": "object", "properties": {"v": {"type": "integer", "minimum": 1}, "next": {"$ref": "#/components/schemas/Chain", "required": ["v"]}}},
          "Tree": {"type": "object", "properties": {"name": {"type": "string"},
            "children": {"type": "array", "items": {"allOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "object", "properties": {"weight": {"type": "number"}}}]}},
            "by_name": {"type": "object", "additionalProperties": {"allOf": [{"$ref": "#/components/schemas/Tree"}, {"required": ["name"]}]}}}},
          "Emp": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 3},
            "boss": {"allOf": [{"$ref": "#/components/schemas/Mgr"}, {"type": "object", "required": ["level"]}]}}},
          "Mgr": {"allOf": [{"$ref": "#/components/schemas/Emp"}, {"type": "object", "properties": {"level": {"type": "integer", "minimum": 1}}}]}
        }
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _recursive = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/recursive", Input, [], Schemas)], code: """
            using System.Collections.Generic;
            using Demo.Models;
            internal static class Use
            {
                public static Recursive.Request Make() => new()
                {
                    Comment = new() { Text = "a", Replies = [new Recursive.Cmt { Text = "b", Replies = [new Recursive.Cmt { Text = "c" }] }] },
                    Chain = new() { V = 1, Next = new Recursive.Chain { V = 2, Next = new Recursive.Chain { V = 3 } } },
                    Tree = new() { Name = "t", Children = [new Recursive.Tree { Name = "u" }], ByName = new Dictionary<string, Recursive.Tree> { ["v"] = new() { Name = "v" } } },
                    Person = new() { Name = "p", Boss = new() { Level = 1, Name = "q", Boss = new() { Level = 2, Boss = new() { Level = 3 } } } },
                    Head = new() { Name = "h", Since = 1, Level = 4, Boss = new() { Level = 5 } },
                };
            }
            """).Run();
        return (generated, generated.Load());
    });

    [Fact]
    public void What_is_not_checked_of_the_inner_ones_is_all_that_is_said() => Assert.All(
        _recursive.Value.Generated.Diagnostics, diagnostic => Assert.Equal("ZT0020", diagnostic.Id));

    [Fact]
    public void They_hold_values_of_their_own_type()
    {
        var made = _recursive.Value.Assembly.GetType("Use")!.GetMethod("Make")!.Invoke(null, null)!;

        Assert.Equal(
            """
            {"comment":{"text":"a","replies":[{"text":"b","replies":[{"text":"c"}]}]},"chain":{"v":1,"next":{"v":2,"next":{"v":3}}},
            "tree":{"name":"t","children":[{"name":"u"}],"by_name":{"v":{"name":"v"}}},
            "person":{"name":"p","boss":{"name":"q","boss":{"boss":{"level":3},"level":2},"level":1}},
            "head":{"name":"h","boss":{"level":5},"level":4,"since":1}}
            """.Replace("\n", "").Replace("\r", ""),
            typeof(RawJson).GetMethod("From")!.MakeGenericMethod(made.GetType()).Invoke(null, [made])!.ToString());
    }

    [Theory]
    [InlineData("""{"comment":{"text":"a","replies":[{"text":"b","replies":[]}]},"chain":{"next":{"v":1,"next":{"v":1}}}}""")]
    [InlineData("""{"tree":{"children":[{"children":[{"weight":2}],"weight":1.5}],"by_name":{"a":{"name":"a"}}},"person":{"boss":{"boss":{"level":2},"level":1}}}""")]
    public void What_the_document_allows_is_valid_and_written_again(string json)
    {
        Assert.Empty(Generated.Endpoint(_recursive.Value.Assembly, "Demo.Models.Recursive").Validate(RawJson.Parse(json)).Issues);
        Assert.Equal(json, Generated.RoundTrip(_recursive.Value.Assembly, "Demo.Models.Recursive+Request", json));
    }

    [Theory]
    [InlineData("""{"comment":{"text":"a","replies":[{"text":"b","replies":[{}]}]}}""", "comment.replies[0].replies[0].text", ValidationRule.Required)]
    [InlineData("""{"chain":{"next":{"v":1,"next":{"v":0}}}}""", "chain.next.next.v", ValidationRule.Minimum)]
    [InlineData("""{"person":{"boss":{"level":0}}}""", "person.boss.level", ValidationRule.Minimum)]
    [InlineData("""{"person":{"boss":{"level":1,"name":"long"}}}""", "person.boss.name", ValidationRule.MaxLength)]
    [InlineData("""{"head":{"level":1}}""", "head.name", ValidationRule.Required)]
    [InlineData("""{"head":{"name":"h","boss":{"level":1,"boss":{"level":0}}}}""", "head.boss.boss.level", ValidationRule.Minimum)]
    public void Each_of_them_is_checked(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_recursive.Value.Assembly, "Demo.Models.Recursive").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }
}
