using System.Net;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Handlers of the user's may read the body, as for a log, which neither fails a submit nor lets it leave twice.</summary>
public sealed class ReadBodyTests
{
    private const string Body = """{"prompt":"a cat"}""";

    public static TheoryData<string, bool> Ways
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var way in (string[])["string", "bytes", "buffer", "stream", "copy"])
            {
                data.Add(way, true);
                data.Add(way, false);
            }
            return data;
        }
    }

    public static TheoryData<string, bool, string> Repeats
    {
        get
        {
            var data = new TheoryData<string, bool, string>();
            foreach (var way in (string[])["string", "bytes", "buffer", "stream", "copy"])
            {
                foreach (var first in (string[])["503", "close", "reset"])
                {
                    data.Add(way, true, first);
                    data.Add(way, false, first);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_body_that_is_read_is_sent_once(string way, bool readsAfter)
    {
        await using var server = new FakeServer(Reply(200, "{\"id\":1}"));
        var inner = new ReadingHandler(way, readsAfter);
        var outer = new ReadingHandler(way, readsAfter, inner);
        using var http = new HttpClient(outer);
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var response = await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal("{\"id\":1}", response.RequireJson().ToString());
        Assert.EndsWith("\r\n\r\n" + Body, Assert.Single(server.Requests));
        Assert.Contains("\r\nContent-Type: application/json", server.Requests[0]);
        Assert.Contains("\r\nContent-Length: 18\r\n", server.Requests[0]);
        Assert.All([.. inner.Seen, .. outer.Seen], static seen => Assert.Equal(Body, seen));
        Assert.Equal(readsAfter ? 2 : 1, inner.Seen.Count);
    }

    [Theory]
    [InlineData("string")]
    [InlineData("bytes")]
    [InlineData("buffer")]
    [InlineData("stream")]
    [InlineData("copy")]
    public async Task A_response_that_handlers_have_replaced_and_read_is_read_again(string way)
    {
        await using var server = new FakeServer(Reply(200, "{\"id\":1}"));
        using var http = new HttpClient(new ReadingHandler(way, false, new ReplacingHandler()) { ReadsResponse = true });
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var response = await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal("{\"id\":1}", response.RequireJson().ToString());
    }

    [Theory]
    [MemberData(nameof(Repeats))]
    public async Task A_submit_that_was_read_and_is_sent_again_is_refused(string way, bool readsAbove, string first)
    {
        await using var server = new FakeServer(First(first), Reply(200, "{}"));
        using var http = new HttpClient(readsAbove
            ? new ReadingHandler(way, false, new RetryingHandler())
            : new RetryingHandler(new ReadingHandler(way, false)));
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.Repeated, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Single(server.Requests);
        Assert.Equal(0, server.StrayBytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_without_a_body_that_was_read_is_refused_the_second_time(bool readsAbove)
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        using var http = new HttpClient(readsAbove
            ? new ReadingHandler("buffer", false, new RetryingHandler())
            : new RetryingHandler(new ReadingHandler("buffer", false)));
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(new OperationCall(HttpMethod.Post, "Test").Literal("/x")));

        Assert.Equal(TransportFailure.Repeated, exception.Failure);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("shared content")]
    [InlineData("bytes of its own")]
    [InlineData("read content")]
    [InlineData("compressed")]
    public async Task A_submit_that_is_sent_again_in_a_copy_is_refused(string kind)
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        using var http = new HttpClient(new CopyingHandler(kind));
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.Repeated, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Single(server.Requests);
        Assert.Equal(0, server.StrayBytes);
    }

    [Theory]
    [InlineData(307, true, true)]
    [InlineData(308, true, true)]
    [InlineData(307, false, true)]
    [InlineData(308, false, false)]
    [InlineData(307, true, false)]
    [InlineData(302, true, true)]
    public async Task A_submit_that_was_read_and_is_redirected_is_made_once(int status, bool isElsewhere, bool isHandler)
    {
        await using var elsewhere = new FakeServer(Reply(200, """{"request_id":"stolen"}"""));
        await using var server = new FakeServer(Reply(status, "", $"Location: {(isElsewhere ? elsewhere.Url : "/other")}"), Reply(200, "{}"));
        using var http = new HttpClient(new ReadingHandler("string", false, isHandler ? new HttpClientHandler() : new SocketsHttpHandler()));
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Single(server.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
        Assert.DoesNotContain(elsewhere.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_submit_that_was_read_and_found_no_connection_was_not_accepted(string way, bool reads)
    {
        using var http = reads
            ? new HttpClient(new ReadingHandler(way, false))
            : new HttpClient(new RetryingHandler(new ReadingHandler(way, false)));
        var nowhere = Nowhere();
        using var transport = TestTransport.Create(nowhere, null, options =>
        {
            options.HttpClient = http;
            options.SubmitAttempts = 1;
        });

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(nowhere), "some/model", default));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.NotConnected, Assert.IsType<TransportException>(exception.InnerException).Failure);
    }

    [Fact]
    public async Task A_stream_that_can_be_read_once_is_sent_whole_after_it_was_read()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var http = new HttpClient(new ReadingHandler("string", false));
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);

        using var response = await client.SendRawAsync(HttpMethod.Post, "x", new StreamContent(new OneShotStream("abc"u8.ToArray())));

        Assert.Contains("abc", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Other_requests_of_the_same_handlers_pass()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var reading = new ReadingHandler("string", false);
        using var http = new HttpClient(reading);
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);
        await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        for (var i = 0; i < 2; i++)
            (await http.PostAsync(server.Url, new StringContent("mine"))).Dispose();

        Assert.Equal(3, server.Requests.Length);
        Assert.Equal([Body, "mine", "mine"], reading.Seen);
    }

    private static Func<Exchange, Task> First(string first) => first switch
    {
        "503" => Reply(503, "{}"),
        "reset" => Reset,
        _ => Raw(""),
    };

    /// <summary>Reads the body before it is sent, and perhaps once more when the response has come.</summary>
    private sealed class ReadingHandler(string way, bool readsAfter, HttpMessageHandler? inner = null) : DelegatingHandler(inner ?? new SocketsHttpHandler())
    {
        public List<string> Seen { get; } = [];

        public bool ReadsResponse { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add(await ReadAsync(request.Content!, cancellationToken));
            var response = await base.SendAsync(request, cancellationToken);
            if (readsAfter)
                Seen.Add(await ReadAsync(request.Content!, cancellationToken));
            if (ReadsResponse)
            {
                Seen.Add(await ReadAsync(response.Content, cancellationToken));
                if (way == "stream")
                    (await response.Content.ReadAsStreamAsync(cancellationToken)).Position = 0;
            }
            return response;
        }

        private async Task<string> ReadAsync(HttpContent content, CancellationToken ct)
        {
            switch (way)
            {
                case "bytes":
                    return System.Text.Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(ct));
                case "stream":
                    // .NET gives everybody the same stream.
                    var stream = await content.ReadAsStreamAsync(ct);
                    stream.Position = 0;
                    return await new StreamReader(stream).ReadToEndAsync(ct);
                case "copy":
                    var copy = new MemoryStream();
                    await content.CopyToAsync(copy, ct);
                    return System.Text.Encoding.UTF8.GetString(copy.ToArray());
                case "buffer":
                    await content.LoadIntoBufferAsync(ct);
                    break;
            }
            return await content.ReadAsStringAsync(ct);
        }
    }

    /// <summary>Has the whole response in memory, as a cache.</summary>
    private sealed class ReplacingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Content = new ByteArrayContent(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response;
        }
    }

    /// <summary>Sends up to twice, each time a message of its own.</summary>
    private sealed class CopyingHandler(string kind) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = request.Content!;
            if (kind == "read content")
                await content.LoadIntoBufferAsync(cancellationToken);
            var bytes = kind == "bytes of its own" ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
            for (var attempt = 1; ; attempt++)
            {
                var copy = new HttpRequestMessage(request.Method, request.RequestUri)
                {
                    Content = kind switch
                    {
                        "bytes of its own" => new ByteArrayContent(bytes),
                        "compressed" => new CompressedContent(content),
                        _ => content,
                    },
                };
                var response = await base.SendAsync(copy, cancellationToken);
                if (response.IsSuccessStatusCode || attempt == 2)
                    return response;
            }
        }
    }

    private sealed class CompressedContent(HttpContent content) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var gzip = new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true);
            await content.CopyToAsync(gzip);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
