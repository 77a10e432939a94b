using System.Reflection;
using System.Text.Json;

namespace Zoetrope.Generator.Tests;

/// <summary>What a service posts to webhooks, read as the document describes it.</summary>
public class ApiWebhookTests
{
    private const string Webhooks = """
        "webhooks": {
          "clip.ready": {"post": {"summary": "A clip is ready", "description": "Sent once.", "responses": {"200": {"description": ""} },
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Clip"} } } } } },
          "clip.failed": {"post": {"requestBody": {"content": {"application/json": {"schema":
            {"type": "object", "required": ["reason"], "properties": {"reason": {"type": "string"}, "clip": {"$ref": "#/components/schemas/Clip"} } } } } } } },
          "clips": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Clip"} } } } } } },
          "any": {"post": {"requestBody": {"content": {"application/json": {"schema": {"oneOf": [
            {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "a"}, "a": {"type": "integer"} } },
            {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "b"}, "b": {"type": "integer"} } }]} } } } } }
        },
        """;

    private const string Schemas = """
        "Clip": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "state": {"type": "string", "enum": ["done", "failed"]} } }
        """;

    private const string Code = """
        using System.Linq;
        using System.Text;
        using Demo.Models;
        using Zoetrope.Json;
        internal static class Calls
        {
            private static byte[] Utf8(string json) => Encoding.UTF8.GetBytes(json);
            public static string Ready(string json)
            {
                Demo.Models.Demo.Clip clip = Demo.Models.Demo.Webhooks.ReadClipReady(Utf8(json));
                return clip.Id + " " + clip.State?.Value + " " + Encoding.UTF8.GetString(JsonModel.ToUtf8(clip));
            }
            public static string Failed(string json)
            {
                var payload = JsonModel.FromUtf8<Demo.Models.Demo.ClipFailedPayload>(Utf8(json));
                return payload.Reason + " " + payload.Clip?.Id + " " + (Demo.Models.Demo.Webhooks.ReadClipFailed(Utf8(json)).Reason == payload.Reason);
            }
            public static string Clips(string json) => string.Join(",", Demo.Models.Demo.Webhooks.ReadClips(Utf8(json)).Select(clip => clip.Id));
            public static string Any(string json) => Demo.Models.Demo.Webhooks.ReadAny(Utf8(json)) is var any && any.TryGetBAnyPayload(out var b) ? "b" + b.B : any.Raw.ToString();
        }
        """;

    private static readonly Spec _document = ApiDocuments.Of("", Schemas, more: Webhooks).Replace("\"3.0.3\"", "\"3.1.0\"");

    private static readonly Lazy<Assembly> _assembly = new(() => new Project([_document], code: Code).Run().Load());

    [Theory]
    [InlineData("Ready", """{"id":"c1","state":"done","more":[1]}""", """c1 done {"id":"c1","state":"done","more":[1]}""")]
    [InlineData("Ready", """{"id":"c1","state":"new"}""", """c1 new {"id":"c1","state":"new"}""")]
    [InlineData("Failed", """{"reason":"no","clip":{"id":"c2"}}""", "no c2 True")]
    [InlineData("Clips", """[{"id":"a"},{"id":"b"}]""", "a,b")]
    [InlineData("Any", """{"kind":"b","b":5}""", "b5")]
    [InlineData("Any", """{"kind":"c"}""", """{"kind":"c"}""")]
    public void A_delivery_is_read_with_its_type(string call, string json, string expected) => Assert.Equal(expected, Call(call, json));

    [Theory]
    [InlineData("Ready", "")]
    [InlineData("Ready", "[]")]
    [InlineData("Ready", """{"id":"a"} {}""")]
    [InlineData("Clips", "")]
    [InlineData("Clips", """{"id":"a"}""")]
    [InlineData("Clips", "[] []")]
    [InlineData("Clips", "[")]
    public void What_is_no_delivery_is_refused(string call, string json) =>
        Assert.IsAssignableFrom<JsonException>(Assert.Throws<TargetInvocationException>(() => Call(call, json)).InnerException);

    [Fact]
    public void A_document_of_webhooks_alone_has_no_client_and_one_of_both_has_both()
    {
        var alone = new Project([_document]).Run();
        var both = new Project([ApiDocuments.Of(ApiDocuments.Get("/a", "a"), Schemas, more: Webhooks)]).Run();

        Assert.Empty(alone.Diagnostics);
        Assert.Empty(alone.Errors());
        Assert.Equal(["Demo.Models.Demo.Webhooks.g.cs", "Demo.Models.Demo.g.cs"], alone.Sources.Keys.Where(name => name.Contains("Models.Demo")).Order(StringComparer.Ordinal));
        Assert.Empty(both.Diagnostics);
        Assert.Empty(both.Errors());
        Assert.Contains("Demo.Models.DemoClient.g.cs", both.Sources.Keys);
        Assert.Equal(alone.Source("Demo.Models.Demo.Webhooks.g.cs"), both.Source("Demo.Models.Demo.Webhooks.g.cs"));
        Assert.Contains("Reads the payload of <c>clip.ready</c>. A clip is ready. Sent once.", alone.Source("Demo.Models.Demo.Webhooks.g.cs"));
    }

    [Fact]
    public void Names_that_others_have_are_left_to_them()
    {
        var generated = new Project([ApiDocuments.Of(
            "", Schemas + """, "Webhooks": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/ClipFailedPayload"} } }, "ClipFailedPayload": {"type": "object", "properties": {"b": {"type": "string"} } }""",
            more: Webhooks.Replace("\"clip.failed\"", "\"clip-ready\": {\"$ref\": \"#/webhooks/all\"}, \"all\": {\"post\": {\"requestBody\": {\"content\": {\"application/json\": {\"schema\": {\"$ref\": \"#/components/schemas/Webhooks\"}}}}}}, \"clip.failed\""))]).Run();

        Assert.Empty(generated.Diagnostics);
        var assembly = generated.Load();
        Assert.NotNull(assembly.GetType("Demo.Models.Demo+Webhooks")!.GetProperty("A"));
        Assert.Equal(
            ["ReadAll", "ReadAny", "ReadClipFailed", "ReadClipReady", "ReadClipReady_2", "ReadClips"],
            assembly.GetType("Demo.Models.Demo+Webhooks_2", throwOnError: true)!.GetMethods().Where(method => method.IsStatic).Select(method => method.Name).Order());
    }

    [Theory]
    [InlineData("\"done\": {\"get\": {}}")]
    [InlineData("\"done\": {\"post\": {\"requestBody\": {\"content\": {\"text/plain\": {\"schema\": {\"type\": \"string\"} } } } } }")]
    public void A_webhook_without_JSON_is_reported(string webhook)
    {
        var document = ApiDocuments.Of(ApiDocuments.Get("/a", "a"), more: $$"""
            "webhooks": {
              {{webhook}} },
            """);

        var problem = Assert.Single(new Project([document]).Run().Diagnostics);

        var start = problem.Location.GetLineSpan().StartLinePosition;
        Assert.Equal(("ZT0061", document.PlaceOf("\"done\"")), (problem.Id, (start.Line + 1, start.Character + 1)));
    }

    private static string Call(string call, string json) => (string)_assembly.Value.GetType("Calls")!.GetMethod(call)!.Invoke(null, [json])!;
}
