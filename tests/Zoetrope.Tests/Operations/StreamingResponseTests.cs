using System.Net;
using Zoetrope.Errors;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

public sealed class StreamingResponseTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4; codecs=x\r\nX-Request-Id: r-1\r\n";

    [Fact]
    public async Task The_call_ends_with_the_headers_and_the_body_follows_later()
    {
        var release = new TaskCompletionSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "Content-Length: 6\r\n\r\nabc");
            await release.Task;
            await exchange.WriteAsync("def");
        });
        using var client = DemoClient.At(server.Url);

        await using var response = await client.GetContentAsync("a");

        Assert.Equal(("video/mp4", 6L, HttpStatusCode.OK, "r-1"), (response.ContentType, response.Length, response.StatusCode, response.Headers.Get("X-Request-Id")));
        var buffer = new byte[3];
        await response.Stream.ReadExactlyAsync(buffer);
        Assert.Equal("abc"u8, buffer);
        release.SetResult();
        Assert.Equal(3, response.Stream.Read(buffer, 0, 3));
        Assert.Equal("def"u8, buffer);
        Assert.Equal(0, await response.Stream.ReadAsync(buffer));
        Assert.Contains("\r\nAccept: video/mp4\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Events_are_read_as_they_come()
    {
        await using var server = new FakeServer(
            Raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n"));
        using var client = DemoClient.At(server.Url);

        await using var response = await client.GetContentAsync("a");
        using var reader = new StreamReader(response.Stream);

        Assert.Null(response.Length);
        Assert.Equal(["data: 1", "", "data: 2", ""], (await reader.ReadToEndAsync()).Split('\n')[..4]);
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_response_without_a_body_is_an_empty_stream(string text)
    {
        await using var server = new FakeServer(Raw(text));
        using var client = DemoClient.At(server.Url);

        await using var response = await client.GetContentAsync("a");

        Assert.Equal(0, await response.Stream.ReadAsync(new byte[1]));
        Assert.Null(response.ContentType);
    }

    [Fact]
    public async Task The_deadline_is_that_of_the_head_and_then_of_each_read()
    {
        var hung = new TaskCompletionSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "Content-Length: 6\r\n\r\nabc");
            hung.SetResult();
            await exchange.HangAsync();
        });
        var time = new FakeTime();
        using var client = DemoClient.At(server.Url, options => (options.TimeProvider, options.Timeout) = (time, TimeSpan.FromSeconds(10)));

        await using var response = await client.GetContentAsync("a");
        // A caller that is slow is not late.
        time.Advance(TimeSpan.FromHours(1));
        var buffer = new byte[3];
        await response.Stream.ReadExactlyAsync(buffer);
        await hung.Task;
        var exception = await Assert.ThrowsAsync<TransportException>(() => time.RunAsync(async () => await response.Stream.ReadAsync(buffer)));

        Assert.Equal(TransportFailure.TimedOut, exception.Failure);
        Assert.Contains("sent nothing for 00:00:10", exception.Message);
    }

    [Fact]
    public async Task A_head_that_does_not_come_is_given_up_at_the_deadline()
    {
        await using var server = new FakeServer(Hang);
        var time = new FakeTime();
        using var client =
            DemoClient.At(server.Url, options => (options.TimeProvider, options.Timeout, options.Attempts) = (time, TimeSpan.FromSeconds(10), 5));

        var exception = await Assert.ThrowsAsync<TransportException>(() => time.RunAsync(async () => (await client.GetContentAsync("a")).StatusCode));

        Assert.Equal(TransportFailure.TimedOut, exception.Failure);
    }

    [Fact]
    public async Task A_response_that_is_canceled_between_headers_and_body_is_closed()
    {
        using var content = new UnopenedContent();
        using var http = new HttpClient(new Responding(content));
        using var client = new DemoClient(new() { ApiKey = TestTransport.Key, HttpClient = http });

        await Assert.ThrowsAsync<OperationCanceledException>(() => client.GetContentAsync("a"));

        Assert.True(content.IsDisposed);
    }

    [Fact]
    public async Task A_read_can_be_canceled()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "Content-Length: 6\r\n\r\nabc");
            await exchange.HangAsync();
        });
        using var client = DemoClient.At(server.Url);
        await using var response = await client.GetContentAsync("a");
        await response.Stream.ReadExactlyAsync(new byte[3]);
        using var source = new CancellationTokenSource();

        var read = response.Stream.ReadAsync(new byte[3], source.Token);
        await source.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task A_stream_that_is_disposed_before_its_end_closes_the_connection()
    {
        var closed = new TaskCompletionSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "Content-Length: 6\r\n\r\nabc");
            await exchange.HangAsync();
            closed.SetResult();
        });
        using var client = DemoClient.At(server.Url);

        var response = await client.GetContentAsync("a");
        await response.DisposeAsync();

        await closed.Task;
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(async () => await response.Stream.ReadExactlyAsync(new byte[1]));
    }

    [Fact]
    public async Task A_stream_that_was_read_to_its_end_keeps_the_connection()
    {
        await using var server = new FakeServer(Reply(200, "abc"));
        var connections = new Connections();
        using var http = connections.CreateClient();
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);

        for (var i = 0; i < 3; i++)
        {
            await using var response = await client.GetContentAsync("a");
            await response.Stream.CopyToAsync(Stream.Null);
        }

        Assert.Equal(3, server.Requests.Length);
        Assert.Equal(1, connections.Count);
    }

    [Fact]
    public async Task A_saved_file_appears_when_it_is_complete()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeServer(Reply(200, "new content", "Content-Type: text/plain"));
        using var client = DemoClient.At(server.Url);
        var path = Path.Combine(folder.Path, "clip.mp4");
        await File.WriteAllTextAsync(path, "old");

        await using var response = await client.GetContentAsync("a");
        var saved = await response.SaveAsync(path);

        Assert.Equal(Path.GetFullPath(path), saved);
        Assert.Equal("new content", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("Content-Length: 6\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")]
    public async Task A_file_whose_body_breaks_off_does_not_appear(string rest)
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeServer(Raw(Head + rest));
        using var client = DemoClient.At(server.Url);
        var path = Path.Combine(folder.Path, "clip.mp4");
        await File.WriteAllTextAsync(path, "old");

        await using var response = await client.GetContentAsync("a");
        var exception = await Assert.ThrowsAsync<TransportException>(() => response.SaveAsync(path));

        Assert.Equal(TransportFailure.Broken, exception.Failure);
        Assert.StartsWith("Demo's response to GetContent broke off: ", exception.Message);
        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task A_body_may_be_as_large_as_allowed_and_no_larger(int size, bool fits)
    {
        await using var server = new FakeServer(Raw($"{Head}Transfer-Encoding: chunked\r\n\r\n{size:x}\r\n{new string('x', size)}\r\n0\r\n\r\n"));
        using var client = DemoClient.At(server.Url, options => options.MaxDownloadBytes = 10);

        await using var response = await client.GetContentAsync("a");
        var reading = async () => await response.Stream.CopyToAsync(Stream.Null);

        if (fits)
            await reading();
        else
            Assert.Equal(TransportFailure.TooLarge, (await Assert.ThrowsAsync<TransportException>(reading)).Failure);
    }

    [Fact]
    public async Task An_error_is_read_and_typed_before_there_is_a_stream()
    {
        await using var server = new FakeServer(Reply(404, """{"message":"no such asset"}"""));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException<Demo.Problem>>(() => client.GetContentAsync("a"));

        Assert.Equal("no such asset", exception.Details.Message);
    }

    private sealed class Responding(HttpContent content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
    }

    /// <summary>A body that the caller abandons when it is opened.</summary>
    private sealed class UnopenedContent : HttpContent
    {
        public bool IsDisposed { get; private set; }

        protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => throw new OperationCanceledException();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
