using System.Net;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

public sealed class ResponseTests
{
    [Theory]
    [InlineData("<html>\r\n<h1>502 Bad Gateway</h1>nginx</html>", "502 Bad Gateway")]
    [InlineData("", "(empty)")]
    [InlineData("{}", "{}")]
    [InlineData("{\"message\":\"cut", "cut")]
    [InlineData("{\"message\":\"down\"}", "down")]
    [InlineData("[1,2]", "[1,2]")]
    public async Task An_error_is_a_ServiceException_whatever_its_body(string body, string message)
    {
        await using var server = new FakeServer(Reply(502, body, "x-request-id: r-1", "Retry-After: 3"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(HttpStatusCode.BadGateway, exception.StatusCode);
        Assert.Equal("r-1", exception.Error.RequestId);
        Assert.Equal(TimeSpan.FromSeconds(3), exception.RetryAfter);
        Assert.Contains(message, exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 429 Slow\r\nContent-Length: 500\r\nRetry-After: 2\r\n\r\n{\"message\":")]
    [InlineData("HTTP/1.1 429 Slow\r\nTransfer-Encoding: chunked\r\nRetry-After: 2\r\n\r\n100\r\n{\"message\":")]
    public async Task The_status_of_an_error_counts_even_if_its_body_breaks_off(string response)
    {
        await using var server = new FakeServer(Raw(response));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(HttpStatusCode.TooManyRequests, exception.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), exception.RetryAfter);
    }

    [Fact]
    public async Task The_status_of_an_error_counts_even_if_its_reader_fails()
    {
        await using var server = new FakeServer(Reply(422, "{\"odd\":1}"));
        using var transport =
            new Zoetrope.Http.Transport("test", new MediaClientOptions { BaseUrl = server.Url }, new FailingErrors(), new TrustedHosts(), default);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.True(exception.WasNotAccepted);
        Assert.Contains("{\"odd\":1} (which could not be read: oops)", exception.Message);
    }

    [Fact]
    public async Task The_status_of_an_error_counts_even_if_its_body_is_too_large()
    {
        await using var server = new FakeServer(Reply(500, new string('x', 5000)));
        using var transport = TestTransport.Create(server.Url, null, options => options.MaxResponseBytes = 1000);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(HttpStatusCode.InternalServerError, exception.StatusCode);
    }

    [Theory]
    [InlineData("Retry-After: soon")]
    [InlineData("Retry-After: -5")]
    [InlineData("Retry-After: 99999999999")]
    [InlineData("Retry-After: 99999999999999999999")]
    [InlineData("Retry-After: 1e3")]
    [InlineData("Retry-After: 0x10")]
    [InlineData("Retry-After: ")]
    [InlineData("X-Other: 5")]
    public async Task An_invalid_Retry_After_is_ignored(string header)
    {
        await using var server = new FakeServer(Reply(503, "{}", header));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Null(exception.RetryAfter);
    }

    [Fact]
    public async Task A_Retry_After_in_the_past_is_now()
    {
        await using var server = new FakeServer(Reply(503, "{}", "Retry-After: Fri, 01 Jan 2021 00:00:00 GMT"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(TimeSpan.Zero, exception.RetryAfter);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task A_response_may_be_as_large_as_allowed_and_no_larger(int size, bool fits)
    {
        var chunked = $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{size:x}\r\n{new string(' ', size)}\r\n0\r\n\r\n";
        await using var server = new FakeServer(Reply(200, new string(' ', size)), Raw(chunked));
        using var transport = TestTransport.Create(server.Url, null, options => options.MaxResponseBytes = 1000);

        for (var i = 0; i < 2; i++)
        {
            if (fits)
            {
                Assert.Equal(size, (await transport.SendAsync(TestTransport.Get(server.Url), default)).Body.Length);
                continue;
            }
            var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));
            Assert.Equal(TransportFailure.TooLarge, exception.Failure);
        }
    }

    [Fact]
    public async Task A_response_that_the_users_client_decompresses_is_bounded_by_its_real_size()
    {
        var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
            gzip.Write(new byte[1_000_000]);
        var bytes = packed.ToArray();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bytes.Length}\r\n\r\n");
            await exchange.WriteAsync(bytes);
        });
        using var own = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip });
        using var transport = TestTransport.Create(server.Url, null, options =>
        {
            options.HttpClient = own;
            options.MaxResponseBytes = 100_000;
        });

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.True(bytes.Length < 100_000);
        Assert.Equal(TransportFailure.TooLarge, exception.Failure);
    }

    [Fact]
    public async Task A_poll_without_a_response_ends_at_its_own_deadline()
    {
        var time = new FakeTime();
        var arrived = new TaskCompletionSource();
        await using var server = new FakeServer(exchange =>
        {
            arrived.TrySetResult();
            return exchange.HangAsync();
        });
        using var transport = TestTransport.Create(server.Url, time);
        var poll = transport.SendAsync(TestTransport.Get(server.Url), default);
        await arrived.Task;

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TransportFailure.TimedOut, (await Assert.ThrowsAsync<TransportException>(() => poll)).Failure);
    }

    [Fact]
    public async Task A_body_that_stalls_ends_at_the_same_deadline()
    {
        var time = new FakeTime();
        var sent = new TaskCompletionSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            sent.SetResult();
            await exchange.HangAsync();
        });
        using var transport = TestTransport.Create(server.Url, time);
        var poll = transport.SendAsync(TestTransport.Get(server.Url, TimeSpan.FromSeconds(5)), default);
        await sent.Task;

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TransportFailure.TimedOut, (await Assert.ThrowsAsync<TransportException>(() => poll)).Failure);
    }

    [Fact]
    public async Task A_caller_that_cancels_gets_its_own_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new FakeServer(exchange =>
        {
            cancellation.Cancel();
            return exchange.HangAsync();
        });
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SendAsync(TestTransport.Get(server.Url), cancellation.Token));

        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task A_host_without_an_address_is_reported_as_not_connected()
    {
        var nowhere = new Uri("http://no-such-host.invalid/");
        using var transport = TestTransport.Create(nowhere);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(nowhere), default));

        Assert.Equal(TransportFailure.NotConnected, exception.Failure);
    }

    [Fact]
    public async Task A_server_without_TLS_is_reported_as_not_connected()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var transport = TestTransport.Create(address);
        var pending = transport.SendAsync(TestTransport.Get(address), default);

        using (var connection = await listener.AcceptTcpClientAsync())
            await connection.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        Assert.Equal(TransportFailure.NotConnected, (await Assert.ThrowsAsync<TransportException>(() => pending)).Failure);
    }

    [Fact]
    public void A_body_that_is_not_JSON_is_quoted_on_one_line()
    {
        var response = new TransportResponse(HttpStatusCode.OK, Encoding.UTF8.GetBytes("<html>\r\nhello" + new string('x', 500)));

        var exception = Assert.Throws<TransportException>(() => response.RequireJson());

        Assert.Equal(TransportFailure.Malformed, exception.Failure);
        Assert.Contains("<html>  hello", exception.Message);
        Assert.True(exception.Message.Length < 300);
    }

    private sealed class FailingErrors : IServiceErrorReader
    {
        public ServiceError Read(TransportResponse response) => throw new InvalidOperationException("oops");
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", TransportFailure.Malformed)]
    [InlineData("HTTP/1.1 304 Not Modified\r\n\r\n", TransportFailure.Malformed)]
    [InlineData("HTTP/1.1 305 Use Proxy\r\nContent-Length: 0\r\n\r\n", TransportFailure.Malformed)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n{\"id\":1}", TransportFailure.Malformed)]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", TransportFailure.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", TransportFailure.Malformed)]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", TransportFailure.Broken)]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n", TransportFailure.Broken)]
    [InlineData("HTTP/3.0 200 OK\r\n\r\n", TransportFailure.Broken)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 8\r\nContent-Length: 9\r\n\r\n{\"id\":1}", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{\"id\":1}", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 8\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"id\":1}\r\n0\r\n\r\n", null)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8;a=b\r\n{\"id\":1}\r\n0\r\nX-Trailer: 1\r\n\r\n", null)]
    [InlineData("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"id\":1}", null)]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n{\"id\":1}", null)]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 8\r\n\r\n{\"id\":1}", null)]
    [InlineData("HTTP/1.1 200 \u00fc\r\nContent-Length: 8\r\n\r\n{\"id\":1}", null)]
    [InlineData("HTTP/1.1 299 Odd\r\nContent-Length: 8\r\n\r\n{\"id\":1}", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 8\r\nX-A: 1\r\nX-A: 2\r\nX-B: \u00fc\r\n\r\n{\"id\":1}", null)]
    public async Task What_a_server_may_send_is_read_and_what_it_must_not_is_reported(string response, TransportFailure? failure)
    {
        await using var server = new FakeServer(Raw(response));
        using var transport = TestTransport.Create(server.Url);

        var submit = () => transport.SubmitAsync(
            TestTransport.Post(server.Url),
            "some/model",
            static read => new SubmitReceipt(new JobHandle("test", "some/model", read.RequireJson().ToString()), new JobStatus { State = JobState.Queued }),
            default);

        if (failure is null)
        {
            Assert.Equal("{\"id\":1}", (await submit()).Handle.JobId);
        }
        else
        {
            var exception = await Assert.ThrowsAsync<SubmitException>(submit);
            Assert.Equal(failure, Assert.IsType<TransportException>(exception.InnerException).Failure);
            Assert.False(exception.WasNotAccepted);
        }
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refusal_whose_words_do_not_come_is_known_after_a_short_time()
    {
        var time = new FakeTime();
        var sent = new TaskCompletionSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 422 Status\r\nContent-Length: 100\r\n\r\n{\"message\":\"the prom");
            sent.SetResult();
            await exchange.HangAsync();
        });
        using var transport = TestTransport.Create(server.Url, time);
        var submit = transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);
        await sent.Task;

        while (!submit.IsCompleted)
        {
            // The head may still be on its way.
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        var exception = await Assert.ThrowsAsync<SubmitException>(() => submit);
        Assert.True(exception.WasNotAccepted);
        Assert.Equal(422, (int)exception.Service!.StatusCode);
        Assert.Contains("the prom", exception.Message);
    }

    [Theory]
    [InlineData(422, false)]
    [InlineData(500, true)]
    public async Task Canceling_while_an_error_body_is_received_reports_the_status(int status, bool mayExist)
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 {status} Status\r\nContent-Length: 100\r\n\r\n{{");
            await exchange.HangAsync();
        });
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = new HttpClient(new CancelingHandler(cancellation)));

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", cancellation.Token));

        Assert.Equal(mayExist, exception is SubmitCanceledException);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    /// <summary>Cancels when the head of a response has come.</summary>
    private sealed class CancelingHandler(CancellationTokenSource cancellation) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            cancellation.CancelAfter(20);
            return response;
        }
    }

    [Fact]
    public void JSON_with_a_byte_order_mark_is_JSON() =>
        Assert.Equal("{\"a\":1}", new TransportResponse(HttpStatusCode.OK, Encoding.UTF8.GetBytes("\uFEFF{\"a\": 1}")).RequireJson().ToString());
}
