using Zoetrope.Errors;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Responses whose items come one after another, against a real socket.</summary>
public class ApiItemTests
{
    private const string Clip = """{"$ref": "#/components/schemas/Clip"}""";

    private const string Data = """{"type": "string", "contentMediaType": "application/json", "contentSchema": {"$ref": "#/components/schemas/Clip"} }""";

    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(
            string.Join(
                ",",
                Operation("plain", Items("text/event-stream", Clip)),
                Operation("words", Items("text/event-stream", """{"type": "string"}""")),
                Operation("typed", Items("text/event-stream", $$"""{"type": "object", "required": ["data"], "properties": {"event": {"type": "string"}, "id": {"type": "string"}, "retry": {"type": "integer"}, "data": {{Data}} } }""")),
                Operation("notes", Items("text/event-stream", """{"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string"} } }""")),
                Operation("mixed", Items("text/event-stream", """{"$ref": "#/components/schemas/Mixed"}""")),
                Operation("lines", Items("application/jsonl", Clip)),
                Operation("numbers", Items("application/x-ndjson", """{"type": ["integer", "null"]}""")),
                Operation("records", Items("application/json-seq", """{"type": "object", "properties": {"n": {"type": "integer"} } }""")),
                Operation("array", $$""" "application/jsonl": {"schema": {"type": "array", "items": {{Clip}} } } """),
                Operation("either", $$""" "application/json": {"schema": {{Clip}} }, {{Items("text/event-stream", Clip)}} """),
                Operation("both", $$""" {{Items("text/event-stream", Clip)}}, "audio/mpeg": {} """)),
            $$"""
            "Clip": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"} } },
            "Mixed": {"type": "object", "required": ["event"], "properties": {"event": {"type": "string"}, "data": {"type": "string"} },
              "oneOf": [{"$ref": "#/components/schemas/Added"}, {"title": "Said", "properties": {"event": {"const": "said"} } }]},
            "Added": {"type": "object", "required": ["event", "data"], "properties": {"event": {"const": "added"}, "data": {{Data}} } }
            """).Replace("\"3.0.3\"", "\"3.2.0\""),
        """
            private static async Task<string> Message<T>(IAsyncEnumerable<T> items)
            {
                try
                {
                    await foreach (var item in items)
                    {
                    }
                    return "none";
                }
                catch (TransportException exception)
                {
                    return exception.Message;
                }
            }
            public static Task<string> LinesMessage(DemoClient demo) => Message(demo.LinesAsync());
            public static Task<string> PlainMessage(DemoClient demo) => Message(demo.PlainAsync());
            private static async Task<string> All<T>(IAsyncEnumerable<T> items, Func<T, string> text)
            {
                var all = new List<string>();
                try
                {
                    await foreach (var item in items)
                        all.Add(text(item));
                }
                catch (TransportException exception)
                {
                    all.Add(exception.Failure + "(" + Encoding.UTF8.GetString(exception.Body.Span) + ")");
                }
                return string.Join(" ", all);
            }
            public static Task<string> Plain(DemoClient demo) => All(demo.PlainAsync(), clip => clip.Id);
            public static Task<string> Words(DemoClient demo) => All(demo.WordsAsync(), text => text);
            public static Task<string> Typed(DemoClient demo) => All(demo.TypedAsync(), one => one.Event + "/" + one.Data.Id + "/" + one.Id + "/" + one.Retry);
            public static Task<string> Notes(DemoClient demo) => All(demo.NotesAsync(), one => one.Event + "=" + one.Data);
            public static Task<string> Mixed(DemoClient demo) => All(
                demo.MixedAsync(), one => one.TryGetAdded(out var added) ? "added:" + added.Data.Id : one.TryGetSaidMixed(out var said) ? "said:" + said.Data : one.Raw.ToString());
            public static Task<string> Lines(DemoClient demo) => All(demo.LinesAsync(), clip => clip.Id);
            public static Task<string> Numbers(DemoClient demo) => All(demo.NumbersAsync(), number => number?.ToString() ?? "null");
            public static Task<string> Records(DemoClient demo) => All(demo.RecordsAsync(), one => one.N.ToString()!);
            public static Task<string> Array(DemoClient demo) => All(demo.ArrayAsync(), clip => clip.Id);
            public static Task<string> Both(DemoClient demo) => All(demo.BothAsync(), clip => clip.Id);
            public static async Task<string> BothStream(DemoClient demo)
            {
                await using var response = await demo.BothStreamAsync();
                return await response.ReadTextAsync();
            }
            public static async Task<string> Either(DemoClient demo) => (await demo.EitherAsync()).Id;
            public static Task<string> EitherStream(DemoClient demo) => All(demo.EitherStreamAsync(), clip => clip.Id);
            public static async Task<string> Twice(DemoClient demo)
            {
                var items = demo.PlainAsync();
                await All(items, clip => clip.Id);
                try
                {
                    return await All(items, clip => clip.Id);
                }
                catch (InvalidOperationException exception)
                {
                    return exception.Message;
                }
            }
            public static async Task<string> First(DemoClient demo)
            {
                await foreach (var clip in demo.PlainAsync())
                    return clip.Id;
                return "none";
            }
            public static async Task<string> Cancelled(DemoClient demo)
            {
                using var source = new System.Threading.CancellationTokenSource();
                var items = demo.PlainAsync(cancellationToken: source.Token).GetAsyncEnumerator();
                await items.MoveNextAsync();
                var id = items.Current.Id;
                source.Cancel();
                try
                {
                    await items.MoveNextAsync();
                    return "went on";
                }
                catch (OperationCanceledException)
                {
                    return id;
                }
            }
            public static Task<string> NotSent(DemoClient demo)
            {
                demo.PlainAsync();
                return Task.FromResult("done");
            }
        """);

    [Theory]
    [InlineData("Plain", "data: {\"id\":\"a\"}\n\n: ping\n\ndata:\n\nevent: clip\ndata: {\"id\":\ndata: \"b\"}\n\n", "a b")]
    [InlineData("Plain", "data: {\"id\":\"a\"}\n\ndata: [DONE]\n\ndata: {\"id\":\"b\"}\n\n", "a")]
    [InlineData("Plain", "data: {\"id\":\"a\"}\n\nevent: error\ndata: {\"id\":\"no\"}\n\n", "a Broken({\"id\":\"no\"})")]
    [InlineData("Plain", "data: {\"id\":\"a\"}\n\ndata: {\"id\":\"b\"}", "a Broken({\"id\":\"b\"})")]
    [InlineData("Plain", "data: {\"id\":\"a\"}\n\ndata: half {\n\n", "a Malformed(half {)")]
    [InlineData("Plain", "data: 5\n\n", "Malformed(5)")]
    [InlineData("Plain", "", "")]
    [InlineData("Words", "data: one\n\ndata: \"two\"\n\n", "one \"two\"")]
    [InlineData("Typed", "event: added\nid: 7\nretry: 50\ndata: {\"id\":\"a\"}\n\ndata: {\"id\":\"b\"}\n\n", "added/a/7/50 message/b//")]
    [InlineData("Typed", "data: {\"id\":\"a\"}\n\ndata: {}, \"event\": 1\n\n", "message/a// Malformed({}, \"event\": 1)")]
    [InlineData("Notes", "event: end\ndata:\n\nevent: error\ndata: {\"a\":1}\n\n", "end= error={\"a\":1}")]
    [InlineData("Mixed", "event: added\ndata: {\"id\":\"a\"}\n\nevent: said\ndata: hi\n\n", "added:a said:hi")]
    public async Task Events_are_items(string call, string body, string expected)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: text/event-stream"));

        Assert.Equal(expected, await _calls.RunAsync(server, call));

        Assert.Contains("\r\nAccept: text/event-stream\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("Lines", "application/jsonl", "{\"id\":\"a\"}\r\n\n {\"id\":\"b\"}", "a b")]
    [InlineData("Lines", "application/json", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n", "a b")]
    [InlineData("Lines", "application/jsonl", "{\"id\":\"a\"}\n{\"id\":", "a Malformed({\"id\":)")]
    [InlineData("Lines", "application/jsonl", "{\"id\":\"a\"} {\"id\":\"b\"}\n", "Malformed({\"id\":\"a\"} {\"id\":\"b\"})")]
    [InlineData("Numbers", "application/x-ndjson", "1\nnull\n2", "1 null 2")]
    [InlineData("Records", "application/json-seq", "\u001e{\"n\":1}\n\u001e{\"n\":\n2}\n", "1 2")]
    [InlineData("Array", "application/jsonl", "{\"id\":\"a\"}", "a")]
    public async Task Lines_and_records_are_items(string call, string contentType, string body, string expected)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: " + contentType));

        Assert.Equal(expected, await _calls.RunAsync(server, call));
    }

    [Theory]
    [InlineData("Plain", "application/json", "{\"id\":\"a\"}")]
    [InlineData("Plain", "text/html", "<html>")]
    [InlineData("Lines", "text/event-stream", "data: 1\n\n")]
    [InlineData("Lines", "text/html", "")]
    [InlineData("Lines", "application/json-seq", "")]
    [InlineData("Records", "text/html", "")]
    [InlineData("Records", "application/jsonl", "")]
    public async Task What_came_instead_of_items_is_not_lost(string call, string contentType, string body)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: " + contentType));

        Assert.Equal($"Malformed({body})", await _calls.RunAsync(server, call));
    }

    [Theory]
    [InlineData("LinesMessage", "application/x-ndjson", "{\n")]
    [InlineData("PlainMessage", "text/event-stream", "data: {\n\n")]
    public async Task The_message_about_an_item_has_the_media_type_of_the_response(string call, string contentType, string body)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: " + contentType));

        Assert.Contains($", item 1, (200, {contentType}) cannot be read as JSON", await _calls.RunAsync(server, call));
    }

    [Theory]
    [InlineData("Plain", "text/event-stream", "data: ")]
    [InlineData("Lines", "application/jsonl", "")]
    public async Task An_item_beyond_the_limit_is_not_read(string call, string contentType, string prefix)
    {
        await using var server = new FakeServer(Reply(200, prefix + "\"" + new string('a', 40_000) + "\"\n\n", "Content-Type: " + contentType));

        Assert.StartsWith("TooLarge(", await _calls.RunAsync(server, call, options => options.MaxResponseBytes = 1000));
    }

    [Fact]
    public async Task Items_come_before_the_response_is_complete_and_a_broken_one_says_so()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\nContent-Length: 100\r\n\r\n{\"id\":\"a\"}\n{\"id\"");
            exchange.Close();
        });

        Assert.Equal("a Broken({\"id\")", await _calls.RunAsync(server, "Lines"));
    }

    [Theory]
    [InlineData("First")]
    [InlineData("Cancelled")]
    public async Task An_enumeration_may_end_before_the_response(string call)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"id\":\"a\"}\n\n");
            await exchange.HangAsync();
        });

        Assert.Equal("a", await _calls.RunAsync(server, call));
    }

    [Fact]
    public async Task Items_are_enumerated_once_because_twice_would_be_two_calls()
    {
        await using var server = new FakeServer(Reply(200, "data: {\"id\":\"a\"}\n\n", "Content-Type: text/event-stream"));

        Assert.StartsWith("The items of this call of Plain were enumerated before.", await _calls.RunAsync(server, "Twice"));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Nothing_is_sent_until_items_are_enumerated()
    {
        await using var server = new FakeServer();

        Assert.Equal("done", await _calls.RunAsync(server, "NotSent"));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_error_is_thrown_where_the_items_are_enumerated()
    {
        await using var server = new FakeServer(Reply(503, "down"));

        await Assert.ThrowsAnyAsync<ServiceException>(() => _calls.RunAsync(server, "Plain"));
    }

    [Theory]
    [InlineData("Either", "application/json", "{\"id\":\"a\"}", "a")]
    [InlineData("EitherStream", "text/event-stream", "data: {\"id\":\"a\"}\n\n", "a")]
    [InlineData("Both", "text/event-stream", "data: {\"id\":\"a\"}\n\n", "a")]
    [InlineData("BothStream", "audio/mpeg", "ID3", "ID3")]
    public async Task Other_forms_have_methods_of_their_own(string call, string contentType, string body, string expected)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: " + contentType));

        Assert.Equal(expected, await _calls.RunAsync(server, call));

        Assert.Contains($"\r\nAccept: {contentType}\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("responses", "multipart/mixed", "itemSchema")]
    [InlineData("responses", "application/json", "itemSchema")]
    [InlineData("requestBody", "application/jsonl", "itemSchema")]
    [InlineData("responses", "multipart/mixed", "itemEncoding")]
    public void What_is_not_read_item_by_item_is_reported(string member, string mediaType, string keyword)
    {
        var content = $$"""{"content": {"{{mediaType}}": {"schema": {"type": "object"}, "{{keyword}}": {"type": "object"} } } }""";
        var responses = member == "responses" ? $$""" {"200": {"description": "", {{content[1..]}} } """ : """ {"204": {"description": ""} } """;
        var document = ApiDocuments.Of($$"""
            "/a": {"post": {"operationId": "a", {{(member == "requestBody" ? $"\"requestBody\": {content}," : "")}} "responses": {{responses}} } }
            """);

        var problem = Assert.Single(new Project([document]).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0061");

        var start = problem.Location.GetLineSpan().StartLinePosition;
        Assert.Equal(document.PlaceOf('"' + keyword + '"'), (start.Line + 1, start.Character + 1));
    }

    private static string Items(string mediaType, string schema) => $$""" "{{mediaType}}": {"itemSchema": {{schema}} } """;

    private static string Operation(string id, string contents) => $$"""
        "/{{id}}": {"get": {"operationId": "{{id}}", "responses": {"200": {"description": "d", "content": { {{contents}} } } } } }
        """;
}
