using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Objects that requests and responses share: what a response lacks is reported where it is read, what a request lacks before it is sent.</summary>
public class ApiSharedObjectTests
{
    private const string Sent = """{"id":"a","qty":1,"size":{"width":2},"secret":"s","kind":"item","maybe":null}""";

    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(
            """
            "/items": {"post": {"operationId": "save", "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"} } } },
              "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"} } } } } } }
            """,
            """
            "Item": {"type": "object", "required": ["id", "qty", "size", "secret", "kind", "maybe"], "properties": {"id": {"type": "string"}, "qty": {"type": "integer"},
              "size": {"type": "object", "required": ["width"], "properties": {"width": {"type": "number"}, "unit": {"type": "string"} } },
              "secret": {"type": "string", "writeOnly": true}, "kind": {"type": "string", "enum": ["item"]}, "maybe": {"type": "string", "nullable": true}, "note": {"type": "string"} } }
            """),
        """
            private static Demo.Models.Demo.Item Item() => new() { Id = "a", Qty = 1, Size = new() { Width = 2 }, Secret = "s", Maybe = null };
            private static async Task<string> Get(DemoClient demo, Func<Demo.Models.Demo.Item, object?> get)
            {
                var item = await demo.SaveAsync(Item());
                try
                {
                    return get(item)?.ToString() ?? "null";
                }
                catch (InvalidOperationException exception)
                {
                    return exception.Message.Split(',')[0];
                }
            }
            public static Task<string> Id(DemoClient demo) => Get(demo, item => item.Id);
            public static Task<string> Qty(DemoClient demo) => Get(demo, item => item.Qty);
            public static Task<string> Width(DemoClient demo) => Get(demo, item => item.Size.Width);
            public static Task<string> Secret(DemoClient demo) => Get(demo, item => item.Secret);
            public static Task<string> Kind(DemoClient demo) => Get(demo, item => item.Kind);
            public static Task<string> Maybe(DemoClient demo) => Get(demo, item => item.Maybe);
            public static Task<string> Note(DemoClient demo) => Get(demo, item => item.Note);
            public static Task<string> Json(DemoClient demo) => Get(demo, item => RawJson.From(item));
            public static async Task<string> Incomplete(DemoClient demo)
            {
                await demo.SaveAsync(JsonModel.FromUtf8<Demo.Models.Demo.Item>("{}"u8.ToArray()));
                return "";
            }
            """);

    [Theory]
    [InlineData("Id", """{"id":"x"}""", "x")]
    [InlineData("Id", "{}", "The result has no usable 'id'")]
    [InlineData("Qty", """{"qty":"1"}""", "The result has no usable 'qty'")]
    [InlineData("Width", "{}", "The result has no usable 'size'")]
    [InlineData("Width", """{"size":{"unit":"m"}}""", "The result has no usable 'width'")]
    [InlineData("Width", """{"size":{"width":2.5}}""", "2.5")]
    [InlineData("Secret", "{}", "null")]
    [InlineData("Maybe", "{}", "null")]
    [InlineData("Note", "{}", "null")]
    [InlineData("Json", """{"qty":"1","more":[1]}""", """{"qty":"1","more":[1]}""")]
    public async Task What_a_response_lacks_is_reported_where_it_is_read(string call, string response, string expected)
    {
        await using var server = new FakeServer(Reply(200, response));

        Assert.Equal(expected, await _calls.RunAsync(server, call));
        Assert.EndsWith(Sent, Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_request_lacks_is_reported_before_it_is_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => _calls.RunAsync(server, "Incomplete"));

        Assert.Equal(["id", "qty", "size", "secret", "kind", "maybe"], exception.Result.Issues.Select(issue => issue.Path));
        Assert.Empty(server.Requests);
    }
}
