using System.Net;
using System.Net.Sockets;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>What may have been accepted leaves once, whatever HttpClient, or a handler that the user put below, would do with it.</summary>
public sealed class SentOnceTests
{
    private const string Refusal = "was about to be sent again by a handler of the HttpClient";

    public static TheoryData<string, string> BodilessRequests
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var method in (string[])["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "PURGE"])
            {
                foreach (var end in (string[])["close", "reset", "half a status line", "early hints and close", "continue and close"])
                    data.Add(method, end);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BodilessRequests))]
    public async Task A_call_without_a_body_leaves_once(string method, string end)
    {
        await using var server = new FakeServer(End(end));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(new OperationCall(new HttpMethod(method), "Test").Literal("/x")));

        Assert.Equal(TransportFailure.Broken, exception.Failure);
        Assert.StartsWith($"{method} /x HTTP/1.1\r\n", Assert.Single(server.Requests));
        Assert.Contains("\r\nContent-Length: 0\r\n", server.Requests[0]);
        Assert.Equal(0, server.StrayBytes);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_call_without_a_body_over_a_kept_connection_leaves_once(string method)
    {
        await using var server = new FakeServer(Reply(200, "{}"), Raw(""));
        var connections = new Connections();
        using var http = connections.CreateClient();
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);
        await client.SendAsync(new OperationCall(new HttpMethod(method), "Test").Literal("/x"));

        await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(new OperationCall(new HttpMethod(method), "Test").Literal("/x")));

        Assert.Equal(2, server.Requests.Length);
        Assert.Equal(1, connections.Count);
    }

    [Fact]
    public async Task A_cancel_without_a_body_leaves_once()
    {
        await using var server = new FakeServer(Raw(""));
        using var transport = TestTransport.Create(server.Url);

        await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(new() { Method = HttpMethod.Put, Uri = server.Url }, default));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_expects_a_go_ahead_sends_nothing_twice(bool hasBody)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heads = CountHeadsAsync(listener);
        using var http = new HttpClient { DefaultRequestHeaders = { ExpectContinue = true } };
        using var client = DemoClient.At(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), options => options.HttpClient = http);
        var call = new OperationCall(HttpMethod.Post, "Test").Literal("/x");

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(hasBody ? call.Text("abc") : call));

        listener.Stop();
        // A head alone is no request where a body was announced.
        Assert.Equal(hasBody ? TransportFailure.Broken : TransportFailure.Refused, exception.Failure);
        Assert.True(hasBody || exception.Message.Contains("'Expect: 100-continue'", StringComparison.Ordinal));
        Assert.All(await heads, head => Assert.EndsWith("\r\n\r\n", head));
        Assert.True(hasBody || (await heads).Count == 0);
    }

    [Fact]
    public async Task An_expectation_cannot_be_set_as_a_header()
    {
        using var client = DemoClient.At(Nowhere());

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.DeleteAssetAsync("a", new() { Headers = { ["Expect"] = "100-continue" } }));

        Assert.Equal("The header 'Expect' cannot be set. Nothing was sent.", exception.Message);
    }

    public static TheoryData<string> FirstResponses => ["503", "close", "reset"];

    [Theory]
    [MemberData(nameof(FirstResponses))]
    public async Task A_submit_that_a_handler_sends_again_is_refused_before_a_byte_leaves(string first)
    {
        await using var server = new FakeServer(First(first), Reply(200, "{}"));
        using var http = new HttpClient(new RetryingHandler());
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        AssertRefused(exception);
        Assert.Single(server.Requests);
        Assert.Equal(0, server.StrayBytes);
    }

    [Fact]
    public async Task A_submit_that_a_handler_hedges_is_refused_before_a_byte_leaves()
    {
        var arrived = new TaskCompletionSource();
        await using var server = new FakeServer(exchange =>
        {
            arrived.TrySetResult();
            return exchange.HangAsync();
        });
        using var http = new HttpClient(new HedgingHandler(arrived.Task));
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        AssertRefused(exception);
        Assert.Single(server.Requests);
        Assert.Equal(0, server.StrayBytes);
    }

    [Fact]
    public async Task A_handler_that_falls_back_to_the_first_response_does_not_change_the_outcome()
    {
        await using var server = new FakeServer(Reply(503, "{\"message\":\"busy\"}"), Reply(200, "{}"));
        using var http = new HttpClient(new FallingBackHandler());
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, exception.Service!.StatusCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_handler_may_try_again_to_connect()
    {
        await using var server = new FakeServer(Reply(200, "{\"id\":1}"));
        var connects = 0;
        using var sockets = new SocketsHttpHandler
        {
            ConnectCallback = async (context, ct) =>
            {
                if (++connects == 1)
                    throw new SocketException((int)SocketError.ConnectionRefused);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(new RetryingHandler(sockets));
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var response = await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal("{\"id\":1}", response.RequireJson().ToString());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_exception_of_a_handler_reports_the_outcome_of_the_submit()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var before = new HttpClient(new ThrowingHandler(sendsFirst: false));
        using var after = new HttpClient(new ThrowingHandler(sendsFirst: true));
        using var unsent = TestTransport.Create(server.Url, null, options => options.HttpClient = before);
        using var sent = TestTransport.Create(server.Url, null, options => options.HttpClient = after);

        var surely = await Assert.ThrowsAsync<SubmitException>(() => unsent.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));
        var perhaps = await Assert.ThrowsAsync<SubmitException>(() => sent.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.True(surely.WasNotAccepted);
        Assert.False(perhaps.WasNotAccepted);
        Assert.All([surely, perhaps], static exception => Assert.Contains("the circuit is open", exception.Message));
        Assert.All([surely, perhaps], static exception => Assert.IsType<NotSupportedException>(exception.InnerException!.InnerException));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("POST", null, 1)]
    [InlineData("PATCH", null, 1)]
    [InlineData("PURGE", null, 1)]
    [InlineData("PUT", null, 2)]
    [InlineData("DELETE", null, 2)]
    [InlineData("QUERY", null, 2)]
    [InlineData("GET", null, 2)]
    [InlineData("POST", true, 2)]
    [InlineData("PUT", false, 1)]
    public async Task A_call_is_sent_again_by_a_handler_only_when_that_does_no_harm(string method, bool? mayRepeat, int requests)
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        using var http = new HttpClient(new RetryingHandler());
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);
        var call = () => client.SendAsync(new OperationCall(new HttpMethod(method), "Test").Literal("/x").Text("a cat"), new() { MayRepeat = mayRepeat });

        if (requests == 1)
        {
            var exception = await Assert.ThrowsAsync<TransportException>(call);
            Assert.Equal(TransportFailure.Repeated, exception.Failure);
            Assert.Contains(Refusal, exception.Message);
        }
        else
        {
            await call();
        }

        Assert.Equal(requests, server.Requests.Length);
        Assert.All(server.Requests, static request => Assert.EndsWith("\r\n\r\na cat", request));
        await using var other = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        using var otherClient = DemoClient.At(other.Url, options => options.HttpClient = http);
        await Record.ExceptionAsync(
            () => otherClient.SendAsync(new OperationCall(new HttpMethod(method), "Test").Literal("/x"), new() { MayRepeat = mayRepeat }));
        Assert.Equal(method == "GET" ? 2 : requests, other.Requests.Length);
        Assert.Equal(0, other.StrayBytes + server.StrayBytes);
    }

    [Theory]
    [InlineData(Http2Response.Refused)]
    [InlineData(Http2Response.GoneBefore)]
    public async Task A_submit_that_HTTP2_would_repeat_by_itself_leaves_once(Http2Response first)
    {
        await using var server = new Http2Server(number => number == 1 ? first : Http2Response.Ok);
        using var http = Http2Clients.Create();
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        AssertRefused(exception);
        Assert.Equal(["{\"prompt\":\"a cat\"}".Length], server.Bodies);
    }

    [Theory]
    [InlineData(Http2Response.Failed)]
    [InlineData(Http2Response.Unavailable)]
    public async Task A_submit_over_HTTP2_that_fails_leaves_once(Http2Response first)
    {
        await using var server = new Http2Server(number => number == 1 ? first : Http2Response.Ok);
        using var http = Http2Clients.Create(new RetryingHandler());
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        AssertRefused(exception);
        Assert.Single(server.Bodies);
    }

    [Theory]
    [InlineData(Http2Response.Refused)]
    [InlineData(Http2Response.GoneBefore)]
    public async Task A_poll_that_HTTP2_repeats_succeeds(Http2Response first)
    {
        await using var server = new Http2Server(number => number == 1 ? first : Http2Response.Ok);
        using var http = Http2Clients.Create();
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Equal("{}", response.RequireJson().ToString());
        Assert.Equal(2, server.Heads);
    }

    [Theory]
    [InlineData(Http2Response.Refused)]
    [InlineData(Http2Response.Unavailable)]
    public async Task A_call_without_a_body_over_HTTP2_leaves_once(Http2Response first)
    {
        await using var server = new Http2Server(number => number == 1 ? first : Http2Response.Ok);
        using var http = Http2Clients.Create(new RetryingHandler());
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(new OperationCall(HttpMethod.Post, "Test").Literal("/x")));

        Assert.Equal(TransportFailure.Repeated, exception.Failure);
        // Its head may leave once more, which HTTP/2 sends before it asks for the body; its end does not.
        Assert.Equal([0], server.Bodies);
    }

    private static void AssertRefused(SubmitException exception)
    {
        Assert.False(exception.WasNotAccepted);
        Assert.Equal(1, exception.Attempts);
        Assert.Equal(TransportFailure.Repeated, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Contains("is not known", exception.Message);
        Assert.Contains(Refusal, exception.Message);
        Assert.Contains("DisableForUnsafeHttpMethods", exception.Message);
    }

    private static Func<Exchange, Task> First(string first) => first switch
    {
        "503" => Reply(503, "{}"),
        "reset" => Reset,
        _ => Raw(""),
    };

    private static Func<Exchange, Task> End(string end) => end switch
    {
        "close" => Raw(""),
        "reset" => Reset,
        "half a status line" => Raw("HTTP/1.1 20"),
        "early hints and close" => Raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
        _ => Raw("HTTP/1.1 100 Continue\r\n\r\n"),
    };

    /// <summary>Closes each connection as soon as a head has come.</summary>
    private static async Task<List<string>> CountHeadsAsync(TcpListener listener)
    {
        var heads = new List<string>();
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync();
                var buffer = new byte[4096];
                heads.Add(System.Text.Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            return heads;
        }
    }

    private sealed class ThrowingHandler(bool sendsFirst) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (sendsFirst)
                (await base.SendAsync(request, cancellationToken)).Dispose();
            throw new NotSupportedException("the circuit is open");
        }
    }
}
