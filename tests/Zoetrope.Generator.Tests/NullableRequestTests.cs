using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Members of requests that are required and may be null, compiled and run: null is given, sent, read and kept apart from absence.</summary>
public class NullableRequestTests
{
    private const string Input = """
        {
          "tone": {"type": "string", "nullable": true, "enum": ["warm", null]},
          "flag": {"type": "boolean", "nullable": true, "enum": [true, null]},
          "size": {"type": "integer", "nullable": true, "minimum": 1},
          "ratio": {"type": ["number", "null"]},
          "text": {"type": ["string", "null"], "maxLength": 3},
          "list": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
          "map": {"type": ["object", "null"], "additionalProperties": {"type": "integer"}},
          "spot": {"anyOf": [{"$ref": "#/components/schemas/Spot"}, {"type": "null"}]},
          "other_spot": {"oneOf": [{"$ref": "#/components/schemas/Spot"}, {"$ref": "#/components/schemas/NoSpot"}]},
          "choice": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
          "anything": {},
          "fixed": {"const": "f"}
        }
        """;

    private const string Schemas = """
        {
          "Spot": {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer", "nullable": true}, "y": {"type": "integer"}}},
          "NoSpot": {"type": "null"}
        }
        """;

    private const string AllNull =
        """{"tone":null,"flag":null,"size":null,"ratio":null,"text":null,"list":null,"map":null,"spot":null,"other_spot":null,"choice":null,"anything":null,"fixed":"f"}""";

    private static readonly string[] _names = ["tone", "flag", "size", "ratio", "text", "list", "map", "spot", "other_spot", "choice", "anything", "fixed"];

    private static readonly Lazy<Assembly> _assembly = new(() => new Project([Documents.FalOpenApi("fal-ai/nulls", Input, _names, Schemas)], code: """
        #nullable enable
        using Demo.Models;
        internal static class Use
        {
            public static Nulls.Request Nothing() => new()
            {
                Tone = null, Flag = null, Size = null, Ratio = null, Text = null, List = null, Map = null, Spot = null, OtherSpot = null, Choice = null, Anything = default,
            };
            public static Nulls.Request Something()
            {
                var request = Nothing();
                (request.Tone, request.Flag, request.Size, request.Ratio, request.Text, request.List) = (Nulls.Tone.Warm, true, 2, 0.5, "abc", ["a"]);
                (request.Spot, request.OtherSpot, request.Choice) = (new() { X = null }, new() { X = 1, Y = 2 }, 7);
                request.Map = new System.Collections.Generic.Dictionary<string, long> { ["a"] = 1 };
                return request;
            }
            public static Nulls.Request Changed(Nulls.Request request)
            {
                request.Text = "new";
                request.ExtraProperties["size"] = Zoetrope.Json.RawJson.Parse("9");
                return request;
            }
            public static string? Text(Nulls.Request request) => request.Text;
            public static long? Size(Nulls.Request request) => request.Size;
        }
        """).Run().Load());

    [Fact]
    public void Null_is_sent_where_it_is_given_and_constants_that_may_be_null_are_not_sent_by_themselves()
    {
        var request = Use("Nothing");

        Assert.Equal(AllNull, Written(request));
        Assert.Empty(Issues(request));
    }

    [Fact]
    public void Values_are_sent_as_they_are()
    {
        var request = Use("Something");

        Assert.Equal(
            """
            {"tone":"warm","flag":true,"size":2,"ratio":0.5,"text":"abc","list":["a"],"map":{"a":1},"spot":{"x":null},"other_spot":{"x":1,"y":2},"choice":7,"anything":null,"fixed":"f"}
            """.TrimEnd(),
            Written(request));
        Assert.Empty(Issues(request));
    }

    [Theory]
    [InlineData(AllNull)]
    [InlineData("""{"fixed":"f","size":3,"text":null}""")]
    [InlineData("{}")]
    [InlineData("""{"size":"big","text":7,"spot":[]}""")]
    public void What_was_read_is_written_again_and_nothing_is_added(string json) => Assert.Equal(
        System.Text.Json.Nodes.JsonNode.Parse(json)!
            .AsObject()
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => member.Key + member.Value?.ToJsonString()),
        System.Text.Json.Nodes.JsonNode.Parse(Written(Read(json)))!
            .AsObject()
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => member.Key + member.Value?.ToJsonString()));

    [Fact]
    public void What_is_missing_is_distinguished_from_null()
    {
        var missing = Issues(Read("""{"text":null}"""));

        Assert.Equal(_names.Except(["text"]).Order(), missing.Where(issue => issue.Rule == ValidationRule.Required).Select(issue => issue.Path).Order());
        Assert.Equal(_names.Length - 1, missing.Count);
        Assert.Empty(Issues(Read(AllNull)));
    }

    [Theory]
    [InlineData("""{"size":0}""", "size", ValidationRule.Minimum)]
    [InlineData("""{"text":"abcd"}""", "text", ValidationRule.MaxLength)]
    [InlineData("""{"tone":"cold"}""", "tone", ValidationRule.Enum)]
    [InlineData("""{"flag":false}""", "flag", ValidationRule.Enum)]
    [InlineData("""{"spot":{}}""", "spot.x", ValidationRule.Required)]
    [InlineData("""{"choice":true}""", "choice", ValidationRule.Type)]
    [InlineData("""{"size":"big"}""", "size", ValidationRule.Type)]
    [InlineData("""{"fixed":null}""", "fixed", ValidationRule.Type)]
    public void Limits_hold_beside_null(string member, string path, ValidationRule rule)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(AllNull)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(member)!.AsObject())
            json[name] = value?.DeepClone();

        var issue = Assert.Single(Issues(Read(json.ToJsonString())));

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Fact]
    public void A_request_that_was_read_can_be_changed()
    {
        var request = Use("Changed", Read(AllNull));

        Assert.Equal(AllNull.Replace("\"size\":null,", "").Replace("\"text\":null", "\"text\":\"new\"").Replace("}", ",\"size\":9}"), Written(request));
    }

    [Fact]
    public void Types_of_requests_read_the_nulls_of_responses_as_null()
    {
        var request = Read("""{"text":null,"size":null}""");

        Assert.Null(Use("Text", request));
        Assert.Null(Use("Size", request));
    }

    [Fact]
    public async Task An_operation_sends_null_and_reads_it_in_the_type_that_both_share()
    {
        const string Code = """
            internal static class Calls
            {
                public static async System.Threading.Tasks.Task<string> Send(Demo.Models.DemoClient client)
                {
                    var response = await client.SendAsync(new() { Tone = null, Size = null, Text = null });
                    return (response.Tone is null) + " " + (response.Size is null) + " " + response.Text;
                }
            }
            """;
        var document = ApiDocuments.Of(
            """
            "/a": {"post": {"operationId": "send", "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}},
              "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}}}}
            """,
            """
            "Note": {"type": "object", "required": ["tone", "size", "text"], "properties": {
              "tone": {"type": "string", "nullable": true, "enum": ["warm", null]}, "size": {"type": "integer", "nullable": true}, "text": {"type": "string", "nullable": true}}}
            """);
        await using var server = new FakeServer(FakeServer.Reply(200, """{"tone":null,"size":null,"text":"t"}"""));
        var assembly = new Project([document], code: Code).Run().Load();
        var client = (global::Zoetrope.Operations.ApiClient)Activator.CreateInstance(
            assembly.GetType("Demo.Models.DemoClient", throwOnError: true)!, new global::Zoetrope.Operations.ApiClientOptions
            {
                BaseUrl = server.Url,
                ApiKey = "k",
                Attempts = 1
            })!;

        Assert.Equal("True True t", await (Task<string>)assembly.GetType("Calls")!.GetMethod("Send")!.Invoke(null, [client])!);

        Assert.EndsWith("""{"tone":null,"size":null,"text":null}""", Assert.Single(server.Requests));
    }

    private static object Use(string method, params object[] arguments) =>
        _assembly.Value.GetType("Use", throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments)!;

    private static object Read(string json) => Generated.Read(_assembly.Value, "Demo.Models.Nulls+Request", json);

    private static string Written(object model) => typeof(RawJson).GetMethod("From")!.MakeGenericMethod(model.GetType()).Invoke(null, [model])!.ToString()!;

    private static IReadOnlyList<ValidationIssue> Issues(object request)
    {
        var context = new ValidationContext();
        ((IValidatable)request).Validate(ref context);
        return context.ToResult().Issues;
    }
}
