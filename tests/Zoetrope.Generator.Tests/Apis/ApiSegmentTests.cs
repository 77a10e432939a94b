using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Path parameters that may span several segments, against a real socket.</summary>
public class ApiSegmentTests
{
    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(string.Join(
            ",",
            Path("/files/{path}", "file", """{"type": "string"}"""),
            Path("/trees/{path}/meta", "tree", """{"type": "array", "items": {"type": "string"} }"""),
            Path("/v{path}.json", "named", """{"type": "string"}"""),
            Path("/plain/{path}", "plain", """{"type": "string"}""", isMany: false))),
        """
            public static string Text = "";
            public static async Task<string> File(DemoClient demo)
            {
                await demo.FileAsync(Text);
                return "sent";
            }
            public static async Task<string> Tree(DemoClient demo)
            {
                await demo.TreeAsync(Text.Split('|'));
                return "sent";
            }
            public static async Task<string> Named(DemoClient demo)
            {
                await demo.NamedAsync(Text);
                return "sent";
            }
            public static async Task<string> Plain(DemoClient demo)
            {
                await demo.PlainAsync(Text);
                return "sent";
            }
        """);

    [Theory]
    [InlineData("File", "fal-ai/flux/dev", "/files/fal-ai/flux/dev")]
    [InlineData("File", "one", "/files/one")]
    [InlineData("File", "a b/c?d#e/f%2fg/é\\h", "/files/a%20b/c%3Fd%23e/f%252fg/%C3%A9%5Ch")]
    [InlineData("File", "..a/b../...", "/files/..a/b../...")]
    [InlineData("Tree", "a|b/c", "/trees/a/b%2Fc/meta")]
    [InlineData("Named", "1/a", "/v1/a.json")]
    [InlineData("Plain", "fal-ai/flux", "/plain/fal-ai%2Fflux")]
    public async Task Slashes_are_sent_as_they_are_where_the_document_says_so(string call, string text, string address)
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("sent", await RunAsync(server, call, text));

        Assert.StartsWith($"GET {address} HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("File", "../secret", "'..', which leads to another path")]
    [InlineData("File", "a/../../secret", "'..', which leads to another path")]
    [InlineData("File", "a/..", "'..', which leads to another path")]
    [InlineData("File", "a/./b", "'.', which leads to another path")]
    [InlineData("File", "..", "'..', which leads to another path")]
    [InlineData("File", "/a", "with an empty segment, which leads to another path")]
    [InlineData("File", "a//b", "with an empty segment, which leads to another path")]
    [InlineData("File", "a/", "with an empty segment, which leads to another path")]
    [InlineData("File", "", "empty")]
    [InlineData("Tree", "a|..", "'..', which leads to another path")]
    [InlineData("Tree", "a||b", "with an empty segment, which leads to another path")]
    [InlineData("Named", "1/../x", "'..', which leads to another path")]
    [InlineData("Plain", "..", "'..', which leads to another path")]
    public async Task What_leads_to_another_path_is_refused_before_it_is_sent(string call, string text, string actual)
    {
        await using var server = new FakeServer();

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => RunAsync(server, call, text));

        var issue = Assert.Single(exception.Result.Issues);
        Assert.Equal(("path", ValidationRule.PathSegment, actual), (issue.Path, issue.Rule, issue.Actual));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("\"in\": \"query\"", "true")]
    [InlineData("\"in\": \"path\", \"style\": \"label\"", "true")]
    [InlineData("\"in\": \"path\"", "\"yes\"")]
    public void What_cannot_span_segments_is_reported_at_its_line(string members, string value)
    {
        var document = ApiDocuments.Of($$"""
            "/a/{p}": {"get": {"operationId": "a", "responses": {"204": {"description": ""} }, "parameters": [
              {"name": "p", "in": "path", "required": true, "schema": {"type": "string"} }, {"name": "q", {{members}}, "schema": {"type": "string"},
              "x-multi-segment": {{value}} }]} }
            """.Replace("/a/{p}", members.Contains("path") ? "/a/{p}/{q}" : "/a/{p}"));

        var problem = Assert.Single(new Project([document]).Run().Diagnostics);

        Assert.Equal("ZT0019", problem.Id);
        Assert.Equal(document.PlaceOf(value + " }]").Line, problem.Location.GetLineSpan().StartLinePosition.Line + 1);
    }

    private static async Task<string> RunAsync(FakeServer server, string call, string text)
    {
        _calls.Assembly.GetType("Calls")!.GetField("Text")!.SetValue(null, text);
        return await _calls.RunAsync(server, call);
    }

    private static string Path(string path, string id, string schema, bool isMany = true) => $$"""
        "{{path}}": {"get": {"operationId": "{{id}}", "responses": {"204": {"description": ""} }, "parameters": [
          {"name": "path", "in": "path", "required": true, "schema": {{schema}}{{(isMany ? ", \"x-multi-segment\": true" : "")}} }]} }
        """;
}
