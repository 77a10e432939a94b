using Zoetrope.Errors;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Operations of OpenAPI 3.2 with methods that earlier versions do not have, against a real socket.</summary>
public class ApiMethodTests
{
    private const string Responses = """ "responses": {"204": {"description": ""} } """;

    private const string Body = """
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "properties": {"text": {"type": "string", "maxLength": 5} } } } } }
        """;

    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of($$"""
            "/clips": {
              "query": {"operationId": "searchClips", {{Body}}, {{Responses}}, "parameters": [{"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"} }]},
              "additionalOperations": {"COPY": {"operationId": "copyClips", {{Body}}, {{Responses}} }, "Link": { {{Responses}} } } }
            """).Replace("\"3.0.3\"", "\"3.2.0\""),
        """
            public static async Task<string> Query(DemoClient demo)
            {
                await demo.SearchClipsAsync(new() { Text = "a" });
                return "done";
            }
            public static async Task<string> TooLong(DemoClient demo)
            {
                await demo.SearchClipsAsync(new() { Text = "too long" });
                return "done";
            }
            public static async Task<string> Copy(DemoClient demo)
            {
                await demo.CopyClipsAsync(new() { Text = "b" });
                return "done";
            }
            public static async Task<string> Link(DemoClient demo)
            {
                await demo.LinkClipsAsync();
                return "done";
            }
        """);

    [Theory]
    [InlineData("Query", "QUERY /clips HTTP/1.1", """{"text":"a"}""")]
    [InlineData("Copy", "COPY /clips HTTP/1.1", """{"text":"b"}""")]
    [InlineData("Link", "Link /clips HTTP/1.1", "")]
    public async Task The_method_and_the_body_are_sent(string call, string line, string body)
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _calls.RunAsync(server, call));

        var request = Assert.Single(server.Requests);
        Assert.StartsWith(line + "\r\n", request);
        Assert.EndsWith("\r\n\r\n" + body, request);
    }

    [Fact]
    public async Task A_query_is_checked_before_it_is_sent()
    {
        await using var server = new FakeServer();

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => _calls.RunAsync(server, "TooLong"));

        Assert.Equal("text", Assert.Single(exception.Result.Issues).Path);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_query_is_safe_so_it_needs_no_key_and_handlers_may_repeat_it()
    {
        await using var server = new FakeServer(Reply(503, ""), Reply(204, ""));

        Assert.Equal("done", await RunWithRepeatingHandlerAsync(server, "Query"));

        Assert.Equal(2, server.Requests.Length);
        Assert.All(server.Requests, request => Assert.EndsWith("""{"text":"a"}""", request));
        Assert.All(server.Requests, request => Assert.DoesNotContain("Idempotency-Key", request));
    }

    [Fact]
    public async Task An_additional_method_may_do_anything_so_it_is_sent_once()
    {
        await using var server = new FakeServer(Reply(503, ""), Reply(204, ""));

        var exception = await Assert.ThrowsAsync<TransportException>(() => RunWithRepeatingHandlerAsync(server, "Copy"));

        Assert.Equal(TransportFailure.Repeated, exception.Failure);
        Assert.Single(server.Requests);
    }

    private static async Task<string> RunWithRepeatingHandlerAsync(FakeServer server, string call)
    {
        using var http = new HttpClient(new Repeating { InnerHandler = new SocketsHttpHandler() });
        return await _calls.RunAsync(server, call, options => options.HttpClient = http);
    }

    private sealed class Repeating : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? response : await base.SendAsync(request, cancellationToken);
        }
    }
}
