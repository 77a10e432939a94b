using Microsoft.CodeAnalysis;
using Zoetrope.Errors;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Bytes and texts under media types that say JSON or leave it open, and bodies of which documents say too little, against a real socket.</summary>
public class ApiMediaTests
{
    private const string Binary = """{"type": "string", "format": "binary"}""";

    private static readonly ApiCalls _responses = new(
        ApiDocuments.Of(
            string.Join(
                ",",
                Response("any", "*/*", Binary),
                Response("json", "application/json;charset=UTF-8", Binary),
                Response("named", "application/json", """{"$ref": "#/components/schemas/File"}"""),
                Response("nullable", "application/problem+json", """{"type": "string", "format": "binary", "nullable": true}"""),
                Response("text", "text/plain", Binary),
                Response("base64", "*/*", """{"type": "string", "format": "byte"}"""),
                Response("bytes", "*/*", """{"type": "array", "items": {"type": "string", "format": "byte"}}"""),
                Response("open", "application/*", "{}"),
                Response("lines", "application/stream+json", """{"type": "object", "properties": {"a": {"type": "string"}}}"""),
                Response("ndjson", "application/x-ndjson", """{"type": "object", "properties": {"a": {"type": "string"}}}"""),
                Response("hello", "*/*", """{"type": "string"}"""),
                Response("jsonHello", "application/json", """{"type": "string"}"""),
                Response("mode", "*/*", """{"type": "string", "enum": ["fast", "slow"]}"""),
                Response("count", "*/*", """{"type": "integer"}"""),
                Response("thing", "*/*", """{"type": "object", "properties": {"id": {"type": "string"}}}"""),
                Response("list", "application/json", """{"type": "array", "items": {"type": "string", "format": "byte"}}"""),
                Response(
                    "either",
                    "application/json",
                    """{"oneOf": [{"type": "object", "properties": {"id": {"type": "string"}}}, {"type": "string", "format": "binary"}]}""")),
            "\"File\": " + Binary),
        """
            public static Task<string> Any(DemoClient demo) => TextOf(demo.AnyAsync());
            public static Task<string> Json(DemoClient demo) => TextOf(demo.JsonAsync());
            public static Task<string> Named(DemoClient demo) => TextOf(demo.NamedAsync());
            public static Task<string> Nullable(DemoClient demo) => TextOf(demo.NullableAsync());
            public static Task<string> Text(DemoClient demo) => TextOf(demo.TextAsync());
            public static Task<string> Base64(DemoClient demo) => TextOf(demo.Base64Async());
            public static Task<string> ArrayOfBytes(DemoClient demo) => TextOf(demo.BytesAsync());
            public static Task<string> Open(DemoClient demo) => TextOf(demo.OpenAsync());
            public static Task<string> Lines(DemoClient demo) => TextOf(demo.LinesAsync());
            public static Task<string> Ndjson(DemoClient demo) => TextOf(demo.NdjsonAsync());
            public static async Task<string> Hello(DemoClient demo) => await demo.HelloAsync();
            public static async Task<string> JsonHello(DemoClient demo) => await demo.JsonHelloAsync();
            public static async Task<string> Mode(DemoClient demo) => (await demo.ModeAsync()).Value;
            public static async Task<string> Count(DemoClient demo) => (await demo.CountAsync()).ToString();
            public static async Task<string> Thing(DemoClient demo) => (await demo.ThingAsync()).Id ?? "none";
            public static async Task<string> List(DemoClient demo) => string.Join(",", await demo.ListAsync());
            public static async Task<string> Either(DemoClient demo) => (await demo.EitherAsync()).Id ?? "none";
            public static Task<string> EitherStream(DemoClient demo) => TextOf(demo.EitherStreamAsync());
            private static async Task<string> TextOf(Task<StreamingResponse> call)
            {
                await using var response = await call;
                using var reader = new StreamReader(response.Stream, Encoding.Latin1);
                return await reader.ReadToEndAsync();
            }
        """);

    private static readonly ApiCalls _bodies = new(
        ApiDocuments.Of(
            string.Join(
                ",",
                Body("any", "\"*/*\": {\"schema\": " + Binary + "}"),
                Body("json", "\"application/json\": {\"schema\": {\"$ref\": \"#/components/schemas/File\"}}"),
                Body("silent", "\"*/*\": {}"),
                Body("text", "\"*/*\": {\"schema\": {\"type\": \"string\", \"maxLength\": 5}}"),
                Body("jsonText", "\"application/json\": {\"schema\": {\"type\": \"string\"}}"),
                Body("object", "\"*/*\": {\"schema\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}}"),
                Body("none", "", required: false),
                Body("form", "\"multipart/form-data\": {\"schema\": {\"type\": \"object\"}}"),
                Body("fields", "\"application/x-www-form-urlencoded\": {}"),
                Body(
                    "closed",
                    "\"application/x-www-form-urlencoded\": {\"schema\": {\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}}",
                    required: false),
                Body(
                    "versions",
                    "\"application/json;v=1\": {\"schema\": {\"type\": \"object\", \"properties\": {\"one\": {\"type\": \"string\"}}}}, \"application/json;v=2\": {\"schema\": {\"type\": \"object\", \"properties\": {\"two\": {\"type\": \"string\"}}}}"),
                Body("patch", "\"application/json-patch+json\": {\"schema\": {\"$ref\": \"#/components/schemas/Change\"}}, \"application/merge-patch+json\": {\"schema\": {\"$ref\": \"#/components/schemas/Change\"}}"),
                Body("special", "\"application/problem+json\": {\"schema\": {\"$ref\": \"#/components/schemas/Change\"}}, \"application/json\": {\"schema\": {\"$ref\": \"#/components/schemas/Change\"}}"),
                Body("operations", "\"application/json-patch+json\": {\"schema\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/components/schemas/Change\"}}}, \"text/json\": {\"schema\": {\"$ref\": \"#/components/schemas/Change\"}}"),
                Body("charset", "\"application/json\": {\"schema\": {\"type\": \"object\", \"properties\": {\"one\": {\"type\": \"string\"}}}}, \"application/json; charset=utf-8\": {\"schema\": {\"type\": \"object\", \"properties\": {\"one\": {\"type\": \"string\"}}}}")),
            "\"File\": " + Binary + ", \"Change\": {\"type\": \"object\", \"properties\": {\"one\": {\"type\": \"string\"}}}"),
        """
            public static async Task<string> Patch(DemoClient demo) { await demo.PatchAsync(new() { One = "x" }); return "done"; }
            public static async Task<string> Special(DemoClient demo) { await demo.SpecialAsync(new() { One = "x" }); return "done"; }
            public static async Task<string> Operations(DemoClient demo) { await demo.OperationsAsync([new() { One = "x" }]); return "done"; }
            public static async Task<string> Any(DemoClient demo) { await demo.AnyAsync(Bytes("PNG", "a.png")); return "done"; }
            public static async Task<string> Json(DemoClient demo) { await demo.JsonAsync(Bytes("PNG", "a.png")); return "done"; }
            public static async Task<string> Silent(DemoClient demo) { await demo.SilentAsync(Bytes("a,b", "a.x", "text/csv")); return "done"; }
            public static async Task<string> Text(DemoClient demo) { await demo.TextAsync("hi"); return "done"; }
            public static async Task<string> LongText(DemoClient demo) { await demo.TextAsync("too long"); return "sent"; }
            public static async Task<string> JsonText(DemoClient demo) { await demo.JsonTextAsync("hi"); return "done"; }
            public static async Task<string> Object(DemoClient demo) { await demo.ObjectAsync(new() { A = "x" }); return "done"; }
            public static async Task<string> None(DemoClient demo) { await demo.NoneAsync(Bytes("<a/>", "a", "application/xml")); return "done"; }
            public static async Task<string> NoneLeftOut(DemoClient demo) { await demo.NoneAsync(); return "done"; }
            public static async Task<string> Form(DemoClient demo) { await demo.FormAsync(Bytes("--x--", "a", "multipart/form-data; boundary=x")); return "done"; }
            public static async Task<string> Fields(DemoClient demo) { await demo.FieldsAsync(Bytes("a=1", "a")); return "done"; }
            public static async Task<string> Closed(DemoClient demo) { await demo.ClosedAsync(); return "done"; }
            public static async Task<string> Versions(DemoClient demo) { await demo.VersionsAsync(new() { One = "x" }); return "done"; }
            public static async Task<string> Charset(DemoClient demo) { await demo.CharsetAsync(new() { One = "x" }); return "done"; }
        """);

    [Theory]
    [InlineData("Any", "*/*")]
    [InlineData("Json", "application/json")]
    [InlineData("Named", "application/json")]
    [InlineData("Nullable", "application/problem+json")]
    [InlineData("Text", "text/plain")]
    [InlineData("Base64", "*/*")]
    [InlineData("ArrayOfBytes", "*/*")]
    [InlineData("Open", "application/*")]
    [InlineData("Lines", "application/stream+json")]
    [InlineData("Ndjson", "application/x-ndjson")]
    [InlineData("EitherStream", "application/json")]
    public async Task Bytes_are_a_stream_whatever_their_media_type_says(string call, string accept)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\n");
            await exchange.WriteAsync([0x89, (byte)'P', 0]);
        });

        Assert.Equal("\u0089P\0", await _responses.RunAsync(server, call));

        Assert.Contains($"\r\nAccept: {accept}\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("Hello", "text/plain;charset=UTF-8", "hi there", "hi there")]
    [InlineData("Hello", "text/plain", "\"quoted\"", "\"quoted\"")]
    [InlineData("Hello", "text/plain", "42", "42")]
    [InlineData("Hello", "text/html", "null", "null")]
    [InlineData("Hello", "application/json", "\"hi\"", "hi")]
    [InlineData("Hello", "application/json", "hi there", "hi there")]
    [InlineData("JsonHello", "application/json", "hi there", "hi there")]
    [InlineData("JsonHello", "text/plain", "hi there", "hi there")]
    [InlineData("JsonHello", "text/plain", "42", "42")]
    [InlineData("JsonHello", "text/html", "\"hi\"", "hi")]
    [InlineData("Mode", "text/plain", "fast", "fast")]
    [InlineData("Mode", "application/json", "\"slow\"", "slow")]
    [InlineData("Count", "text/plain", "42", "42")]
    [InlineData("Thing", "text/plain", """{"id":"a"}""", "a")]
    [InlineData("List", "application/json", """["YQ==","Yg=="]""", "YQ==,Yg==")]
    [InlineData("Either", "application/json", """{"id":"a"}""", "a")]
    public async Task A_text_that_came_for_a_string_is_the_string(string call, string contentType, string body, string expected)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: " + contentType));

        Assert.Equal(expected, await _responses.RunAsync(server, call));
    }

    [Theory]
    [InlineData("Hello", "application/json", "{\"cut\":")]
    [InlineData("Hello", "application/json", "\"cut")]
    [InlineData("Hello", "application/json", "42")]
    [InlineData("Hello", "image/png", "PNG")]
    [InlineData("Thing", "text/plain", "hi")]
    [InlineData("Count", "text/plain", "many")]
    public async Task What_is_not_text_is_none(string call, string contentType, string body)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: " + contentType));

        var exception = await Assert.ThrowsAsync<TransportException>(() => _responses.RunAsync(server, call));

        Assert.Equal((TransportFailure.Malformed, body), (exception.Failure, System.Text.Encoding.UTF8.GetString(exception.Body.Span)));
    }

    [Theory]
    [InlineData("Any", "image/png", "PNG")]
    [InlineData("Json", "application/json", "PNG")]
    [InlineData("Silent", "text/csv", "a,b")]
    [InlineData("Text", "text/plain; charset=utf-8", "hi")]
    [InlineData("JsonText", "application/json", "\"hi\"")]
    [InlineData("Object", "application/json", """{"a":"x"}""")]
    [InlineData("None", "application/xml", "<a/>")]
    [InlineData("Form", "multipart/form-data; boundary=x", "--x--")]
    [InlineData("Fields", "application/x-www-form-urlencoded", "a=1")]
    [InlineData("Versions", "application/json;v=1", """{"one":"x"}""")]
    [InlineData("Charset", "application/json", """{"one":"x"}""")]
    [InlineData("Patch", "application/merge-patch+json", """{"one":"x"}""")]
    [InlineData("Special", "application/json", """{"one":"x"}""")]
    [InlineData("Operations", "application/json-patch+json", """[{"one":"x"}]""")]
    public async Task A_body_is_sent_as_what_it_is(string call, string contentType, string body)
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _bodies.RunAsync(server, call));

        var request = Assert.Single(server.Requests);
        Assert.Contains($"\r\nContent-Type: {contentType}\r\n", request);
        Assert.EndsWith("\r\n\r\n" + body, request);
    }

    [Theory]
    [InlineData("NoneLeftOut")]
    [InlineData("Closed")]
    public async Task What_need_not_be_sent_is_not(string call)
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _bodies.RunAsync(server, call));

        Assert.DoesNotContain("Content-Type", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task A_text_is_checked_before_it_is_sent()
    {
        await using var server = new FakeServer();

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => _bodies.RunAsync(server, "LongText"));

        Assert.Equal("", Assert.Single(exception.Result.Issues).Path);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void What_documents_say_too_little_of_is_reported()
    {
        var reported =
            _bodies.Generated.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.DefaultSeverity, diagnostic.GetMessage().Split('\'')[1])).Order();

        Assert.Equal(
            [
                ("ZT0133", DiagnosticSeverity.Info, "POST /operations"),
                ("ZT0133", DiagnosticSeverity.Info, "POST /patch"),
                ("ZT0133", DiagnosticSeverity.Info, "POST /special"),
                ("ZT0133", DiagnosticSeverity.Info, "POST /versions"),
                ("ZT0135", DiagnosticSeverity.Warning, "POST /fields"),
                ("ZT0135", DiagnosticSeverity.Warning, "POST /form"),
                ("ZT0135", DiagnosticSeverity.Warning, "POST /none")
            ],
            reported);
    }

    private static string Response(string id, string mediaType, string schema) =>
        $$"""
        "/{{id}}": {"get": {"operationId": "{{id}}", "responses": {"200": {"description": "d", "content": {"{{mediaType}}": {"schema": {{schema}} } } } } } }
        """;

    private static string Body(string id, string contents, bool required = true) =>
        $$"""
        "/{{id}}": {"post": {"operationId": "{{id}}", "requestBody": {"required": {{(required ? "true" : "false")}}, "content": { {{contents}} } }, "responses": {"204": {"description": "d"} } } }
        """;
}
