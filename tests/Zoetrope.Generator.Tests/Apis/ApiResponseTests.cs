using System.Net;
using Microsoft.CodeAnalysis;
using Zoetrope.Errors;
using Zoetrope.Http;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>What can come is never thrown away: responses without content in the document, without a body, redirects and 304, against a real socket.</summary>
public class ApiResponseTests
{
    private const string Json =
        "\"content\": {\"application/json\": {\"schema\": {\"type\": \"object\", \"required\": [\"a\"], \"properties\": {\"a\": {\"type\": \"string\"}}}}}";

    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(string.Join(
            ",",
            Operation("drop", "delete", "\"204\": {\"description\": \"d\", " + Json + "}"),
            Operation("reset", "post", "\"205\": {\"description\": \"d\", " + Json + "}"),
            Operation("put", "put", "\"204\": {\"description\": \"d\", " + Json + "}, \"200\": {\"description\": \"d\", " + Json + "}"),
            Operation("offset", "patch", "\"204\": {\"description\": \"d\", \"headers\": {\"Upload-Offset\": {\"schema\": {\"type\": \"integer\"}}}}"),
            Operation("look", "head", "\"200\": {\"description\": \"d\", " + Json + "}"),
            Operation("say200", "get", "\"200\": {\"description\": \"Success\"}"),
            Operation("say2XX", "get", "\"2XX\": {\"description\": \"Success\"}"),
            Operation("say202", "post", "\"202\": {\"description\": \"Begun\"}, \"204\": {\"description\": \"d\"}"),
            Operation("sayDefault", "get", "\"default\": {\"description\": \"Anything\"}"),
            Operation("sayNothing", "get", ""),
            Operation("sayErrors", "get", "\"404\": {\"description\": \"None\"}"),
            Operation("trace", "trace", "\"200\": {\"description\": \"d\"}"),
            Operation("options", "options", "\"200\": {\"description\": \"d\"}"),
            Operation("go307", "get", "\"307\": {\"description\": \"Elsewhere\"}"),
            Operation(
                "go302",
                "get",
                "\"302\": {\"description\": \"Elsewhere\", \"content\": {\"text/html\": {}}}, \"default\": {\"description\": \"Wrong\", " + Json + "}"),
            Operation("read", "get", "\"200\": {\"description\": \"d\", " + Json + "}, \"304\": {\"description\": \"Not modified\", " + Json + "}"),
            Operation("plain", "get", "\"200\": {\"description\": \"d\", " + Json + "}"))),
        """
            public static async Task<string> Drop(DemoClient demo) { await demo.DropAsync(); return "done"; }
            public static async Task<string> Reset(DemoClient demo) { await demo.ResetAsync(); return "done"; }
            public static async Task<string> Put(DemoClient demo) => (await demo.PutAsync())?.A ?? "nothing";
            public static async Task<string> Offset(DemoClient demo) => (await demo.OffsetAsync()).Get("Upload-Offset") ?? "none";
            public static async Task<string> Look(DemoClient demo)
            {
                ResponseHeaders head = await demo.LookAsync();
                return (int)head.StatusCode + " " + head.Get("Content-Length") + " " + head.Get("ETag");
            }
            public static Task<string> Say200(DemoClient demo) => TextOf(demo.Say200Async());
            public static Task<string> Say2XX(DemoClient demo) => TextOf(demo.Say2XXAsync());
            public static Task<string> Say202(DemoClient demo) => TextOf(demo.Say202Async());
            public static Task<string> SayDefault(DemoClient demo) => TextOf(demo.SayDefaultAsync());
            public static Task<string> SayNothing(DemoClient demo) => TextOf(demo.SayNothingAsync());
            public static Task<string> SayErrors(DemoClient demo) => TextOf(demo.SayErrorsAsync());
            public static Task<string> Trace(DemoClient demo) => TextOf(demo.TraceAsync());
            public static Task<string> Options(DemoClient demo) => TextOf(demo.OptionsAsync());
            public static async Task<string> Json(DemoClient demo)
            {
                await using var response = await demo.Say200Async();
                return (await response.ReadJsonAsync()).ToString();
            }
            public static async Task<string> Left(DemoClient demo)
            {
                for (var i = 0; i < 5; i++)
                    await demo.Say200Async();
                return "done";
            }
            public static async Task<string> First(DemoClient demo)
            {
                await using var response = await demo.Say200Async();
                var buffer = new byte[9];
                await response.Stream.ReadExactlyAsync(buffer);
                return Encoding.UTF8.GetString(buffer);
            }
            public static async Task<string> Length(DemoClient demo)
            {
                await using var response = await demo.Say200Async();
                return (await response.ReadTextAsync()).Length.ToString();
            }
            public static Task<string> Go307(DemoClient demo) => Where(demo.Go307Async());
            public static Task<string> Go302(DemoClient demo) => Where(demo.Go302Async());
            public static async Task<string> Read(DemoClient demo) => (await demo.ReadAsync()).A;
            public static async Task<string> Plain(DemoClient demo) => (await demo.PlainAsync()).A;
            private static async Task<string> TextOf(Task<StreamingResponse> call)
            {
                await using var response = await call;
                return (int)response.StatusCode + " " + response.ContentType + " " + await response.ReadTextAsync();
            }
            private static async Task<string> Where(Task<StreamingResponse> call)
            {
                await using var response = await call;
                return (int)response.StatusCode + " " + response.Headers.Get("Location");
            }
        """);

    [Theory]
    [InlineData("Drop", 204, "done")]
    [InlineData("Reset", 205, "done")]
    [InlineData("Put", 204, "nothing")]
    [InlineData("Offset", 204, "12", "Upload-Offset: 12")]
    public async Task A_status_without_a_body_is_a_success_whatever_its_document_describes(string call, int status, string expected, params string[] headers)
    {
        await using var server =
            new FakeServer(Raw($"HTTP/1.1 {status} Status\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: 0\r\n\r\n"));

        Assert.Equal(expected, await _calls.RunAsync(server, call));
    }

    [Theory]
    [InlineData("DropAsync", "Task")]
    [InlineData("ResetAsync", "Task")]
    [InlineData("PutAsync", "Task<Result>")]
    [InlineData("OffsetAsync", "Task<ResponseHeaders>")]
    [InlineData("LookAsync", "Task<ResponseHeaders>")]
    [InlineData("Say200Async", "Task<StreamingResponse>")]
    [InlineData("ReadAsync", "Task<Result>")]
    public void What_a_method_gives(string method, string type) => Assert.Equal(type, _calls.Gives(method));

    [Fact]
    public async Task HEAD_gives_the_status_and_the_headers()
    {
        await using var server = new FakeServer(Raw("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nETag: \"e1\"\r\n\r\n"));

        Assert.Equal("200 12345 \"e1\"", await _calls.RunAsync(server, "Look"));
    }

    [Theory]
    [InlineData("Say200", 200)]
    [InlineData("Say2XX", 206)]
    [InlineData("Say202", 202)]
    [InlineData("SayDefault", 200)]
    [InlineData("SayNothing", 201)]
    [InlineData("SayErrors", 200)]
    [InlineData("Trace", 200)]
    [InlineData("Options", 200)]
    public async Task What_the_document_does_not_describe_is_the_callers(string call, int status)
    {
        await using var server = new FakeServer(Reply(status, "a,b\n", "Content-Type: text/csv"));

        Assert.Equal($"{status} text/csv a,b\n", await _calls.RunAsync(server, call));

        Assert.Contains("\r\nAccept: */*\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task It_can_be_read_as_JSON_and_what_is_none_is_not_lost()
    {
        await using var server = new FakeServer(Reply(200, """{"id": 17454220438242315174}"""), Reply(200, "<video>", "Content-Type: text/html"));

        Assert.Equal("""{"id":17454220438242315174}""", await _calls.RunAsync(server, "Json"));
        var exception = await Assert.ThrowsAsync<TransportException>(() => _calls.RunAsync(server, "Json"));

        Assert.Equal(
            (TransportFailure.Malformed, HttpStatusCode.OK, "<video>"),
            (exception.Failure, exception.StatusCode, System.Text.Encoding.UTF8.GetString(exception.Body.Span)));
    }

    [Theory]
    [InlineData("Content-Length: 2\r\n\r\n{}")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    public async Task What_is_left_alone_keeps_no_connection(string rest)
    {
        await using var server = new FakeServer(exchange => exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + rest));
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });

        Assert.Equal("done", await _calls.RunAsync(server, "Left", options => (options.HttpClient, options.Timeout) = (http, TimeSpan.FromSeconds(20))));

        Assert.Equal(5, server.Requests.Length);
    }

    [Fact]
    public async Task Events_that_nobody_described_come_one_by_one()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
            await exchange.HangAsync();
        });

        Assert.Equal("data: 1\n\n", await _calls.RunAsync(server, "First"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64 * 1024)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(300_000)]
    public async Task Bodies_of_every_size_are_whole(int length)
    {
        var body = new string('x', length);
        await using var server = new FakeServer(Reply(200, body), exchange =>
            exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n"));

        Assert.Equal(length.ToString(), await _calls.RunAsync(server, "Length"));
        Assert.Equal(length.ToString(), await _calls.RunAsync(server, "Length"));
    }

    [Fact]
    public async Task A_body_that_breaks_off_fails_who_reads_it_and_not_who_does_not()
    {
        await using var server = new FakeServer(Raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"cut\": 1"));

        Assert.Equal("{\"cut\": 1", await _calls.RunAsync(server, "First"));
        var exception = await Assert.ThrowsAsync<TransportException>(() => _calls.RunAsync(server, "Length"));

        Assert.Equal(TransportFailure.Broken, exception.Failure);
    }

    [Theory]
    [InlineData("Go307", 307)]
    [InlineData("Go302", 302)]
    public async Task A_redirect_that_is_all_that_an_operation_gives_is_given(string call, int status)
    {
        await using var server = new FakeServer(Reply(status, "", "Location: https://files.example/a?signature=s"));

        Assert.Equal($"{status} https://files.example/a?signature=s", await _calls.RunAsync(server, call));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Beside_a_redirect_the_one_for_all_statuses_is_an_error()
    {
        await using var server = new FakeServer(Reply(404, """{"a":"gone"}"""));

        var exception = await Assert.ThrowsAnyAsync<ServiceException>(() => _calls.RunAsync(server, "Go302"));

        Assert.Equal("ServiceException`1", exception.GetType().Name);
    }

    [Theory]
    [InlineData("https://files.example/a", "https://files.example/a")]
    [InlineData("/b?c=d", "b?c=d")]
    [InlineData("/b?key=secret-12345", "b?key=***")]
    public async Task A_redirect_that_nobody_described_says_where_it_leads(string location, string expected)
    {
        await using var server = new FakeServer(Reply(302, "", "Location: " + location));

        var exception = await Assert.ThrowsAsync<TransportException>(
            () => _calls.RunAsync(server, "Plain", options => options.ApiKeyLocation = ApiKeyLocation.Query("key")));

        Assert.Equal(
            (TransportFailure.Redirected, HttpStatusCode.Found, new Uri(server.Url, expected)),
            (exception.Failure, exception.StatusCode, exception.Location));
        Assert.DoesNotContain("files.example", exception.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_documented_304_is_an_outcome_of_its_own()
    {
        await using var server = new FakeServer(Raw("HTTP/1.1 304 Not Modified\r\nETag: \"e\"\r\n\r\n"), Reply(200, """{"a":"x"}"""));

        var exception = await Assert.ThrowsAsync<NotModifiedException>(() => _calls.RunAsync(server, "Read"));

        Assert.Equal(
            (HttpStatusCode.NotModified, "Demo responded with 304: the requested resource has not changed"),
            (exception.StatusCode, exception.Message));
        Assert.Equal("x", await _calls.RunAsync(server, "Read"));
    }

    [Theory]
    [InlineData(304)]
    [InlineData(300)]
    public async Task Another_status_of_3xx_is_reported(int status)
    {
        await using var server = new FakeServer(Raw($"HTTP/1.1 {status} Status\r\nContent-Length: 0\r\n\r\n"));

        var exception = await Assert.ThrowsAsync<TransportException>(() => _calls.RunAsync(server, "Plain"));

        Assert.Equal((HttpStatusCode)status, exception.StatusCode);
    }

    [Fact]
    public async Task What_came_in_another_form_than_promised_is_not_lost()
    {
        await using var server = new FakeServer(Reply(200, """[{"id":"paid","key":"secret-12345"}]"""), Reply(200, "paid, by secret-12345"));

        foreach (var (call, expected) in new[] { ("Plain", """[{"id":"paid","key":"***"}]"""), ("Json", "paid, by ***") })
        {
            var exception =
                await Assert.ThrowsAsync<TransportException>(() => _calls.RunAsync(server, call, options => options.ApiKeyLocation = ApiKeyLocation.Bearer));

            Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(exception.Body.Span));
            Assert.Equal((TransportFailure.Malformed, HttpStatusCode.OK), (exception.Failure, exception.StatusCode));
            Assert.DoesNotContain("secret", exception.ToString());
        }
    }

    [Fact]
    public void What_is_not_described_is_reported_as_information()
    {
        var reported = _calls.Generated.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0138").ToList();

        Assert.All(reported, diagnostic => Assert.Equal(DiagnosticSeverity.Info, diagnostic.DefaultSeverity));
        Assert.Equal(
            ["GET /say200", "GET /say2XX", "GET /sayDefault", "GET /sayErrors", "GET /sayNothing", "OPTIONS /options", "POST /say202", "TRACE /trace"],
            reported.Select(diagnostic => diagnostic.GetMessage().Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.Empty(_calls.Generated.Diagnostics.Except(reported));
    }

    private static string Operation(string id, string method, string responses) =>
        $$"""
        "/{{id}}": {"{{method}}": {"operationId": "{{id}}", "responses": { {{responses}} } } }
        """;
}
