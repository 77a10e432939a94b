using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Generator.Tests;

/// <summary>Methods over all pages against real sockets: what is asked for, where they end, and what goes wrong on the way.</summary>
public class PagingCallTests
{
    private const string Methods = """
        public static async Task<string> All(DemoClient demo)
        {
            var ids = new List<string>();
            await foreach (Demo.Models.Demo.Thing thing in demo.EnumerateThingsAsync("me", new() { Limit = 2 }))
                ids.Add(thing.Id);
            return string.Join(" ", ids);
        }
        public static async Task<string> UntilError(DemoClient demo)
        {
            var ids = new List<string>();
            try
            {
                await foreach (var thing in demo.EnumerateThingsAsync("me", new() { Limit = 2 }))
                    ids.Add(thing.Id);
            }
            catch (ZoetropeException exception)
            {
                return string.Join(" ", ids) + "|" + exception.GetType().Name + "|" + exception.Message;
            }
            return "no error";
        }
        public static async Task<string> FirstTwo(DemoClient demo)
        {
            var ids = new List<string>();
            await foreach (var thing in demo.EnumerateThingsAsync("me"))
            {
                ids.Add(thing.Id);
                if (ids.Count == 2)
                    break;
            }
            return string.Join(" ", ids);
        }
        public static async Task<string> Cancelled(DemoClient demo)
        {
            using var stop = new System.Threading.CancellationTokenSource();
            var ids = new List<string>();
            try
            {
                await foreach (var thing in demo.EnumerateThingsAsync("me").WithCancellation(stop.Token))
                {
                    ids.Add(thing.Id);
                    if (ids.Count == 2)
                        stop.Cancel();
                }
            }
            catch (OperationCanceledException)
            {
                return string.Join(" ", ids) + " cancelled";
            }
            return "not cancelled";
        }
        public static Task<string> Unused(DemoClient demo)
        {
            _ = demo.EnumerateThingsAsync("", null);
            return Task.FromResult("nothing");
        }
        public static Task<string> Null(DemoClient demo)
        {
            _ = demo.EnumerateThingsAsync(null!);
            return Task.FromResult("no error");
        }
        public static async Task<string> Snapshot(DemoClient demo)
        {
            var parameters = new Demo.Models.Demo.ListThings.Parameters { Limit = 2 };
            var ids = new List<string>();
            await foreach (var thing in demo.EnumerateThingsAsync("me", parameters))
            {
                ids.Add(thing.Id);
                parameters.Limit = 50;
            }
            return string.Join(" ", ids);
        }
        """;

    private const string Started = """
        public static async Task<string> FromCursor(DemoClient demo)
        {
            var ids = new List<string>();
            await foreach (var thing in demo.EnumerateThingsAsync("me", new() { Cursor = "c 1", Limit = 2 }))
                ids.Add(thing.Id);
            return string.Join(" ", ids);
        }
        """;

    private const string FromOffset = """
        public static async Task<string> From(DemoClient demo)
        {
            var ids = new List<string>();
            await foreach (var thing in demo.EnumerateThingsAsync("me", new() { Offset = 4, Limit = 2 }))
                ids.Add(thing.Id);
            return string.Join(" ", ids);
        }
        """;

    private const string Counted = """
        public static async Task<string> Count(DemoClient demo)
        {
            var count = 0;
            var some = new List<WeakReference>();
            await foreach (var thing in demo.EnumerateThingsAsync("me"))
            {
                if (count++ % 100 == 0)
                    some.Add(new(thing));
                if (count != 9_950)
                    continue;
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
            }
            return count + " items, in memory: " + string.Join(" ", Enumerable.Range(0, 98).Where(page => some[page].IsAlive));
        }
        """;

    private static readonly ApiCalls _cursor = new(
        PagedApi.Of("limit: integer; cursor: string; state: string", "next_cursor: string?; has_more: boolean"), Methods + Started + Counted);

    private static readonly ApiCalls _required = new(
        PagedApi.Of("limit: integer; cursor: string", "next_cursor: string; has_more: boolean", required: "next_cursor has_more"), Methods);

    private static readonly ApiCalls _plain = new(PagedApi.Of("limit: integer; cursor: string", "next_cursor: string?"), Methods);
    private static readonly ApiCalls _last = new(PagedApi.Of("limit: integer; after: string", "last_id: string?; has_more: boolean"), Methods);
    private static readonly ApiCalls _url = new(PagedApi.Of("limit: integer", """next: {"type": ["string", "null"], "format": "uri"}"""), Methods);
    private static readonly ApiCalls _offset = new(PagedApi.Of("limit: integer; offset: integer", "total: integer?"), Methods + FromOffset);
    private static readonly ApiCalls _more = new(PagedApi.Of("limit: integer; offset: integer", "has_more: boolean"), Methods);

    private static readonly ApiCalls _number = new(
        PagedApi.Of("""limit: integer; page: {"type": "integer", "minimum": 1}""", "total_pages: integer?; has_more: boolean?"), Methods);

    private static readonly ApiCalls _token = new(PagedApi.Of("limit: integer; offset: integer", "next_offset: integer?"), Methods);

    [Fact]
    public async Task Pages_follow_each_other_until_there_is_none()
    {
        await using var server = new FakeServer(
            Page("a b", """ "next_cursor": "c/1&=", "has_more": true"""), Page("", """ "next_cursor": "c2", "has_more": true"""),
            Page("c", """ "next_cursor": null, "has_more": false"""));

        Assert.Equal("a b c", await _cursor.RunAsync(server, "All"));

        Assert.Equal(["/things/me?limit=2", "/things/me?limit=2&cursor=c%2F1%26%3D", "/things/me?limit=2&cursor=c2"], Targets(server));
        Assert.All(server.Requests, request => Assert.Contains("Authorization: Bearer secret-12345", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(""" "next_cursor": "c9", "has_more": false""")]
    [InlineData(""" "has_more": false""")]
    [InlineData(""" "next_cursor": "", "has_more": false""")]
    public async Task A_page_that_says_so_is_the_last(string end)
    {
        await using var server = new FakeServer(Page("a b", """ "next_cursor": "c1", "has_more": true"""), Page("c", end));

        Assert.Equal("a b c", await _cursor.RunAsync(server, "All"));
        Assert.Equal(2, server.Requests.Length);
    }

    [Theory]
    [InlineData(""" "next_cursor": null""")]
    [InlineData(""" "next_cursor": "" """)]
    [InlineData(""" "other": 1""")]
    public async Task A_page_without_a_cursor_is_the_last(string end)
    {
        await using var server = new FakeServer(Page("a", """ "next_cursor": "c1" """), Page("b", end));

        Assert.Equal("a b", await _plain.RunAsync(server, "All"));
    }

    [Theory]
    [InlineData(""" "next_cursor": null, "has_more": false""")]
    [InlineData(""" "other": 1""")]
    public async Task Members_that_the_document_requires_may_be_null_or_missing_at_the_end(string end)
    {
        await using var server = new FakeServer(Page("a", """ "next_cursor": "c1", "has_more": true"""), Page("b", end));

        Assert.Equal("a b", await _required.RunAsync(server, "All"));
    }

    [Fact]
    public async Task A_list_that_is_null_is_empty()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"things": null, "next_cursor": "c1"}"""), FakeServer.Reply(200, """{"things": null, "next_cursor": null}"""));

        Assert.Equal("", await _plain.RunAsync(server, "All"));
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task A_cursor_that_is_a_number_where_the_document_says_text_is_followed()
    {
        await using var server = new FakeServer(Page("a", """ "next_cursor": 5"""), Page("b", """ "next_cursor": 0"""));

        Assert.Equal("a b", await _plain.RunAsync(server, "All"));
        Assert.Equal("/things/me?limit=2&cursor=5", Targets(server)[1]);
    }

    [Theory]
    [InlineData(""" "next_cursor": {"id": 1}""", "'next_cursor' that is neither a text nor a number")]
    [InlineData(""" "next_cursor": "c", "has_more": "yes" """, "'has_more' that is neither true nor false")]
    public async Task What_leads_on_in_another_form_is_an_error_after_the_items(string members, string problem)
    {
        await using var server = new FakeServer(Page("a b", members));

        var (ids, type, message) = Parts(await _cursor.RunAsync(server, "UntilError"));

        Assert.Equal(("a b", nameof(TransportException)), (ids, type));
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_page_that_repeats_its_cursor_is_the_last()
    {
        await using var server = new FakeServer(Page("a", """ "next_cursor": "c1" """), Page("", """ "next_cursor": "c1" """));

        Assert.Equal("a", await _plain.RunAsync(server, "All"));
    }

    [Fact]
    public async Task Empty_pages_without_end_are_an_error()
    {
        var page = 0;
        await using var server = new FakeServer(exchange =>
            exchange.ReplyAsync(200, Body("", $$""" "next_cursor": "c{{Interlocked.Increment(ref page)}}", "has_more": true""")));

        Assert.Contains("is the 100th page in a row without items", await _cursor.RunAsync(server, "UntilError"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_id_of_the_last_item_asks_for_those_after_it()
    {
        await using var server = new FakeServer(Page("a b", """ "last_id": "b", "has_more": true"""), Page("c", """ "last_id": "c", "has_more": false"""));

        Assert.Equal("a b c", await _last.RunAsync(server, "All"));
        Assert.Equal(["/things/me?limit=2", "/things/me?limit=2&after=b"], Targets(server));
    }

    [Fact]
    public async Task A_list_starts_at_the_cursor_that_the_caller_gives()
    {
        await using var server = new FakeServer(Page("c", """ "next_cursor": "c2", "has_more": true"""), Page("d", """ "has_more": false"""));

        Assert.Equal("c d", await _cursor.RunAsync(server, "FromCursor"));
        Assert.Equal(["/things/me?limit=2&cursor=c%201", "/things/me?limit=2&cursor=c2"], Targets(server));
    }

    [Fact]
    public async Task More_without_a_cursor_is_an_error_after_the_items()
    {
        await using var server = new FakeServer(Page("a b", """ "next_cursor": null, "has_more": true"""));

        var (ids, type, message) = Parts(await _cursor.RunAsync(server, "UntilError"));

        Assert.Equal(("a b", nameof(TransportException)), (ids, type));
        Assert.Contains("Demo's response to ListThings says that there are more, but not where the next page is", message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("c1 c1", 2, "a b")]
    [InlineData("c1 c2 c1", 3, "a b c")]
    public async Task A_cursor_that_comes_again_is_an_error_and_not_a_loop(string cursors, int requests, string ids)
    {
        var pages = cursors.Split(' ').Select((cursor, i) => Page(((char)('a' + i)).ToString(), $$""" "next_cursor": "{{cursor}}", "has_more": true"""));
        await using var server = new FakeServer([.. pages]);

        var (given, type, message) = Parts(await _cursor.RunAsync(server, "UntilError"));

        Assert.Equal((ids, nameof(TransportException)), (given, type));
        Assert.Contains("leads back to a page that was there already", message, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests.Length);
    }

    [Fact]
    public async Task The_cursor_that_the_caller_gave_does_not_come_again()
    {
        await using var server = new FakeServer(Page("a", """ "next_cursor": "c 1", "has_more": true"""));

        var exception = await Assert.ThrowsAsync<TransportException>(() => _cursor.RunAsync(server, "FromCursor"));

        Assert.Equal(TransportFailure.Malformed, exception.Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_limit_is_waited_for_at_any_page()
    {
        await using var server = new FakeServer(
            Page("a", """ "next_cursor": "c1", "has_more": true"""), Page("b", """ "next_cursor": "c2", "has_more": true"""),
            FakeServer.Reply(429, """{"message": "slow down"}""", "Retry-After: 0"), Page("c", """ "has_more": false"""));

        Assert.Equal("a b c", await _cursor.RunAsync(server, "All", options => options.Attempts = 2));
        Assert.Equal(Targets(server)[2], Targets(server)[3]);
    }

    [Fact]
    public async Task An_error_at_a_later_page_leaves_the_items_before_it()
    {
        await using var server = new FakeServer(
            Page("a", """ "next_cursor": "c1", "has_more": true"""), Page("b", """ "next_cursor": "c2", "has_more": true"""),
            FakeServer.Reply(429, """{"message": "slow down"}""", "Retry-After: 0"));

        var (ids, type, message) = Parts(await _cursor.RunAsync(server, "UntilError"));

        Assert.Equal(("a b", "ServiceException`1"), (ids, type));
        Assert.Contains("429", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"things": [{"id": "c"}, """)]
    [InlineData("""{"things": {"id": "c"}, "has_more": false}""")]
    [InlineData("<html>")]
    public async Task A_malformed_page_is_an_error(string body)
    {
        await using var server = new FakeServer(Page("a", """ "next_cursor": "c1", "has_more": true"""), FakeServer.Reply(200, body));

        var result = await Record.ExceptionAsync(() => _cursor.RunAsync(server, "All"));

        Assert.IsType<TransportException>(result);
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task The_errors_of_the_first_page_are_thrown_where_its_items_are_taken()
    {
        await using var server = new FakeServer(FakeServer.Reply(401, """{"message": "no key"}"""));

        Assert.Equal("nothing", await _cursor.RunAsync(server, "Unused"));
        Assert.Empty(server.Requests);
        var (ids, type, message) = Parts(await _cursor.RunAsync(server, "UntilError"));

        Assert.Equal(("", "ServiceException`1"), (ids, type));
        Assert.Contains("401", message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_sent()
    {
        await using var server = new FakeServer(Page("a", """ "has_more": false"""));

        await Assert.ThrowsAsync<MissingKeyException>(() => _cursor.RunAsync(server, "All", options => options.ApiKey = null));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_null_argument_is_reported_at_once()
    {
        await using var server = new FakeServer(Page("a", """ "has_more": false"""));

        var exception = await Record.ExceptionAsync(() => _cursor.RunAsync(server, "Null"));

        Assert.IsType<ArgumentNullException>(exception is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : exception);
    }

    [Fact]
    public async Task What_is_not_taken_is_not_requested()
    {
        await using var server = new FakeServer(Page("a b", """ "next_cursor": "c1", "has_more": true"""));

        Assert.Equal("a b", await _cursor.RunAsync(server, "FirstTwo"));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("a b c")]
    [InlineData("a b")]
    public async Task Canceling_ends_it_within_a_page_and_between_pages(string items)
    {
        await using var server = new FakeServer(Page(items, """ "next_cursor": "c1", "has_more": true"""));

        Assert.Equal("a b cancelled", await _cursor.RunAsync(server, "Cancelled"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Parameters_that_change_on_the_way_do_not_change_the_list()
    {
        await using var server = new FakeServer(Page("a", """ "next_cursor": "c1", "has_more": true"""), Page("b", """ "has_more": false"""));

        Assert.Equal("a b", await _cursor.RunAsync(server, "Snapshot"));
        Assert.All(Targets(server), target => Assert.Contains("limit=2", target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_of_the_next_page_is_followed_on_the_trusted_host()
    {
        await using var server = new FakeServer(
            exchange => exchange.ReplyAsync(200, Body("a", $$""" "next": "{{HostOf(exchange.Request)}}/things/me?page=x%2Fy&limit=2" """)),
            Page("b", """ "next": "?page=3" """), Page("c", """ "next": "/other?page=4" """), Page("d", """ "next": null"""));

        Assert.Equal("a b c d", await _url.RunAsync(server, "All"));

        Assert.Equal(["/things/me?limit=2", "/things/me?page=x%2Fy&limit=2", "/things/me?page=3", "/other?page=4"], Targets(server));
        Assert.All(server.Requests, request => Assert.Contains("Authorization: Bearer secret-12345", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Addresses_at_the_services_own_server_are_asked_for_at_the_base_url()
    {
        await using var server = new FakeServer(
            Page("a", """ "next": "https://api.demo.example/v1/things/me?page=2" """), Page("b", """ "next": "/v1/things/me?page=3" """),
            Page("c", """ "next": "?page=4" """), Page("d", """ "next": null"""));

        Assert.Equal("a b c d", await _url.RunAsync(server, "All", options => options.BaseUrl = new Uri(options.BaseUrl!, "gateway/demo")));

        Assert.Equal(
            ["/gateway/demo/things/me?limit=2", "/gateway/demo/things/me?page=2", "/gateway/demo/things/me?page=3", "/gateway/demo/things/me?page=4"],
            Targets(server));
    }

    [Fact]
    public async Task The_address_of_the_first_page_is_a_circle()
    {
        await using var server = new FakeServer(Page("a", """ "next": "?limit=2" """));

        Assert.Contains("leads back to a page that was there already", await _url.RunAsync(server, "UntilError"), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("https://evil.example/things?page=2", "evil.example")]
    [InlineData("http://api.demo.example/v1/things?page=2", "api.demo.example")]
    [InlineData("https://api.demo.example@evil.example/", "evil.example")]
    [InlineData("//evil.example/things", "evil.example")]
    [InlineData("file:///etc/passwd", "passwd")]
    public async Task The_address_of_another_host_is_refused(string next, string named)
    {
        await using var server = new FakeServer(Page("a", $$""" "next": "{{next}}" """));

        var (ids, type, message) = Parts(await _url.RunAsync(server, "UntilError"));

        Assert.Equal(("a", nameof(TransportException)), (ids, type));
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-12345", message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_key_in_the_query_is_sent_once_with_each_page()
    {
        await using var server = new FakeServer(
            Page("a", """ "next": "?page_key=2" """), Page("b", """ "next": "?page=3&key=secret-12345" """), Page("c", """ "next": null"""));

        Assert.Equal("a b c", await _url.RunAsync(server, "All", options => options.ApiKeyLocation = ApiKeyLocation.Query("key")));

        Assert.All(Targets(server), target => Assert.Equal(2, target.Split("key=secret-12345").Length));
        Assert.Equal("/things/me?page_key=2&key=secret-12345", Targets(server)[1]);
    }

    [Fact]
    public async Task A_key_in_the_query_stays_with_each_cursor()
    {
        await using var server = new FakeServer(Page("a", """ "next_cursor": "c1", "has_more": true"""), Page("b", """ "has_more": false"""));

        Assert.Equal("a b", await _cursor.RunAsync(server, "All", options => options.ApiKeyLocation = ApiKeyLocation.Query("key")));
        Assert.Equal(["/things/me?limit=2&key=secret-12345", "/things/me?limit=2&key=secret-12345&cursor=c1"], Targets(server));
    }

    [Fact]
    public async Task Offsets_count_the_items_until_all_are_there()
    {
        await using var server = new FakeServer(Page("a b", """ "total": 3"""), Page("c", """ "total": 3"""));

        Assert.Equal("a b c", await _offset.RunAsync(server, "All"));
        Assert.Equal(["/things/me?limit=2", "/things/me?limit=2&offset=2"], Targets(server));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_total_that_cannot_be_one_is_not_the_end(int total)
    {
        await using var server = new FakeServer(Page("a b", $$""" "total": {{total}}"""), Page("c", $$""" "total": {{total}}"""), Page("", """ "total": 0"""));

        Assert.Equal("a b c", await _offset.RunAsync(server, "All"));
    }

    [Fact]
    public async Task Items_of_another_type_count_for_the_offset()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"things": [7, {"id": "b"}], "total": 3}"""), Page("c", """ "total": 3"""));

        await _offset.RunAsync(server, "All");

        Assert.Equal("/things/me?limit=2&offset=2", Targets(server)[1]);
    }

    [Fact]
    public async Task Offsets_start_where_the_caller_does_and_end_with_an_empty_page()
    {
        await using var server = new FakeServer(Page("a b", """ "total": null"""), Page("c", """ "total": null"""), Page("", """ "total": null"""));

        Assert.Equal("a b c", await _offset.RunAsync(server, "From"));
        Assert.Equal(["4", "6", "7"], Targets(server).Select(target => target.Split("offset=")[1].Split('&')[0]));
    }

    [Fact]
    public async Task A_service_that_ignores_the_offset_is_an_error_and_not_a_loop()
    {
        await using var server = new FakeServer(Page("a b", """ "has_more": true"""));

        var (ids, type, message) = Parts(await _more.RunAsync(server, "UntilError"));

        Assert.Equal(("a b a b", nameof(TransportException)), (ids, type));
        Assert.Contains("has the same items again: the service seems to ignore 'offset'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_without_items_is_an_error_where_items_are_counted()
    {
        await using var server = new FakeServer(Page("", """ "has_more": true"""));

        Assert.Contains("says that there are more, but has no items", await _more.RunAsync(server, "UntilError"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "total_pages": 3""", """ "total_pages": 3""")]
    [InlineData(""" "has_more": true""", """ "has_more": false""")]
    public async Task Pages_are_counted_from_the_first(string middle, string end)
    {
        await using var server = new FakeServer(Page("a b", middle), Page("c d", middle), Page("e", end));

        Assert.Equal("a b c d e", await _number.RunAsync(server, "All"));
        Assert.Equal(["/things/me?limit=2&page=1", "/things/me?limit=2&page=2", "/things/me?limit=2&page=3"], Targets(server));
    }

    [Fact]
    public async Task A_number_that_the_page_gives_is_a_cursor()
    {
        await using var server = new FakeServer(Page("a b", """ "next_offset": 2"""), Page("c", """ "next_offset": null"""));

        Assert.Equal("a b c", await _token.RunAsync(server, "All"));
        Assert.Equal(["/things/me?limit=2", "/things/me?limit=2&offset=2"], Targets(server));
    }

    [Fact]
    public async Task Ten_thousand_items_are_in_memory_one_page_at_a_time()
    {
        var page = 0;
        await using var server = new FakeServer(exchange =>
        {
            var number = Interlocked.Increment(ref page);
            var ids = Enumerable.Range(0, 100).Select(i => $"{number}-{i}");
            var end = number < 100 ? $$""" "next_cursor": "c{{number}}", "has_more": true""" : """ "has_more": false""";
            return exchange.ReplyAsync(200, Body(string.Join(' ', ids), end));
        });

        // The page that was taken last may still be referenced.
        Assert.Equal("10000 items, in memory: ", await _cursor.RunAsync(server, "Count"));
        Assert.Equal(100, server.Requests.Length);
    }

    private static Func<FakeServer.Exchange, Task> Page(string ids, string members) => FakeServer.Reply(200, Body(ids, members));

    private static string Body(string ids, string members) =>
        $$"""{"things": [{{string.Join(", ", ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => $$"""{"id": "{{id}}"}"""))}}], {{members}}}""";

    private static string[] Targets(FakeServer server) => [.. server.Requests.Select(request => request.Split(' ')[1])];

    private static string HostOf(string request) => "http://" + request.Split("Host: ")[1].Split('\r')[0];

    private static (string Ids, string Type, string Message) Parts(string text) => text.Split('|', 3) is [var ids, var type, var message]
        ? (ids, type, message)
        : throw new InvalidOperationException(text);
}
