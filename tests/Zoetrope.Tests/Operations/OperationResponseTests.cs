using System.Net;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>What is made of responses that are read to their end.</summary>
public sealed class OperationResponseTests
{
    [Theory]
    [InlineData("\uFEFF{\"id\":\"a\"}", "application/json")]
    [InlineData(" \r\n{\"id\":\"a\"}\n", "application/problem+json; charset=utf-8")]
    [InlineData("{\"id\":\"a\"}", "text/plain")]
    public async Task JSON_is_read_whatever_is_around_it(string body, string contentType)
    {
        await using var server = new FakeServer(Reply(200, body, $"Content-Type: {contentType}"));
        using var client = DemoClient.At(server.Url);

        Assert.Equal("a", (await client.GetAssetAsync("a")).Id);
    }

    [Theory]
    [InlineData("", "Demo's response to GetAsset (200) has no body, although its specification promises JSON.")]
    [InlineData("<html>Sign in</html>", "Demo's response to GetAsset (200, text/html) cannot be read as JSON: ")]
    [InlineData("{\"id\":\"a", "cannot be read as JSON: ")]
    [InlineData(" ", "cannot be read as JSON: ")]
    [InlineData("{} {}", "cannot be read as JSON: ")]
    [InlineData("[]", "does not have the type in its specification: it is an array, but objects were expected. It was: []")]
    [InlineData("null", "does not have the type in its specification: it is null, but objects were expected. It was: null")]
    public async Task A_response_of_an_unexpected_type_is_reported_with_its_content(string body, string message)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: text/html"));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a"));

        Assert.Equal(TransportFailure.Malformed, exception.Failure);
        Assert.Contains(message, exception.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_memory_of_a_response_is_used_again_where_the_result_keeps_nothing_of_it()
    {
        var all = await AllocatedAsync($$"""{"id":"a","tags":["b"]{{new string(' ', 4000)}}}""");
        var some = await AllocatedAsync("""{"id":"a","tags":["b"]}""");

        Assert.InRange(all - some, -1000, 1000);
    }

    [Fact]
    public async Task A_response_that_resembles_the_key_is_unchanged()
    {
        await using var server = new FakeServer(Reply(200, """{"id":"password"}"""));
        using var client = DemoClient.At(server.Url, static options => (options.ApiKey, options.ApiKeyLocation) = ("admin:password", ApiKeyLocation.Basic));

        Assert.Equal("password", (await client.GetAssetAsync("a")).Id);
        Assert.Equal("""{"id":"password"}""", await client.GetHealthAsync());
    }

    [Theory]
    [InlineData("[\"secret-abcdefgh\"]", "It was: [\"***\"]")]
    [InlineData("secret-abcdefgh", "It was: ***")]
    public async Task A_key_in_an_unreadable_response_is_redacted(string body, string message)
    {
        await using var server = new FakeServer(Reply(200, body), Reply(200, new string('x', 190) + body));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a"));
        var cut = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a"));

        Assert.EndsWith(message, exception.Message);
        Assert.DoesNotContain("secret", exception.ToString());
        Assert.DoesNotContain("secret", cut.ToString());
    }

    [Fact]
    public async Task An_unexpected_body_may_never_end()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
            await exchange.HangAsync();
        });
        var time = new FakeTime();
        using var client = DemoClient.At(server.Url, options => options.TimeProvider = time);

        await client.DeleteAssetAsync("a");

        Assert.Empty(time.Fired);
    }

    [Theory]
    [InlineData(304)]
    [InlineData(300)]
    public async Task A_redirect_status_without_a_location_is_not_a_redirect(int status)
    {
        await using var server = new FakeServer(Raw($"HTTP/1.1 {status} Status\r\nContent-Length: 0\r\n\r\n"));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a"));

        Assert.Equal(TransportFailure.Malformed, exception.Failure);
        Assert.Equal($"Demo responded with {status} at {server.Url}assets/a, which is neither a result nor an error.", exception.Message);
    }

    [Fact]
    public async Task A_missing_body_is_reported_where_the_specification_promises_one()
    {
        await using var server = new FakeServer(Raw("HTTP/1.1 204 No Content\r\n\r\n"));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a"));

        Assert.Contains("(204) has no body", exception.Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nnull\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\u00ef\u00bb\u00bf")]
    public async Task An_empty_optional_response_is_null(string text)
    {
        var reply = new Func<Exchange, Task>(async exchange =>
        {
            await exchange.WriteAsync(Encoding.Latin1.GetBytes(text.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));
            exchange.Close();
        });
        await using var server = new FakeServer(reply);
        using var client = DemoClient.At(server.Url);

        Assert.Null(await client.CreateAssetAsync(new()));
        Assert.Null(await client.CreateTokenAsync(new() { GrantType = "x" }));
    }

    [Fact]
    public async Task A_nonempty_optional_response_is_read()
    {
        await using var server = new FakeServer(Reply(201, """{"id":"a"}"""));
        using var client = DemoClient.At(server.Url);

        Assert.Equal("a", (await client.CreateAssetAsync(new()))?.Id);
        Assert.Equal("""{"id":"a"}""", (await client.CreateTokenAsync(new() { GrantType = "x" })).ToString());
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"ok\":1}\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\ncut off")]
    public async Task An_unexpected_body_is_ignored(string text)
    {
        await using var server = new FakeServer(Raw(text));
        using var client = DemoClient.At(server.Url, options => options.MaxResponseBytes = 5);

        await client.DeleteAssetAsync("a");

        Assert.StartsWith("DELETE /assets/a HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("text/plain", "okay", "okay")]
    [InlineData("text/plain; charset=utf-8", "\u00ef\u00bb\u00bfna\u00c3\u00afve", "naïve")]
    [InlineData("text/plain; charset=\"ISO-8859-1\"", "na\u00efve", "naïve")]
    [InlineData("text/plain; charset=klingon", "na\u00c3\u00afve", "naïve")]
    [InlineData("text/plain; charset=us-ascii", "\u00ff\u00feh\0i\0", "hi")]
    [InlineData("text/plain", "", "")]
    public async Task Text_is_read_in_its_charset(string contentType, string latin1, string expected)
    {
        var bytes = Encoding.Latin1.GetBytes(latin1);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {bytes.Length}\r\n\r\n");
            await exchange.WriteAsync(bytes);
        });
        using var client = DemoClient.At(server.Url);

        Assert.Equal(expected, await client.GetHealthAsync());
    }

    [Fact]
    public async Task A_response_that_is_too_large_is_not_read()
    {
        await using var server = new FakeServer(Reply(200, $$"""{"id":"{{new string('x', 200)}}"}"""));
        using var client = DemoClient.At(server.Url, options => options.MaxResponseBytes = 100);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a"));

        Assert.Equal(TransportFailure.TooLarge, exception.Failure);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("<html><title>Bad Gateway</title></html>")]
    [InlineData("")]
    [InlineData("{\"message\":\"cut")]
    public async Task An_error_whose_body_is_not_of_its_type_is_a_plain_one(string body)
    {
        await using var server = new FakeServer(Reply(400, body));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => client.CreateAssetAsync(new()));

        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
    }

    [Fact]
    public async Task An_error_has_the_same_message_whether_or_not_it_is_typed()
    {
        await using var server = new FakeServer(Reply(503, """{"message":"busy","code":"full"}""", "Retry-After: 7", "X-Demo-Request-Id: r-9"));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException<Demo.Problem>>(() => client.CreateAssetAsync(new()));

        Assert.Equal(("Demo", "busy", "full", "r-9"), (exception.Provider, exception.Error.Message, exception.Error.Type, exception.Error.RequestId));
        Assert.Equal(TimeSpan.FromSeconds(7), exception.RetryAfter);
        Assert.Equal("Demo responded with 503: busy (request r-9)", exception.Message);
        Assert.Equal("""{"message":"busy","code":"full"}""", RawJson.From(exception.Details).ToString());
        Assert.Single(server.Requests);
    }

    // Everything completes at once, and so on this thread.
    private static async Task<long> AllocatedAsync(string body)
    {
        using var http = new HttpClient(new Responding(Encoding.UTF8.GetBytes(body)));
        using var client = DemoClient.At(new Uri("https://demo.test/"), options => options.HttpClient = http);
        await client.GetAssetAsync("a");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var asset = await client.GetAssetAsync("a");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal("b", Assert.Single(asset.Tags!));
        return allocated;
    }

    private sealed class Responding(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(body), RequestMessage = request });
    }
}
