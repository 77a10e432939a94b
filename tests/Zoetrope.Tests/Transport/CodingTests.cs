using System.Net;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Media;

namespace Zoetrope.Tests;

/// <summary>What <c>Content-Encoding</c> says: understood where it is compression, and of no meaning everywhere else.</summary>
public sealed class CodingTests
{
    private const string Receipt =
        """{"request_id":"r-1","status":"IN_QUEUE","note":"a receipt that is long enough to be compressed, compressed, compressed"}""";

    public static TheoryData<string> Kinds => [.. Coded.Kinds];

    public static TheoryData<string, string> Plain
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var coding in (string[])[
                "identity",
                "utf-8",
                "none",
                "aws-chunked",
                "",
                "x-something",
                "gzip",
                "br",
                "deflate",
                "zstd",
                "gzip, br",
                "identity, identity"
            ])
            {
                foreach (var body in (string[])[Receipt, "[1]", "\"x\"", "12", "null"])
                    data.Add(coding, body);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_compressed_response_is_read(string kind)
    {
        await using var server = new FakeServer(Coded.Reply(kind, Receipt));
        using var transport = TestTransport.Create(server.Url);

        var response = await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal(Receipt, response.RequireJson().ToString());
        Assert.DoesNotContain("Accept-Encoding", Assert.Single(server.Requests));
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task A_plain_response_is_read_whatever_coding_it_claims(string coding, string body)
    {
        await using var server = new FakeServer(Coded.Reply(coding, Encoding.UTF8.GetBytes(body)));
        using var transport = TestTransport.Create(server.Url);

        var response = await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal(body, response.RequireJson().ToString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_compressed_error_is_read(string kind)
    {
        await using var server = new FakeServer(Coded.Reply(kind, """{"message":"the prompt is not allowed"}""", 422));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.Equal("the prompt is not allowed", exception.Service!.Error.Message);
        Assert.True(exception.WasNotAccepted);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, br")]
    public async Task A_small_response_that_is_large_is_bounded(string kind)
    {
        var bomb = Coded.Encode(kind, new byte[50_000_000]);
        await using var server = new FakeServer(Coded.Reply(kind, bomb), Coded.Reply(kind, bomb, 500));
        using var transport = TestTransport.Create(server.Url, null, static options => options.MaxResponseBytes = 100_000);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));
        var error = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(TransportFailure.TooLarge, exception.Failure);
        Assert.Equal(HttpStatusCode.InternalServerError, error.StatusCode);
        Assert.True(bomb.Length < 100_000);
        Assert.InRange(exception.Body.Length, 1, 100_000);
    }

    [Fact]
    public async Task A_compressed_body_that_unpacks_to_nothing_is_bounded_too()
    {
        // Empty blocks of deflate, one after the other.
        byte[] body = [.. Enumerable.Repeat((byte[])[0, 0, 0, 0xFF, 0xFF], 100_000).SelectMany(static block => block), 1, 0, 0, 0xFF, 0xFF];
        await using var server = new FakeServer(Coded.Reply("deflate", body));
        using var transport = TestTransport.Create(server.Url, null, static options => options.MaxResponseBytes = 600_000);
        using var small = TestTransport.Create(server.Url, null, static options => options.MaxResponseBytes = 100_000);

        var whole = await transport.SendAsync(TestTransport.Get(server.Url), default);
        var exception = await Assert.ThrowsAsync<TransportException>(() => small.SendAsync(TestTransport.Get(server.Url), default));

        Assert.True(whole.Body.IsEmpty);
        Assert.Equal(TransportFailure.TooLarge, exception.Failure);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Corrupt_compressed_content_is_a_broken_response_and_what_was_read_is_kept(string kind)
    {
        var content = Encoding.UTF8.GetBytes($$"""{"request_id":"r-1","noise":"{{Noise(30_000)}}"}""");
        var body = Coded.Encode(kind, content);
        body[body.Length / 2] ^= 0x55;
        body[(body.Length / 2) + 1] ^= 0xAA;
        await using var server = new FakeServer(Coded.Reply(kind, body, 200, "X-Request-Id: x-1"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        var reason = Assert.IsType<TransportException>(exception.InnerException);
        Assert.Equal((TransportFailure.Broken, HttpStatusCode.OK, "x-1"), (reason.Failure, reason.StatusCode, reason.RequestId));
        Assert.Contains($"its compressed content ({kind}) is corrupt", exception.Message);
        Assert.StartsWith("{\"request_id\":\"r-1\"", Encoding.UTF8.GetString(reason.Body.Span));
        Assert.False(exception.WasNotAccepted);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4000)]
    public async Task More_codings_than_are_undone_are_reported_and_lose_nothing(int count)
    {
        using var folder = new TemporaryFolder();
        var codings = string.Join(',', Enumerable.Repeat("br", count));
        var coded = Coded.Encode("gzip", "{\"id\":1}"u8.ToArray());
        await using var server = new FakeServer(Coded.Reply(codings, coded, 200, "x-request-id: r-1"));
        await using var failing = new FakeServer(Coded.Reply(codings, coded, 422, "x-request-id: r-1"));
        await using var plain = new FakeServer(Coded.Reply(codings, "{\"id\":1}"u8.ToArray()));
        using var transport = TestTransport.Create(server.Url);
        using var media = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url });
        using var api = DemoClient.At(server.Url);
        using var failed = TestTransport.Create(failing.Url);
        using var read = TestTransport.Create(plain.Url);

        var submit = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));
        var poll = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));
        var download = await Assert.ThrowsAsync<MediaDownloadException>(
            () => media.SaveAsync(new MediaFile { Url = server.Url + "a.mp4" }, Path.Combine(folder.Path, "a.mp4")));
        await using var response = await api.GetContentAsync("a");
        var stream = await Assert.ThrowsAsync<TransportException>(() => response.Stream.CopyToAsync(Stream.Null));
        var error = await Assert.ThrowsAsync<ServiceException>(() => failed.SendAsync(TestTransport.Get(failing.Url), default));

        Assert.All([submit.InnerException!, poll, download, stream], static exception => Assert.Contains("more than four codings", exception.Message));
        Assert.All(
            [(TransportException)submit.InnerException!, poll, stream],
            static exception => Assert.Equal((200, "r-1"), ((int)exception.StatusCode!, exception.RequestId)));
        Assert.Equal((422, "r-1"), ((int)error.StatusCode, error.Error.RequestId));
        Assert.Empty(Directory.GetFiles(folder.Path));
        // The header is on a plain body, which then is what was meant.
        var job = await read.SubmitAsync(TestTransport.Post(plain.Url), "some/model", default);
        Assert.Equal("{\"id\":1}", job.RequireJson().ToString());
    }

    [Fact]
    public async Task A_compression_that_is_not_understood_is_named()
    {
        await using var server = new FakeServer(Coded.Reply("zstd", [0x28, 0xB5, 0x2F, 0xFD, 4, 0, 1, 0, 0]));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Contains("it is compressed with zstd", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_compressed_stream_is_read_and_saved(string kind)
    {
        using var folder = new TemporaryFolder();
        var content = Noise(200_000);
        await using var server = new FakeServer(Coded.Reply(kind, content, 200, "Content-Type: video/mp4"));
        using var client = DemoClient.At(server.Url);
        var path = Path.Combine(folder.Path, "a.mp4");

        await using var response = await client.GetContentAsync("a");
        var length = response.Length;
        await response.SaveAsync(path);

        Assert.Equal(content, await File.ReadAllTextAsync(path));
        Assert.Null(length);
    }

    [Fact]
    public async Task Compressed_events_are_read_as_they_come()
    {
        var packed = new MemoryStream();
        using var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal);
        gzip.Write("data: 1\n\n"u8);
        gzip.Flush();
        var first = packed.ToArray();
        var release = new TaskCompletionSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(
                $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n{first.Length:x}\r\n");
            await exchange.WriteAsync(first);
            await exchange.WriteAsync("\r\n");
            await release.Task;
            await exchange.WriteAsync("0\r\n\r\n");
        });
        using var client = DemoClient.At(server.Url);

        await using var response = await client.GetContentAsync("a");
        var buffer = new byte[100];
        var read = await response.Stream.ReadAsync(buffer);
        release.SetResult();

        Assert.Equal("data: 1\n\n", Encoding.UTF8.GetString(buffer, 0, read));
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_file_that_only_claims_a_coding_is_saved_as_it_is(string coding)
    {
        using var folder = new TemporaryFolder();
        // The beginning of an MP4.
        byte[] file = [0, 0, 0, 0x20, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2avc1mp41"u8, 0, 0, 0, 8, .. "free"u8, .. new byte[100]];
        await using var server = new FakeServer(Coded.Reply(coding, file));
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url });
        var path = Path.Combine(folder.Path, "a.mp4");

        await client.SaveAsync(new MediaFile { Url = server.Url + "a.mp4" }, path);

        Assert.Equal(file, await File.ReadAllBytesAsync(path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_compressed_file_is_saved_without_its_compression(string kind)
    {
        using var folder = new TemporaryFolder();
        var content = Noise(300_000);
        await using var server = new FakeServer(Coded.Reply(kind, content));
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url });
        var path = Path.Combine(folder.Path, "a.mp4");

        await client.SaveAsync(new MediaFile { Url = server.Url + "a.mp4" }, path);

        Assert.Equal(content, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_file_that_is_too_large_without_its_compression_is_not_saved()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeServer(Coded.Reply("gzip", Coded.Encode("gzip", new byte[5_000_000])));
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url, MaxDownloadBytes = 1_000_000 });

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(
            () => client.SaveAsync(new MediaFile { Url = server.Url + "a.mp4" }, Path.Combine(folder.Path, "a.mp4")));

        Assert.Contains("larger than 1000000 bytes", exception.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    // Hexadecimal digits, which do not compress to nothing.
    private static string Noise(int length)
    {
        var bytes = new byte[length / 2];
        new Random(1).NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }
}
