using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>
/// Alternatives that are distinguished by a member which the document does not require (Pydantic writes it so), by numbers and by booleans, compiled
/// and run: what was written is read as what it was.
/// </summary>
public class OptionalDiscriminatorTests
{
    private const string Input = """
        {
          "entries": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Message"}, {"$ref": "#/components/schemas/Call"}]}},
          "output": {"oneOf": [{"$ref": "#/components/schemas/Classes"}, {"$ref": "#/components/schemas/Score"}],
            "discriminator": {"propertyName": "type", "mapping": {"classes": "#/components/schemas/Classes", "score": "#/components/schemas/Score"}}},
          "alone": {"anyOf": [{"$ref": "#/components/schemas/Classes"}, {"type": "null"}]},
          "alike": {"anyOf": [{"$ref": "#/components/schemas/Red"}, {"$ref": "#/components/schemas/Blue"}]},
          "or_null": {"anyOf": [{"$ref": "#/components/schemas/Strict"}, {"$ref": "#/components/schemas/Green"}]},
          "two_or_null": {"anyOf": [{"$ref": "#/components/schemas/Green"}, {"$ref": "#/components/schemas/Blue"}]},
          "one_open": {"anyOf": [{"$ref": "#/components/schemas/Red"}, {"$ref": "#/components/schemas/Strict"}]},
          "number": {"oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}, {"$ref": "#/components/schemas/Half"}]},
          "mapped": {"oneOf": [{"$ref": "#/components/schemas/First"}, {"$ref": "#/components/schemas/Second"}],
            "discriminator": {"propertyName": "level", "mapping": {"1": "#/components/schemas/First", "2": "#/components/schemas/Second"}}},
          "boolean": {"oneOf": [{"$ref": "#/components/schemas/On"}, {"$ref": "#/components/schemas/Off"}]},
          "mixed": {"oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Strict"}, {"type": "string"}]}
        }
        """;

    private const string Schemas = """
        {
          "Message": {"type": "object", "required": ["role", "content"], "properties": {
            "type": {"type": "string", "const": "message", "default": "message"}, "role": {"type": "string"}, "content": {"type": "string", "minLength": 1}}},
          "Call": {"type": "object", "required": ["name", "arguments"], "properties": {
            "type": {"type": "string", "const": "call", "default": "call"}, "name": {"type": "string"}, "arguments": {"type": "string"}}},
          "Classes": {"type": "object", "required": ["options"], "properties": {"type": {"const": "classes", "default": "classes"}, "options": {"type": "array", "items": {"type": "string"}, "minItems": 1}}},
          "Score": {"type": "object", "properties": {"type": {"const": "score", "default": "score"}, "max": {"type": "integer", "maximum": 9}}},
          "Red": {"type": "object", "properties": {"color": {"const": "red", "default": "red"}, "x": {"type": "integer"}}},
          "Blue": {"type": "object", "properties": {"color": {"const": "blue", "default": "blue"}, "x": {"type": "integer"}}},
          "Green": {"type": "object", "properties": {"color": {"anyOf": [{"type": "string", "enum": ["green", "lime"]}, {"type": "null"}]}, "x": {"type": "integer", "maximum": 9}}},
          "Strict": {"type": "object", "required": ["color"], "properties": {"color": {"const": "strict"}, "type": {"const": "s"}, "x": {"type": "integer"}}},
          "One": {"type": "object", "required": ["type"], "properties": {"type": {"type": "integer", "enum": [1]}, "a": {"type": "string"}}},
          "Two": {"type": "object", "required": ["type"], "properties": {"type": {"type": "integer", "enum": [2, 3]}, "a": {"type": "string"}}},
          "Half": {"type": "object", "required": ["type"], "properties": {"type": {"type": "number", "enum": [0.5]}, "a": {"type": "string"}}},
          "First": {"type": "object", "required": ["level"], "properties": {"level": {"type": "integer"}, "a": {"type": "string"}}},
          "Second": {"type": "object", "required": ["level"], "properties": {"level": {"type": "integer"}, "a": {"type": "string"}}},
          "On": {"type": "object", "required": ["on"], "properties": {"on": {"const": true}, "power": {"type": "integer"}}},
          "Off": {"type": "object", "required": ["on"], "properties": {"on": {"const": false}, "reason": {"type": "string"}}}
        }
        """;

    private const string Code = """
        #pragma warning disable CS1591 // It is test code.
        using Demo.Models;
        public static class Use
        {
            public static Tagged.Request Make() => new()
            {
                Entries = new Tagged.Entry[] { new Tagged.Message { Role = "user", Content = "x" }, new Tagged.Call { Name = "n", Arguments = "{}" } },
                Output = new Tagged.Classes { Options = ["a"] }, Alone = new() { Options = ["b"], Type = null }, Alike = new Tagged.Blue { X = 1 }, OneOpen = new Tagged.Red { X = 2 },
                Number = new Tagged.Two { Type = 3, A = "a" }, Mapped = new Tagged.Second { A = "b" }, Boolean = new Tagged.Off { Reason = "r" }, Mixed = new Tagged.One { A = "c" },
            };
            public static string Kinds(Tagged.Request request)
            {
                var kinds = "";
                foreach (var entry in request.Entries ?? [])
                    kinds += entry.TryGetMessage(out var message) ? "message " + message.Role + "," : entry.TryGetCall(out var call) ? "call " + call.Name + "," : "raw,";
                if (request.Output is { } output)
                    kinds += output.TryGetClasses(out _) ? "classes," : output.TryGetScore(out var score) ? "score " + score.Max + "," : "raw,";
                if (request.Alike is { } alike)
                    kinds += alike.TryGetRed(out _) ? "red," : alike.TryGetBlue(out _) ? "blue," : "raw,";
                if (request.OneOpen is { } open)
                    kinds += open.TryGetRed(out _) ? "red," : open.TryGetStrict(out _) ? "strict," : "raw,";
                if (request.Number is { } number)
                    kinds += number.TryGetOne(out _) ? "one," : number.TryGetTwo(out var two) ? "two " + two.Type + "," : number.TryGetHalf(out _) ? "half," : "raw,";
                if (request.Mapped is { } mapped)
                    kinds += mapped.TryGetFirst(out _) ? "first," : mapped.TryGetSecond(out _) ? "second," : "raw,";
                if (request.Boolean is { } boolean)
                    kinds += boolean.TryGetOn(out _) ? "on," : boolean.TryGetOff(out _) ? "off," : "raw,";
                return kinds.TrimEnd(',');
            }
        }
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _tagged = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/tagged", Input, [], Schemas)], code: Code).Run();
        return (generated, generated.Load());
    });

    [Fact]
    public void Nothing_is_unclear_about_such_a_document() => Assert.Empty(_tagged.Value.Generated.Diagnostics);

    [Fact]
    public void What_a_discriminator_asks_for_is_sent_and_what_nothing_asks_for_is_not()
    {
        var request = Use("Make")!;

        Assert.Equal(
            """
            {"entries":[{"role":"user","content":"x"},{"name":"n","arguments":"{}"}],"output":{"type":"classes","options":["a"]},"alone":{"options":["b"]},"alike":{"x":1},"one_open":{"x":2},
            "number":{"type":3,"a":"a"},"mapped":{"level":2,"a":"b"},"boolean":{"on":false,"reason":"r"},"mixed":{"type":1,"a":"c"}}
            """.Replace("\n", "").Replace("\r", ""),
            Written(request));
        Assert.Empty(Issues(Written(request)));
        Assert.Equal("message user,call n,classes,raw,red,two 3,second,off", Use("Kinds", Read(Written(request))));
    }

    [Theory]
    [InlineData("""{"entries":[{"role":"u","content":"c"},{"arguments":"","name":"n"},{"type":"call","name":"m"}]}""", "message u,call n,call m")]
    [InlineData("""{"entries":[{"content":"c"},{"arguments":"a"},{"other":1}]}""", "message ,call ,raw")]
    [InlineData("""{"output":{"options":["a"]}}""", "classes")]
    [InlineData("""{"output":{"max":3}}""", "score 3")]
    [InlineData("""{"output":{}}""", "score ")]
    [InlineData("""{"output":{"type":"classes"}}""", "classes")]
    [InlineData("""{"output":{"type":"other"}}""", "raw")]
    [InlineData("""{"alike":{"color":"blue"}}""", "blue")]
    [InlineData("""{"alike":{"x":1}}""", "raw")]
    [InlineData("""{"one_open":{"x":1}}""", "red")]
    [InlineData("""{"one_open":{"color":"strict"}}""", "strict")]
    [InlineData("""{"number":{"type":1}}""", "one")]
    [InlineData("""{"number":{"type":1.0}}""", "one")]
    [InlineData("""{"number":{"type":3}}""", "two 3")]
    [InlineData("""{"number":{"type":5e-1}}""", "half")]
    [InlineData("""{"number":{"type":4}}""", "raw")]
    [InlineData("""{"number":{"type":"1"}}""", "raw")]
    [InlineData("""{"number":{}}""", "raw")]
    [InlineData("""{"mapped":{"level":1}}""", "first")]
    [InlineData("""{"mapped":{"level":"1"}}""", "raw")]
    [InlineData("""{"boolean":{"on":true}}""", "on")]
    [InlineData("""{"boolean":{"on":false}}""", "off")]
    [InlineData("""{"boolean":{"on":null}}""", "raw")]
    public void Its_value_selects_the_alternative_else_what_it_requires(string json, string expected) => Assert.Equal(expected, Use("Kinds", Read(json)));

    [Theory]
    [InlineData("""{"entries":[{"role":"u","content":"c"},{"name":"n"},{"other":1}],"output":{"options":["a"]},"alone":{"options":["a"]},"alike":{"x":1}}""")]
    [InlineData("""{"output":{"type":"other"},"number":{"type":4},"mapped":{"level":"1"},"boolean":{"on":null},"mixed":"text"}""")]
    [InlineData("""{"output":{},"number":{"type":0.5},"mapped":{"level":1},"boolean":{"on":false}}""")]
    public void Nothing_is_added_to_what_was_read(string json) => Assert.Equal(json, Written(Read(json)));

    [Theory]
    [InlineData("""{"entries":[{"role":"u","content":"c"}],"output":{"options":["a"]},"alone":{"options":["a"]}}""")]
    [InlineData("""{"alone":{"type":"classes","options":["a"]},"alike":{"x":1},"one_open":{}}""")]
    [InlineData("""{"alone":null,"output":{}}""")]
    [InlineData("""{"or_null":{"x":1},"two_or_null":{"x":1}}""")]
    [InlineData("""{"or_null":{"color":null,"x":1},"two_or_null":{"color":null}}""")]
    public void What_leaves_it_out_is_valid(string json) => Assert.Empty(Issues(json));

    [Theory]
    [InlineData("""{"entries":[{"role":"u"}]}""", "entries[0].content: is required")]
    [InlineData("""{"entries":[{"role":"u","content":""}]}""", "entries[0].content: must have at least 1 characters, but has 0")]
    [InlineData("""{"entries":[{"type":"other"}]}""", """entries[0]: must be an object whose 'type' is "message" or "call", but is {"type":"other"}""")]
    [InlineData("""{"output":{"options":[]}}""", "output.options: must have at least 1 items, but has 0")]
    [InlineData("""{"output":{"max":10}}""", "output.max: must be at most 9, but is 10")]
    [InlineData("""{"alone":{"type":"x","options":["a"]}}""", "alone.type: must be one of \"classes\", but is \"x\"")]
    [InlineData("""{"alone":{}}""", "alone.options: is required")]
    [InlineData("""{"alike":{"color":"green"}}""", """alike: must be an object whose 'color' is "red" or "blue", but is {"color":"green"}""")]
    [InlineData("""{"one_open":{"color":1}}""", """one_open: must be an object whose 'color' is "red" or "strict", but is {"color":1}""")]
    [InlineData("""{"or_null":{"color":null,"x":10}}""", "or_null.x: must be at most 9, but is 10")]
    [InlineData("""{"number":{"type":4}}""", """number: must be an object whose 'type' is 1 or 2 or 3 or 0.5, but is {"type":4}""")]
    [InlineData("""{"number":{}}""", """number: must be an object whose 'type' is 1 or 2 or 3 or 0.5, but is {}""")]
    [InlineData("""{"boolean":{"on":1}}""", """boolean: must be an object whose 'on' is true or false, but is {"on":1}""")]
    [InlineData("""{"mixed":{"type":2}}""", """mixed: must be a string or an object whose 'type' is 1 or "s", but is {"type":2}""")]
    public void What_is_none_of_them_is_refused_with_what_would_be(string json, string message) =>
        Assert.Equal(message, Assert.Single(Issues(json)).ToString());

    [Fact]
    public void The_last_of_many_alternatives_is_valid_too()
    {
        var alternatives = string.Join(
            ",",
            Enumerable.Range(0, 100).Select(i => "{\"type\":\"object\",\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"k" + i + "\"}}}"));
        var generated = new Project([Documents.FalOpenApi("fal-ai/many", "{\"value\":{\"oneOf\":[" + alternatives + "]}}", [], "{}")]).Run();

        Assert.True(Generated.Endpoint(generated.Load(), "Demo.Models.Many").Validate(RawJson.Parse("""{"value":{"kind":"k99"}}""")).IsValid);
    }

    private static object Read(string json) => Generated.Read(_tagged.Value.Assembly, "Demo.Models.Tagged+Request", json);

    private static string Written(object model) => typeof(RawJson).GetMethod("From")!.MakeGenericMethod(model.GetType()).Invoke(null, [model])!.ToString()!;

    private static object? Use(string method, params object[] arguments) =>
        _tagged.Value.Assembly.GetType("Use", throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments);

    private static IReadOnlyList<ValidationIssue> Issues(string json) =>
        Generated.Endpoint(_tagged.Value.Assembly, "Demo.Models.Tagged").Validate(RawJson.Parse(json)).Issues;
}
