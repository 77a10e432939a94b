using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>
/// One value described in several parts (<c>allOf</c>, members beside <c>$ref</c>, limits beside alternatives), compiled and run: every part counts.
/// </summary>
public class CombinedSchemaTests
{
    private const string Schemas = """
        {
          "Mode": {"type": "string", "enum": ["x", "y"], "description": "How."},
          "OtherMode": {"type": "string", "enum": ["y", "z"]},
          "Address": {"type": "object", "required": ["street"], "properties": {"street": {"type": "string", "maxLength": 5}}},
          "Base": {"type": "object", "required": ["mode"], "properties": {
            "mode": {"$ref": "#/components/schemas/Mode"}, "narrow": {"$ref": "#/components/schemas/Mode"}, "address": {"$ref": "#/components/schemas/Address"},
            "addresses": {"type": "array", "items": {"$ref": "#/components/schemas/Address"}, "maxItems": 2}, "by_name": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Address"}},
            "plain": {"type": "string", "maxLength": 9}, "maybe": {"type": "string", "nullable": true}, "never_null": {"type": "string", "nullable": true}, "own": {"$ref": "#/components/schemas/Base"}}},
          "Child": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "required": ["narrow", "plain"], "properties": {
            "mode": {"description": "Of the child."}, "narrow": {"$ref": "#/components/schemas/OtherMode"},
            "address": {"type": "object", "required": ["floor"], "properties": {"floor": {"type": "integer", "minimum": 1}, "street": {"minLength": 2}}},
            "addresses": {"items": {"properties": {"floor": {"type": "integer"}}}, "minItems": 1},
            "by_name": {"additionalProperties": {"required": ["floor"], "properties": {"floor": {"type": "integer"}}}},
            "plain": {"$ref": "#/components/schemas/Short"}, "maybe": {"type": "string", "nullable": true}, "never_null": {"type": "string"}, "own": {"$ref": "#/components/schemas/Child"}}}]},
          "Short": {"type": "string", "maxLength": 3, "pattern": "^a"},
          "Left": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Left"}, "a": {"type": "string"}}},
          "Right": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Right"}, "b": {"type": "string"}}},
          "Both": {"allOf": [{"$ref": "#/components/schemas/Left"}, {"$ref": "#/components/schemas/Right"}]},
          "Parent": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["parent"]}, "readable": {"$ref": "#/components/schemas/Mode"}}},
          "Heir": {"allOf": [{"$ref": "#/components/schemas/Parent"}, {"properties": {"kind": {"enum": ["heir"]}, "readable": {"readOnly": true}}, "required": ["readable"]}]}
        }
        """;

    private const string Input = """
        {
          "child": {"$ref": "#/components/schemas/Child"},
          "both": {"$ref": "#/components/schemas/Both"},
          "heir": {"$ref": "#/components/schemas/Heir"},
          "beside": {"$ref": "#/components/schemas/Short", "maxLength": 9, "minLength": 2, "pattern": "z$"},
          "two_names": {"$ref": "#/components/schemas/Left", "allOf": [{"$ref": "#/components/schemas/Right"}]},
          "code": {"allOf": [{"type": "string", "maxLength": 4}, {"maxLength": 40}]},
          "code_too": {"allOf": [{"type": "string", "maxLength": 40}, {"maxLength": 4}]},
          "text": {"allOf": [{"type": "string", "minLength": 1, "pattern": "^a"}, {"minLength": 3, "pattern": "z$"}, {"pattern": "m"}]},
          "kind": {"allOf": [{"type": "string", "enum": ["a", "b", "c"]}, {"enum": ["b", "c", "d"]}, {"enum": ["c", "b"]}]},
          "number": {"allOf": [{"type": "number", "minimum": 1, "maximum": 9, "multipleOf": 2}, {"type": "integer", "minimum": 3, "exclusiveMaximum": 9, "multipleOf": 3}]},
          "edge": {"allOf": [{"type": "number", "minimum": 0, "exclusiveMinimum": true}, {"minimum": 0}]},
          "list": {"allOf": [{"type": "array", "items": {"type": "string", "maxLength": 5}, "maxItems": 3}, {"items": {"maxLength": 2}, "minItems": 1, "maxItems": 9, "uniqueItems": true}]},
          "mixed": {"allOf": [{"enum": ["a", 1, true]}, {"type": "string"}]},
          "same_number": {"allOf": [{"type": "number", "enum": [1, 2.50]}, {"enum": [2.5, 3]}]},
          "nested": {"allOf": [{"allOf": [{"type": "string", "maxLength": 9}, {"minLength": 2}]}, {"allOf": [{"maxLength": 4}]}]},
          "may_be_null": {"allOf": [{"type": "string", "nullable": true, "maxLength": 9}, {"maxLength": 3, "nullable": true}]},
          "not_null": {"allOf": [{"type": "string", "nullable": true}, {"type": "string", "maxLength": 3}]},
          "limited_choice": {"type": "string", "maxLength": 3, "anyOf": [{"pattern": "^a"}, {"pattern": "^b", "maxLength": 2}]},
          "listed_choice": {"enum": ["a", "b", 1], "anyOf": [{"type": "string"}, {"type": "integer"}]},
          "one_choice": {"type": "string", "maxLength": 3, "anyOf": [{"maxLength": 9, "pattern": "^a"}, {"type": "null"}]}
        }
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _combined = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/combined", Input, [], Schemas)], code: """
            using Demo.Models;
            internal static class Use
            {
                // Every member keeps its type: the named one where nothing is added, one of all members where something is.
                public static Combined.Request Make() => new()
                {
                    Child = new()
                    {
                        Mode = Combined.ChildMode.X, Plain = "ab", Maybe = null, Address = new() { Street = "abc", Floor = 2 },
                        Addresses = [new() { Street = "b", Floor = 3 }], Own = new() { Mode = Combined.ChildMode.Y, Plain = "a" },
                    },
                    Both = new() { A = "a", B = "b", Next = new() { A = "c", B = "d" } }, TwoNames = new() { A = "a", B = "b" }, Heir = new() { Kind = "heir" },
                };
            }
            """).Run();
        return (generated, generated.Load());
    });

    [Fact]
    public void Every_part_is_in_the_types()
    {
        var made = _combined.Value.Assembly.GetType("Use")!.GetMethod("Make")!.Invoke(null, null)!;

        Assert.Equal(
            """
            {"child":{"mode":"x","narrow":"y","address":{"street":"abc","floor":2},"addresses":[{"street":"b","floor":3}],"plain":"ab","own":{"mode":"y","narrow":"y","plain":"a"}},
            "both":{"next":{"a":"c","b":"d"},"a":"a","b":"b"},"heir":{"kind":"heir"},"two_names":{"b":"b","a":"a"}}
            """.Replace("\n", "").Replace("\r", ""),
            typeof(RawJson).GetMethod("From")!.MakeGenericMethod(made.GetType()).Invoke(null, [made])!.ToString());
    }

    [Theory]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a"}}""")]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","maybe":null,"address":{"street":"ab","floor":1}}}""")]
    [InlineData("""{"heir":{"kind":"heir"}}""")]
    [InlineData("""{"beside":"amz"}""")]
    [InlineData("""{"code":"abcd","code_too":"abcd","text":"amz","kind":"b","number":6,"edge":0.1}""")]
    [InlineData("""{"list":["ab"],"mixed":"a","same_number":2.5,"nested":"abcd","may_be_null":null,"not_null":"abc"}""")]
    [InlineData("""{"limited_choice":"abc","listed_choice":1,"one_choice":null}""")]
    [InlineData("""{"listed_choice":"b","one_choice":"abc"}""")]
    public void What_all_parts_allow_is_valid(string json) => Assert.Empty(Issues(json));

    [Theory]
    [InlineData("""{"child":{"narrow":"y","plain":"a"}}""", "child.mode", ValidationRule.Required)]
    [InlineData("""{"child":{"mode":"x","plain":"a"}}""", "child.narrow", ValidationRule.Required)]
    [InlineData("""{"child":{"mode":"z","narrow":"y","plain":"a"}}""", "child.mode", ValidationRule.Enum)]
    [InlineData("""{"child":{"mode":"x","narrow":"z","plain":"a"}}""", "child.narrow", ValidationRule.Enum)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"abcd"}}""", "child.plain", ValidationRule.MaxLength)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"b"}}""", "child.plain", ValidationRule.Pattern)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","never_null":null}}""", "child.never_null", ValidationRule.Type)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","address":{"floor":1}}}""", "child.address.street", ValidationRule.Required)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","address":{"street":"ab"}}}""", "child.address.floor", ValidationRule.Required)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","address":{"street":"abcdef","floor":1}}}""", "child.address.street", ValidationRule.MaxLength)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","address":{"street":"a","floor":1}}}""", "child.address.street", ValidationRule.MinLength)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","addresses":[]}}""", "child.addresses", ValidationRule.MinItems)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","addresses":[{"street":"a"},{"street":"b"},{"street":"c"}]}}""", "child.addresses", ValidationRule.MaxItems)]
    [InlineData("""{"child":{"mode":"x","narrow":"y","plain":"a","by_name":{"home":{"street":"a"}}}}""", "child.by_name[\"home\"].floor", ValidationRule.Required)]
    [InlineData("""{"heir":{"kind":"parent"}}""", "heir.kind", ValidationRule.Enum)]
    [InlineData("""{"beside":"az3z"}""", "beside", ValidationRule.MaxLength)]
    [InlineData("""{"beside":"ab"}""", "beside", ValidationRule.Pattern)]
    [InlineData("""{"code":"abcde"}""", "code", ValidationRule.MaxLength)]
    [InlineData("""{"code_too":"abcde"}""", "code_too", ValidationRule.MaxLength)]
    [InlineData("""{"text":"bmz"}""", "text", ValidationRule.Pattern)]
    [InlineData("""{"text":"amb"}""", "text", ValidationRule.Pattern)]
    [InlineData("""{"text":"abz"}""", "text", ValidationRule.Pattern)]
    [InlineData("""{"kind":"a"}""", "kind", ValidationRule.Enum)]
    [InlineData("""{"kind":"d"}""", "kind", ValidationRule.Enum)]
    [InlineData("""{"number":1.5}""", "number", ValidationRule.Type)]
    [InlineData("""{"number":0}""", "number", ValidationRule.Minimum)]
    [InlineData("""{"number":12}""", "number", ValidationRule.Maximum)]
    [InlineData("""{"number":4}""", "number", ValidationRule.MultipleOf)]
    [InlineData("""{"edge":0}""", "edge", ValidationRule.Minimum)]
    [InlineData("""{"list":["abc"]}""", "list[0]", ValidationRule.MaxLength)]
    [InlineData("""{"list":[]}""", "list", ValidationRule.MinItems)]
    [InlineData("""{"list":["a","b","c","d"]}""", "list", ValidationRule.MaxItems)]
    [InlineData("""{"list":["a","a"]}""", "list", ValidationRule.UniqueItems)]
    [InlineData("""{"mixed":"b"}""", "mixed", ValidationRule.Enum)]
    [InlineData("""{"mixed":1}""", "mixed", ValidationRule.Type)]
    [InlineData("""{"same_number":1}""", "same_number", ValidationRule.Enum)]
    [InlineData("""{"nested":"abcde"}""", "nested", ValidationRule.MaxLength)]
    [InlineData("""{"nested":"a"}""", "nested", ValidationRule.MinLength)]
    [InlineData("""{"may_be_null":"abcd"}""", "may_be_null", ValidationRule.MaxLength)]
    [InlineData("""{"not_null":null}""", "not_null", ValidationRule.Type)]
    [InlineData("""{"limited_choice":1}""", "limited_choice", ValidationRule.Type)]
    [InlineData("""{"listed_choice":"c"}""", "listed_choice", ValidationRule.Enum)]
    [InlineData("""{"listed_choice":2}""", "listed_choice", ValidationRule.Enum)]
    [InlineData("""{"one_choice":"abcd"}""", "one_choice", ValidationRule.MaxLength)]
    [InlineData("""{"one_choice":"b"}""", "one_choice", ValidationRule.Pattern)]
    public void What_one_part_forbids_is_refused(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Issues(json));

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Fact]
    public void A_value_that_a_base_gives_and_its_heir_gives_anew_is_reported() => Assert.Equal(
        "The schemas combined here allow no value in common; the last ones are used",
        Assert.Single(_combined.Value.Generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0024").GetMessage());

    [Fact]
    public void Schemas_that_hold_each_other_in_every_pair_end()
    {
        var names = Enumerable.Range(0, 40).ToList();
        var schemas = names.Select(number => $"\"S{number}\": " + Object(number) + $",\"T{number}\": " + AllOf(number, number + 3, number + 5));
        var document = Documents.FalOpenApi(
            "fal-ai/pairs",
            """{"a": {"$ref": "#/components/schemas/T0"}, "b": {"$ref": "#/components/schemas/T9"}}""",
            [],
            "{" + string.Join(",", schemas) + "}");

        Assert.NotEmpty(new Project([document]).Run().Image());

        string Object(int number) => """{"type": "object", "properties": {"""
            + string.Join(",", names.Take(8).Select(member => $"\"m{member}\": " + Reference((number * 7) + member + 1)))
            + "}}";
        string AllOf(params int[] numbers) => """{"allOf": [""" + string.Join(",", numbers.Select(Reference)) + "]}";
        string Reference(int number) => """{"$ref": "#/components/schemas/S""" + (number % 40) + "\"}";
    }

    private static IReadOnlyList<ValidationIssue> Issues(string json) =>
        Generated.Endpoint(_combined.Value.Assembly, "Demo.Models.Combined").Validate(RawJson.Parse(json)).Issues;
}
