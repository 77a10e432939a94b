using System.Net;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>The way around a document that is wrong: any call, under the same rules as all others.</summary>
public sealed class RawCallTests
{
    [Fact]
    public async Task A_raw_call_gives_status_headers_and_body()
    {
        await using var server = new FakeServer(Reply(206, "PNG", "Content-Type: image/png", "X-Request-Id: r-1"));
        using var client = DemoClient.At(server.Url, options => options.Headers["X-App"] = "mine");

        await using var response =
            await client.SendRawAsync(HttpMethod.Get, "/files/a%2Fb/content?size=1", query: new Dictionary<string, string> { ["q"] = "a b&c" });

        Assert.Equal((HttpStatusCode.PartialContent, "image/png", "r-1"), (response.StatusCode, response.ContentType, response.Headers.Get("X-Request-Id")));
        Assert.Equal("PNG", await response.ReadTextAsync());
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /files/a%2Fb/content?size=1&q=a%20b%26c HTTP/1.1\r\n", request);
        foreach (var header in new[] { "Authorization: Key " + TestTransport.Key, "X-App: mine", "Accept: */*" })
            Assert.Contains("\r\n" + header + "\r\n", request);
    }

    [Fact]
    public async Task It_sends_any_content_with_its_headers()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        using var form = new MultipartFormDataContent("b") { { new StringContent("x"), "a" } };
        form.Headers.ContentLanguage.Add("de");

        using var response = await client.SendRawAsync(HttpMethod.Post, "edits", form);
        using var json = await client.SendRawAsync(HttpMethod.Patch, "edits", new StringContent("""{"a":1}""", Encoding.UTF8, "application/json"));

        Assert.Equal("{}", (await json.ReadJsonAsync()).ToString());
        Assert.StartsWith("POST /edits HTTP/1.1\r\n", server.Requests[0]);
        Assert.Contains("\r\nContent-Type: multipart/form-data; boundary=\"b\"\r\n", server.Requests[0]);
        Assert.Contains("\r\nContent-Language: de\r\n", server.Requests[0]);
        Assert.Contains("name=a\r\n\r\nx\r\n", server.Requests[0]);
        Assert.Contains("\r\nContent-Type: application/json; charset=utf-8\r\n", server.Requests[1]);
        Assert.EndsWith("""{"a":1}""", server.Requests[1]);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(304)]
    public async Task Responses_that_are_not_errors_are_returned_and_redirects_are_not_followed(int status)
    {
        await using var server = new FakeServer(Raw($"HTTP/1.1 {status} Status\r\nLocation: https://elsewhere.test/a\r\nContent-Length: 0\r\n\r\n"));
        using var client = DemoClient.At(server.Url);

        await using var response = await client.SendRawAsync(HttpMethod.Get, "/a");

        Assert.Equal(((HttpStatusCode)status, "https://elsewhere.test/a"), (response.StatusCode, response.Headers.Get("Location")));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Errors_are_thrown_as_those_of_all_calls_and_without_the_key()
    {
        await using var server = new FakeServer(Reply(404, $$"""{"message":"no {{TestTransport.Key}}"}"""));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => client.SendRawAsync(HttpMethod.Get, "/a"));

        Assert.Equal((HttpStatusCode.NotFound, "no ***"), (exception.StatusCode, exception.Error.Message));
        Assert.DoesNotContain(TestTransport.Key, exception.ToString());
    }

    [Theory]
    [InlineData("https://elsewhere.test/a")]
    [InlineData("http://api.demo.test/v1/a")]
    [InlineData("https://api.demo.test.elsewhere.test/a")]
    [InlineData("https://user@files.demo.test/a")]
    [InlineData("https://")]
    public async Task An_address_that_the_key_may_not_go_to_is_refused(string address)
    {
        using var client = new DemoClient(new() { ApiKey = TestTransport.Key });

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendRawAsync(HttpMethod.Get, address));

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.EndsWith("othing was sent.", exception.Message);
    }

    [Fact]
    public async Task A_whole_address_at_the_server_is_called_as_it_is()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url, options => options.ApiKeyLocation = ApiKeyLocation.Query("key"));

        using var response = await client.SendRawAsync(HttpMethod.Get, server.Url + "next?page=2");

        Assert.StartsWith($"GET /next?page=2&key={Uri.EscapeDataString(TestTransport.Key)} HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a/%2E%2e/b")]
    [InlineData("/./a")]
    [InlineData("..")]
    [InlineData("/a#b")]
    [InlineData("/a\\b")]
    [InlineData("/a b")]
    [InlineData("/a\r\nHost: x")]
    public async Task A_path_that_leads_elsewhere_is_refused(string path)
    {
        await using var server = new FakeServer();
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => client.SendRawAsync(HttpMethod.Get, path));

        Assert.Equal("path", exception.ParamName);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Without_a_key_it_is_sent_without_one()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url, options => options.ApiKey = null);

        using var response = await client.SendRawAsync(HttpMethod.Get, "/a");

        Assert.DoesNotContain("Authorization", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task It_is_sent_again_only_where_it_was_not_accepted_and_its_content_is_the_same(bool isInMemory, int sent)
    {
        await using var server = new FakeServer(Reply(429, "{}", "Retry-After: 0"), Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        HttpContent content = isInMemory ? new StringContent("abc") : new StreamContent(new OneShotStream("abc"u8.ToArray()));

        var call = client.SendRawAsync(HttpMethod.Post, "/a", content);

        if (isInMemory)
            (await call).Dispose();
        else
            await Assert.ThrowsAsync<ServiceException>(() => call);
        Assert.Equal(sent, server.Requests.Length);
        Assert.All(server.Requests, request => Assert.Contains("abc", request));
    }

    [Fact]
    public async Task A_broken_connection_is_not_a_reason_to_send_again()
    {
        await using var server = new FakeServer(Reset);
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendRawAsync(HttpMethod.Post, "/a", new StringContent("abc")));

        Assert.Equal(TransportFailure.Broken, exception.Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Unreadable_content_is_distinguished_from_a_broken_connection()
    {
        await using var server = new FakeServer(Hang);
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendRawAsync(HttpMethod.Post, "/a", new StreamContent(new BrokenStream())));

        Assert.Contains("the content cannot be read: The disk is gone.", exception.Message);
    }

    [Fact]
    public async Task Options_of_the_call_count()
    {
        await using var server = new FakeServer(Reply(200, "{}", "X-Page: 3"));
        using var client = DemoClient.At(server.Url);
        var page = "";

        using var response = await client.SendRawAsync(
            HttpMethod.Get, "/a", options: new() { Headers = { ["Accept"] = "text/csv", ["X-Trace"] = "t" }, OnResponse = head => page = head.Get("X-Page") });

        Assert.Equal("3", page);
        Assert.Contains("\r\nAccept: text/csv\r\n", server.Requests[0]);
        Assert.Contains("\r\nX-Trace: t\r\n", server.Requests[0]);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => client.SendRawAsync(HttpMethod.Get, "/a", cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task What_is_larger_than_fits_in_memory_is_read_as_a_stream()
    {
        await using var server = new FakeServer(Reply(200, new string('x', 2000), "Content-Type: text/plain"));
        using var client = DemoClient.At(server.Url, options => options.MaxResponseBytes = 1000);

        using var response = await client.SendRawAsync(HttpMethod.Get, "/a");
        using var again = await client.SendRawAsync(HttpMethod.Get, "/a");

        Assert.Equal(TransportFailure.TooLarge, (await Assert.ThrowsAsync<TransportException>(() => response.ReadTextAsync())).Failure);
        Assert.Equal(2000, (await new StreamReader(again.Stream).ReadToEndAsync()).Length);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The disk is gone.");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("The disk is gone.");
    }
}
