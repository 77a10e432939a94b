using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Unions that a whole API shares, sent to a real socket and read from it.</summary>
public class ApiUnionTests
{
    private const string Union = """{"$ref": "#/components/schemas/U"}""";

    private const string OrNull = """{"anyOf": [{"$ref": "#/components/schemas/U"}, {"type": "null"}]}""";

    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(
            string.Join(
                ",",
                Post("save", """{"$ref": "#/components/schemas/Holder"}""", "{}"),
                Post("saveOne", OrNull, "{}"),
                Post("saveSure", Union, "{}"),
                Post("load", """{"type": "object"}""", """{"type": "object", "properties": {"texts": {"type": "array", "items": {"$ref": "#/components/schemas/StrOrObj"}}}}""")),
            $$"""
            "A": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string", "enum": ["a"]}, "n": {"type": "integer", "maximum": 9},
              "inner": {"type": "array", "items": {{Union}} } } },
            "B": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string", "enum": ["b"]} } },
            "U": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}], "discriminator": {"propertyName": "k"} },
            "P": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "integer"}]},
            "Alias": {"$ref": "#/components/schemas/U", "nullable": true},
            "StrOrObj": {"type": ["string", "object", "null"], "properties": {"a": {"type": "string", "maxLength": 2} }, "required": ["a"]},
            "Nest": {"type": ["string", "object"], "properties": {"inside": {"$ref": "#/components/schemas/Nest"} } },
            "Holder": {"type": "object", "properties": {
              "list": {"type": "array", "items": {{OrNull}} },
              "map": {"type": "object", "additionalProperties": {{OrNull}} },
              "lists": {"type": "array", "items": {"type": "array", "items": {{OrNull}} } },
              "either": {"oneOf": [{"type": "array", "items": {{OrNull}} }, {"type": "string"}]},
              "all": {"type": "array", "items": {"allOf": [{{Union}}], "nullable": true} },
              "alias": {"type": "array", "items": {"$ref": "#/components/schemas/Alias"} },
              "plain": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/P"}, {"type": "null"}]} },
              "sure": {"type": "array", "items": {{Union}} },
              "one": {{OrNull}},
              "text": {"$ref": "#/components/schemas/StrOrObj"}, "nest": {"$ref": "#/components/schemas/Nest"} } }
            """).Replace("\"3.0.3\"", "\"3.1.0\""),
        """
            public static string Text = "";
            private static byte[] Json => Encoding.UTF8.GetBytes(Text);
            public static async Task<string> Save(DemoClient demo)
            {
                await demo.SaveAsync(JsonModel.FromUtf8<Demo.Models.Demo.Holder>(Json));
                return "";
            }
            public static async Task<string> SaveOne(DemoClient demo)
            {
                await demo.SaveOneAsync(JsonModel.FromUtf8<Demo.Models.Demo.U>(Json));
                return "";
            }
            public static async Task<string> SaveSure(DemoClient demo)
            {
                await demo.SaveSureAsync(JsonModel.FromUtf8<Demo.Models.Demo.U>(Json));
                return "";
            }
            public static async Task<string> Load(DemoClient demo) => string.Join(" ", (await demo.LoadAsync(RawJson.Parse("{}"))).Texts!.Select(
                one => one.TryGetString(out var text) ? "text " + text : one.TryGetStrOrObjObject(out var value) ? "object " + value.A : one.Raw.ToString()));
            """);

    [Theory]
    [InlineData("Save", """{"list":[{"k":"a"},null]}""")]
    [InlineData("Save", """{"map":{"x":null,"y":{"k":"b"}},"lists":[[null],[{"k":"b"}]],"either":[null],"all":[null],"alias":[null],"plain":[null,"abc",5]}""")]
    [InlineData("Save", """{"sure":[{"k":"a","n":9,"inner":[{"k":"b"}]}],"text":"ab","nest":"abc"}""")]
    [InlineData("Save", """{"text":{"a":"bc"},"nest":{"inside":{"inside":"a"}}}""")]
    [InlineData("SaveOne", "null")]
    [InlineData("SaveOne", """{"k":"b"}""")]
    public async Task What_the_document_allows_is_sent(string call, string json)
    {
        await using var server = new FakeServer(Reply(200, "{}"));

        await RunAsync(server, call, json);

        Assert.EndsWith(json, Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Save", """{"sure":[null]}""", "sure[0]", ValidationRule.Type)]
    [InlineData("Save", """{"list":[null,{"k":"a","inner":[null]}]}""", "list[1].inner[0]", ValidationRule.Type)]
    [InlineData("Save", """{"list":[{"k":"a","n":10}]}""", "list[0].n", ValidationRule.Maximum)]
    [InlineData("Save", """{"list":[5]}""", "list[0]", ValidationRule.Type)]
    [InlineData("Save", """{"plain":["abcd"]}""", "plain[0]", ValidationRule.MaxLength)]
    [InlineData("Save", """{"text":{}}""", "text.a", ValidationRule.Required)]
    [InlineData("Save", """{"text":{"a":"abc"}}""", "text.a", ValidationRule.MaxLength)]
    [InlineData("Save", """{"text":5}""", "text", ValidationRule.Type)]
    [InlineData("SaveSure", "null", "", ValidationRule.Type)]
    public async Task What_it_does_not_allow_is_refused(string call, string json, string path, ValidationRule rule)
    {
        await using var server = new FakeServer(Reply(200, "{}"));

        var issue = Assert.Single((await Assert.ThrowsAsync<RequestValidationException>(() => RunAsync(server, call, json))).Result.Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Fact]
    public async Task A_text_or_an_object_is_read_as_what_it_is()
    {
        await using var server = new FakeServer(Reply(200, """{"texts":["a",{"a":"b"},null]}"""));

        Assert.Equal("text a object b null", await RunAsync(server, "Load", ""));
    }

    private static Task<string> RunAsync(FakeServer server, string call, string json)
    {
        _calls.Assembly.GetType("Calls", throwOnError: true)!.GetField("Text")!.SetValue(null, json);
        return _calls.RunAsync(server, call);
    }

    private static string Post(string id, string body, string result) => $$"""
        "/{{id}}": {"post": {"operationId": "{{id}}", "requestBody": {"required": true, "content": {"application/json": {"schema": {{body}} } } },
          "responses": {"200": {"description": "", "content": {"application/json": {"schema": {{result}} } } } } } }
        """;
}
