using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Replay;

namespace Zoetrope.Simulator.Tests.Replay;

/// <summary>A fixture says how each exchange ended, and it ends so again: through the handler, and over a socket.</summary>
public sealed class InterruptedReplayTests
{
    private const string Half = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{\"video\":\"half";
    private const string Chunks = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Half, "{\"video\":\"half", 40L)]
    [InlineData(Chunks, "data: 1\n\ndata: 2\n\n", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n", "", 40L)]
    public async Task A_body_that_broke_off_breaks_off_at_the_same_place(string raw, string received, long? length)
    {
        await using var upstream = new FakeServer(FakeServer.Raw(raw));
        var fixture = await RecordAsync(upstream, async http => Assert.Equal((received, length, true), await ReadAsync(http, new(upstream.Url, "/a"))));
        Assert.Equal(["broken_off"], Ends(fixture));

        await PlayAsync(fixture, upstream.Url, async (http, url) => Assert.Equal((received, length, true), await ReadAsync(http, new(url, "/a"))));
    }

    [Fact]
    public async Task A_whole_body_ends_whole_however_its_length_is_known()
    {
        await using var upstream = new FakeServer(
            FakeServer.Reply(200, "{\"a\":1}"),
            exchange => exchange.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n\r\n"),
            FakeServer.Reply(204, ""),
            FakeServer.Raw("HTTP/1.1 200 OK\r\n\r\n{\"a\":1}"));
        var fixture = await RecordAsync(upstream, async http =>
        {
            for (var i = 0; i < 4; i++)
                await http.GetStringAsync(new Uri(upstream.Url, $"/{i}"), Token);
        });

        Assert.Equal(["whole", "whole", "whole", "whole"], Ends(fixture));
    }

    [Fact]
    public async Task What_its_caller_canceled_is_recorded_and_is_a_failure_when_it_is_played_back()
    {
        await using var upstream = new FakeServer(FakeServer.Hang, FakeServer.Hang, FakeServer.Reply(200, "{}"));
        var fixture = await RecordAsync(upstream, async http =>
        {
            for (var i = 0; i < 2; i++)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
                var request = http.PostAsync(new Uri(upstream.Url, "/submit"), Json("{\"a\":1}"), stop.Token);
                while (upstream.Requests.Length <= i)
                    await Task.Delay(5, Token);
                await stop.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
            }
            Assert.Equal(HttpStatusCode.OK, (await http.PostAsync(new Uri(upstream.Url, "/submit"), Json("{\"a\":1}"), Token)).StatusCode);
        });
        Assert.Equal(["no_response", "no_response", "whole"], Ends(fixture));
        Assert.Contains("\"kind\": \"Canceled\"", fixture.ToJson(), StringComparison.Ordinal);

        await PlayAsync(fixture, upstream.Url, async (http, url) =>
        {
            for (var i = 0; i < 2; i++)
                await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(new Uri(url, "/submit"), Json("{\"a\":1}"), Token));
            Assert.Equal(HttpStatusCode.OK, (await http.PostAsync(new Uri(url, "/submit"), Json("{\"a\":1}"), Token)).StatusCode);
        });
    }

    [Fact]
    public async Task A_stream_that_its_caller_left_goes_as_far_as_it_was_read()
    {
        await using var upstream = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Chunks);
            await exchange.HangAsync();
        });
        var fixture = await RecordAsync(upstream, async http => Assert.Equal("data: 1\n\n", await ReadEventAsync(http, new(upstream.Url, "/a"))));
        Assert.Equal(["broken_off"], Ends(fixture));
        Assert.Contains("The caller did not read the body to its end.", fixture.ToJson(), StringComparison.Ordinal);

        await PlayAsync(fixture, upstream.Url, async (http, url) => Assert.Equal("data: 1\n\n", await ReadEventAsync(http, new(url, "/a"))));
    }

    [Fact]
    public async Task A_connection_that_failed_before_or_within_the_request_fails_again_for_the_same_request()
    {
        var content = new byte[3_000_000];
        Random.Shared.NextBytes(content);
        await using var upstream = new FakeServer(FakeServer.Reply(200, "{}"));
        var nowhere = FakeServer.Nowhere();
        var fixture = await RecordAsync(upstream, async http =>
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(new Uri(nowhere, "/submit"), Json("{\"a\":1}"), Token));
            await Assert.ThrowsAsync<HttpRequestException>(() => http.PutAsync(new Uri(upstream.Url, "/file"), new FailingContent(content, 2_000_000), Token));
            Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(new Uri(upstream.Url, "/file"), new ByteArrayContent(content), Token)).StatusCode);
        });
        Assert.Equal(["no_response", "no_response", "whole"], Ends(fixture));
        Assert.Contains("\"is_part\": true", fixture.ToJson(), StringComparison.Ordinal);

        await PlayAsync(fixture, upstream.Url, async (http, url) =>
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(new Uri(url, "/submit"), Json("{\"a\":1}"), Token));
            var other = content.ToArray();
            other[1] ^= 1;
            Assert.Equal(HttpStatusCode.BadRequest, (await http.PutAsync(new Uri(url, "/file"), new ByteArrayContent(other), Token)).StatusCode);
            await Assert.ThrowsAsync<HttpRequestException>(() => http.PutAsync(new Uri(url, "/file"), new ByteArrayContent(content), Token));
            Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(new Uri(url, "/file"), new ByteArrayContent(content), Token)).StatusCode);
        });
    }

    [Fact]
    public async Task What_has_not_ended_when_the_recording_is_saved_is_no_whole_exchange()
    {
        await using var upstream = new FakeServer(FakeServer.Hang);
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = http.GetAsync(new Uri(upstream.Url, "/a"), stop.Token);
        while (upstream.Requests.Length == 0)
            await Task.Delay(5, Token);

        var fixture = recorder.ToFixture();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        Assert.Equal(["no_response"], Ends(fixture));
        Assert.Contains("The recording was saved before there was a response.", fixture.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 5_000_000_000)]
    [InlineData(200, 0)]
    [InlineData(404, 17)]
    public async Task A_HEAD_has_the_length_of_the_file_also_when_it_is_played_back(int status, long length)
    {
        await using var upstream = new FakeServer(FakeServer.Raw($"HTTP/1.1 {status} Status\r\nETag: \"a\"\r\nContent-Length: {length}\r\n\r\n"));
        var fixture = await RecordAsync(upstream, http => HeadAsync(http, upstream.Url));
        Assert.Equal(["whole"], Ends(fixture));

        await PlayAsync(fixture, upstream.Url, HeadAsync);

        async Task HeadAsync(HttpClient http, Uri url)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(url, "/file"));
            using var response = await http.SendAsync(request, Token);
            Assert.Equal((status, length, "\"a\""), ((int)response.StatusCode, response.Content.Headers.ContentLength, response.Headers.ETag!.Tag));
        }
    }

    [Theory]
    [InlineData("\"ended\":\"no_response\"", "'ended' of exchange 1 must be \"whole\" beside its other members, and is \"no_response\".")]
    [InlineData("\"ended\":\"later\"", "and is \"later\".")]
    [InlineData("\"ended\":\"whole\",\"failure\":{\"kind\":\"Unknown\",\"message\":\"\",\"after_ms\":0}", "must be \"broken_off\"")]
    [InlineData("\"failure\":{\"kind\":\"3\",\"message\":\"\",\"after_ms\":0}", "'kind' of exchange 1 must be one of")]
    public void A_fixture_whose_end_contradicts_its_members_is_refused(string members, string problem)
    {
        const string Exchange = """{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":200,"after_ms":0},MEMBERS}""";

        var exception = Assert.Throws<FormatException>(
            () => ReplayFixture.Parse($$"""{"zoetrope_fixture":1,"exchanges":[{{Exchange.Replace("MEMBERS", members)}}]}"""));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"response\":{\"status\":200,\"after_ms\":0,\"text\":\"half\"},\"ended\":\"broken_off\"")]
    [InlineData("\"ended\":\"no_response\"")]
    public async Task An_end_that_is_written_by_hand_needs_no_failure(string members)
    {
        const string Exchange = """{"request":{"method":"GET","url":"https://a.example/"},MEMBERS}""";
        using var replay = new ReplayHandler(
            ReplayFixture.Parse($$"""{"zoetrope_fixture":1,"exchanges":[{{Exchange.Replace("MEMBERS", members)}}]}"""));
        using var http = new HttpClient(replay);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("https://a.example/"), Token));
    }

    private static async Task<ReplayFixture> RecordAsync(FakeServer upstream, Func<HttpClient, Task> act)
    {
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder) { BaseAddress = upstream.Url };
        await act(http);
        return ReplayFixture.Parse(recorder.ToFixture().ToJson());
    }

    private static Task<ReplayFixture> RecordAsync(FakeServer upstream, Func<HttpClient, Uri, Task> act) =>
        RecordAsync(upstream, http => act(http, upstream.Url));

    /// <summary>Plays a fixture back through the handler and over a socket.</summary>
    private static async Task PlayAsync(ReplayFixture fixture, Uri recorded, Func<HttpClient, Uri, Task> act)
    {
        using (var replay = new ReplayHandler(fixture))
        using (var http = new HttpClient(replay))
            await act(http, recorded);
        await using var server = await ReplayServer.StartAsync(fixture, cancellationToken: Token);
        using var overSocket = new HttpClient();
        await act(overSocket, server.BaseUrl);
        Assert.Equal(0, server.Left);
    }

    private static List<string?> Ends(ReplayFixture fixture) =>
        [.. JsonNode.Parse(fixture.ToJson())!["exchanges"]!.AsArray().Select(exchange => (string?)exchange!["ended"])];

    /// <summary>What a reader gets of a body, its length by its header, and whether it broke off.</summary>
    private static async Task<(string Text, long? Length, bool IsBroken)> ReadAsync(HttpClient http, Uri url)
    {
        using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var text = new StringBuilder();
        var buffer = new byte[1000];
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, Token)) > 0;)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            return (text.ToString(), response.Content.Headers.ContentLength, false);
        }
        catch (IOException)
        {
            return (text.ToString(), response.Content.Headers.ContentLength, true);
        }
    }

    private static async Task<string> ReadEventAsync(HttpClient http, Uri url)
    {
        using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var buffer = new byte[9];
        await body.ReadExactlyAsync(buffer, Token);
        return Encoding.UTF8.GetString(buffer);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>A file that cannot be read to its end.</summary>
    private sealed class FailingContent(byte[] content, int readable) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(content.AsMemory(0, readable));
            throw new IOException("The file cannot be read on.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
