using System.Net;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Operations;
using Zoetrope.Uploads;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>What is read while it is sent: when it is sent again, and what happens when it cannot be read.</summary>
public sealed class UploadTests
{
    private static readonly Func<Exchange, Task> TooMany = Reply(429, """{"message":"slow down"}""", "Retry-After: 0");

    [Fact]
    public async Task A_stream_that_can_be_read_once_is_never_sent_twice()
    {
        await using var server = new FakeServer(TooMany, Reply(200, "{}"));
        using var client = Client(server.Url);
        var stream = new OneShotStream("abc"u8.ToArray());
        var file = UploadFile.FromStream(stream, "a.bin");

        var refused = await Assert.ThrowsAsync<ServiceException>(() => client.PutContentAsync("a", file));
        var again = await Assert.ThrowsAsync<TransportException>(() => client.PutContentAsync("a", file));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TransportFailure.Refused, again.Failure);
        Assert.Contains("'a.bin' was sent before and cannot be read again. Nothing was sent.", again.Message);
        Assert.EndsWith("abc", Assert.Single(server.Requests));
        Assert.False(stream.IsDisposed);
    }

    [Fact]
    public async Task A_stream_that_was_not_begun_is_sent_when_a_connection_is_made_at_last()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var connections = new Connections(static tries => tries > 1 ? null : new HttpRequestException(HttpRequestError.ConnectionError, "no route"));
        using var http = connections.CreateClient();
        using var client = Client(server.Url, options => options.HttpClient = http);

        await client.PutContentAsync("a", UploadFile.FromStream(new OneShotStream("abc"u8.ToArray()), "a.bin"));

        Assert.Equal(2, connections.Count);
        Assert.EndsWith("abc", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task A_stream_that_can_seek_is_sent_again_from_where_it_was()
    {
        await using var server = new FakeServer(TooMany, Reply(200, "{}"));
        using var client = Client(server.Url);
        using var stream = new MemoryStream("xxabc"u8.ToArray()) { Position = 2 };

        await client.PutContentAsync("a", UploadFile.FromStream(stream, "a.bin"));

        Assert.All(server.Requests, static request => Assert.EndsWith("\r\n\r\nabc", request));
        Assert.Equal(2, server.Requests.Length);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task A_file_is_sent_again_and_is_closed_after_it()
    {
        var path = Path.Combine(Path.GetTempPath(), $"zoetrope-{Guid.NewGuid():N}.png");
        await File.WriteAllTextAsync(path, "picture");
        try
        {
            await using var server = new FakeServer(TooMany, Reply(200, "{}"));
            using var client = Client(server.Url);

            await client.UploadAssetAsync(new() { File = UploadFile.FromFile(path) });

            Assert.Equal(2, server.Requests.Length);
            Assert.All(
                server.Requests,
                request => Assert.Contains($"filename=\"{Path.GetFileName(path)}\"\r\nContent-Type: image/png\r\n\r\npicture\r\n", request));
            using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_missing_file_is_reported_before_anything_is_sent()
    {
        var path = Path.Combine(Path.GetTempPath(), $"zoetrope-{Guid.NewGuid():N}.png");
        Assert.Throws<FileNotFoundException>(() => UploadFile.FromFile(path));
        await File.WriteAllTextAsync(path, "picture");
        var file = UploadFile.FromFile(path);
        File.Delete(path);
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.UploadAssetAsync(new() { File = file }));

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.StartsWith($"'{Path.GetFileName(path)}' cannot be opened: ", exception.Message);
        Assert.EndsWith(" Nothing was sent.", exception.Message);
        Assert.IsType<FileNotFoundException>(exception.InnerException);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_in_two_parts_is_refused(bool canSeek)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = Client(server.Url);
        using Stream stream = canSeek ? new MemoryStream("abc"u8.ToArray()) : new OneShotStream("abc"u8.ToArray());
        var call = new OperationCall(HttpMethod.Post, "Test")
            .Literal("/x")
            .File("a", UploadFile.FromStream(stream, "a.bin"))
            .File("b", UploadFile.FromStream(stream, "b.bin"));

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(call));

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.StartsWith("The stream of 'b.bin' is used in two parts", exception.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Bytes_in_two_parts_are_sent_twice()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = Client(server.Url);
        var file = UploadFile.FromBytes("abc"u8.ToArray(), "a.bin");

        await client.SendAsync(new OperationCall(HttpMethod.Post, "Test").Literal("/x").File("a", file).File("b", file));

        Assert.Equal(3, Assert.Single(server.Requests).Split("\r\n\r\nabc\r\n").Length);
    }

    [Fact]
    public async Task A_failing_stream_is_reported_as_such_and_not_sent_again()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = Client(server.Url);
        var stream = new OneShotStream(new byte[10], reads => reads < 3 ? Task.CompletedTask : throw new IOException("the disk is gone"));

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.PutContentAsync("a", UploadFile.FromStream(stream, "a.bin")));

        Assert.Equal(TransportFailure.Broken, exception.Failure);
        Assert.Contains("was not sent completely: 'a.bin' cannot be read: the disk is gone", exception.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_deadline_starts_anew_with_each_piece_that_is_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var time = new FakeTime();
        using var client = Client(server.Url, options => (options.TimeProvider, options.Timeout) = (time, TimeSpan.FromSeconds(10)));
        // Six pieces, each of which takes most of the time.
        var stream = new OneShotStream(new byte[12], _ =>
        {
            time.Advance(TimeSpan.FromSeconds(9));
            return Task.CompletedTask;
        });

        await client.PutContentAsync("a", UploadFile.FromStream(stream, "a.bin"));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stream_that_stops_is_given_up_at_the_deadline()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var time = new FakeTime();
        using var client = Client(server.Url, options => (options.TimeProvider, options.Timeout) = (time, TimeSpan.FromSeconds(10)));
        var stream = new OneShotStream(new byte[12], reads =>
        {
            time.Advance(TimeSpan.FromSeconds(reads < 2 ? 9 : 11));
            return Task.CompletedTask;
        });

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.PutContentAsync("a", UploadFile.FromStream(stream, "a.bin")));

        Assert.Equal(TransportFailure.TimedOut, exception.Failure);
    }

    [Theory]
    [InlineData("video/mp4\r\nX: 1")]
    [InlineData("vidéo/mp4")]
    public void A_media_type_that_cannot_be_in_a_header_is_refused(string contentType) =>
        Assert.Throws<ArgumentException>(() => UploadFile.FromBytes([1], "a", contentType));

    [Fact]
    public void A_stream_that_cannot_be_read_is_refused()
    {
        using var stream = new MemoryStream();
        stream.Close();

        Assert.Throws<ArgumentException>(() => UploadFile.FromStream(stream, "a"));
    }

    // Delays fire at once, deadlines do not.
    private static DemoClient Client(Uri url, Action<ApiClientOptions>? configure = null) => DemoClient.At(url, options =>
    {
        options.TimeProvider = new FakeTime { FireAtOnce = TimeSpan.FromSeconds(5) };
        configure?.Invoke(options);
    });
}
