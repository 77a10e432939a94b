using System.Text;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A result that is not JSON is final, too: it is fetched once, and delivered with its media type, as a text, bytes or a stream.</summary>
public sealed class OtherContentTests
{
    /// <summary>What an app can respond with: the head without the end of its headers, and the body in Latin 1.</summary>
    public static TheoryData<string, string, string?, string?> Contents => new()
    {
        { "200 OK\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Length: 4", "caf\u00e9", "text/plain", "café" },
        { "200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 19", "<html>A page</html>", "text/html", "<html>A page</html>" },
        { "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", "6\r\n<html>\r\n7\r\n</html>\r\n0\r\n\r\n", "text/html", "<html></html>" },
        { "200 OK\r\nX-Fal-Request-Id: x-1\r\nContent-Type: text/html\r\nContent-Length: 18", "<html>nginx</html>", "text/html", "<html>nginx</html>" },
        { "200 OK\r\nContent-Type: text/csv\r\nContent-Length: 7", "a,b\n1,2", "text/csv", "a,b\n1,2" },
        { "200 OK\r\nContent-Type: text/vtt\r\nContent-Length: 6", "WEBVTT", "text/vtt", "WEBVTT" },
        { "200 OK\r\nContent-Type: application/x-subrip\r\nContent-Length: 5", "1\n00:", "application/x-subrip", "1\n00:" },
        { "200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5", "\"yes\n", "text/plain", "\"yes\n" },
        { "200 OK\r\nContent-Type: image/png\r\nContent-Length: 8", "\u0089PNG\r\n\u001a\n", "image/png", null },
        { "200 OK\r\nContent-Length: 3", "\u0000\u0001\u00ff", null, null },
        { "201 Created\r\nContent-Type: audio/wav\r\nContent-Length: 4", "RIF\u0000", "audio/wav", null },
        { "200 OK\r\nContent-Type: model/gltf-binary\r\nContent-Length: 6", "glTF\u0002\u0000", "model/gltf-binary", null },
        { "204 No Content", "", null, "" },
        { "204 No Content\r\nContent-Type: application/json", "", "application/json", "" },
        { "200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0", "", "text/plain", "" },
        { "200 OK\r\nX-Fal-Request-Id: x-1\r\nContent-Length: 0", "", null, "" },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_job_delivers_it_at_once(string head, string body, string? mediaType, string? text)
    {
        await using var server = Queue(head, body);
        using var fal = Fal(server.Url);

        var job = await fal.SubmitAsync("some/model", "x");
        var result = await job.WaitAsync(ScriptedProvider.Wait());

        Assert.Equal((mediaType, text), (result.Content!.MediaType, result.Content.Text));
        AssertBytes(head, body, result.Content);
        Assert.Equal(1, Fetches(server));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_typed_job_fails_at_once_and_keeps_it(string head, string body, string? mediaType, string? text)
    {
        await using var server = Queue(head, body);
        using var fal = Fal(server.Url);

        var exception = await Assert.ThrowsAsync<JobResultException>(
            () => fal.Model(Clips.StrictAt("fal", "some/model")).RunAsync(Clips.Request, null, ScriptedProvider.Wait()));

        Assert.Equal((mediaType, text), (exception.Content!.MediaType, exception.Content.Text));
        AssertBytes(head, body, exception.Content);
        Assert.Equal(new JobHandle("fal", "some/model", "j"), exception.Handle);
        Assert.Contains(
            body.Length == 0 ? "delivered nothing" : mediaType ?? "a body without a media type", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, Fetches(server));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_direct_run_delivers_it(string head, string body, string? mediaType, string? text)
    {
        await using var server = new FakeServer(Sent(head, body));
        using var fal = Fal(server.Url);

        var result = await fal.RunDirectAsync("some/model", "x");

        Assert.Equal((mediaType, text), (result.Content!.MediaType, result.Content.Text));
        AssertBytes(head, body, result.Content);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_typed_direct_run_keeps_it(string head, string body, string? mediaType, string? text)
    {
        await using var server = new FakeServer(Sent(head, body));
        using var fal = Fal(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => fal.RunDirectAsync(Clips.StrictAt("fal", "some/model"), Clips.Request));

        Assert.Equal((mediaType, text), (exception.Content!.MediaType, exception.Content.Text));
        AssertBytes(head, body, exception.Content);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("200 OK\r\nContent-Type: text/html\r\nContent-Length: 500", "<html>Your clip")]
    [InlineData("200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", "6\r\n<html>\r\n7\r\n<ti")]
    [InlineData("200 OK\r\nContent-Type: text/html\r\nConnection: close", "<html>Your clip")]
    [InlineData("200 OK\r\nContent-Type: text/plain\r\nContent-Length: 500", "Once upon")]
    [InlineData("200 OK\r\nContent-Type: image/png\r\nContent-Length: 500", "\u0089PNG\r\n\u001a\n")]
    [InlineData("200 OK\r\nContent-Type: text/html\r\nRetry-After: 0\r\nContent-Length: 17", "<html>busy</html>")]
    [InlineData("200 OK\r\nContent-Type: text/vtt\r\nConnection: close", "WEBVTT")]
    [InlineData("200 OK\r\nContent-Type: video/mp4\r\nConnection: close", "\u0000\u0000ftyp")]
    [InlineData("200 OK\r\nContent-Type: video/mp4\r\nRetry-After: 0\r\nContent-Length: 6", "\u0000\u0000ftyp")]
    [InlineData("200 OK\r\nContent-Type: application/json\r\nContent-Length: 3", "tru")]
    [InlineData("200 OK\r\nContent-Type: application/json\r\nContent-Length: 3", "\u0000\u0001\u00ff")]
    [InlineData("200 OK\r\nX-Request-Id: a gateway's\r\nContent-Type: text/html\r\nContent-Length: 18", "<html>nginx</html>")]
    [InlineData("200 OK\r\nContent-Type: text/html\r\nContent-Length: 20", "<html>nginx \u00e9</html>")]
    [InlineData("200 OK\r\nX-Request-Id: a gateway's\r\nContent-Length: 0", "")]
    [InlineData("204 No Content\r\nRetry-After: 0", "")]
    [InlineData("202 Accepted\r\nContent-Type: text/plain\r\nContent-Length: 7", "not yet")]
    [InlineData("206 Partial Content\r\nContent-Type: text/plain\r\nContent-Length: 4", "Once")]
    [InlineData("502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 18", "<html>nginx</html>")]
    public async Task What_may_not_be_the_result_is_fetched_again(string head, string body)
    {
        var turn = 0;
        await using var server = new FakeServer(exchange => Respond(exchange, () => Interlocked.Increment(ref turn) == 1
            ? Cut(head, body)(exchange)
            : exchange.ReplyAsync(200, "[7]")));
        using var fal = Fal(server.Url);

        var result = await fal.Resume(new JobHandle("fal", "some/model", "j")).WaitAsync(ScriptedProvider.Wait());

        Assert.Equal("[7]", result.Raw.ToString());
        Assert.Null(result.Content);
        Assert.Equal(2, Fetches(server));
    }

    [Fact]
    public async Task Bytes_over_the_limit_are_not_read()
    {
        await using var server = Queue("200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 5000", new string('\u0001', 5000));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", MaxResponseBytes = 4096 });

        var exception = await Assert.ThrowsAsync<JobWatchException>(
            () => fal.Resume(new JobHandle("fal", "some/model", "j")).WaitAsync(ScriptedProvider.Wait()));

        Assert.Equal(TransportFailure.TooLarge, Assert.IsType<TransportException>(exception.InnerException).Failure);
    }

    private static void AssertBytes(string head, string body, Zoetrope.Formats.ResultContent content)
    {
        var expected = head.Contains("chunked", StringComparison.Ordinal) ? "<html></html>" : body;
        Assert.Equal(expected, Encoding.Latin1.GetString(content.Bytes.Span));
        using var stream = content.OpenRead();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        Assert.Equal(expected, reader.ReadToEnd());
    }

    private static int Fetches(FakeServer server) =>
        server.Requests.Count(static request => request.StartsWith("GET /some/model/requests/j HTTP", StringComparison.Ordinal));

    private static FalClient Fal(Uri url) => new(new() { BaseUrl = url, ApiKey = "test-key-id:test-key-secret" });

    private static FakeServer Queue(string head, string body) => new(exchange => Respond(exchange, () => Sent(head, body)(exchange)));

    private static Task Respond(Exchange exchange, Func<Task> result) => exchange.Request.Split(' ')[1].Split('?')[0] switch
    {
        "/some/model" => exchange.ReplyAsync(200, """{"request_id":"j"}"""),
        "/some/model/requests/j/status" => exchange.ReplyAsync(200, """{"status":"COMPLETED"}"""),
        _ => result(),
    };

    private static Func<Exchange, Task> Sent(string head, string latin1) => async exchange =>
    {
        await exchange.WriteAsync($"HTTP/1.1 {head}\r\n\r\n");
        await exchange.WriteAsync(Encoding.Latin1.GetBytes(latin1));
    };

    private static Func<Exchange, Task> Cut(string head, string latin1) => async exchange =>
    {
        await Sent(head, latin1)(exchange);
        if (!head.Contains($"Content-Length: {latin1.Length}", StringComparison.Ordinal))
            exchange.Close();
    };
}
