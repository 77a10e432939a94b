using System.Text;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>A model that streams: events and bytes as they arrive, and what goes wrong on the way.</summary>
public sealed class FalStreamTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nX-Fal-Request-Id: x-1\r\nContent-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\n\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Bodies and the events in them.</summary>
    public static TheoryData<string, string[]> Bodies => new()
    {
        { "data: {\"a\":1}\n\ndata: {\"a\":2}\n\n", ["{\"a\":1}", "{\"a\":2}"] },
        { "data:{\"a\":1}\r\n\r\ndata:{\"a\":2}\r\n\r\n", ["{\"a\":1}", "{\"a\":2}"] },
        { "data: 1\r\rdata: 2\r\r", ["1", "2"] },
        { "data: 1\n\r\ndata: 2\n\r", ["1", "2"] },
        { "\uFEFFdata: 1\n\n", ["1"] },
        { ": ping\n\nevent: message\nid: 7\nretry: 10\ndata: 1\n\n:\n\n", ["1"] },
        { "data: {\"a\":\ndata: 1}\n\n", ["{\"a\":1}"] },
        { "data: 0\n\ndata: null\n\ndata: \"\"\n\ndata: false\n\ndata: []\n\ndata: {}\n\n", ["0", "null", "\"\"", "false", "[]", "{}"] },
        { "data:\n\ndata: \n\ndata: 1\n\n", ["1"] },
        { "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", ["1"] },
        { "data: 1\n\ndata: [DONE]", ["1"] },
        { "data: {\"error\":null}\n\ndata: {\"error\":\"\"}\n\ndata: {\"error\":false}\n\n", ["{\"error\":null}", "{\"error\":\"\"}", "{\"error\":false}"] },
        { "data: {\"a\":{\"error\":\"in it\"}}\n\n", ["{\"a\":{\"error\":\"in it\"}}"] },
        { "data: {\"seed\":17454220438242315174}\n\n", ["{\"seed\":17454220438242315174}"] },
        { "data: {\"text\":\"häße 🎬 \"}\n\n", ["{\"text\":\"häße 🎬 \"}"] },
        { "", [] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Events_are_received_as_they_are(string body, string[] expected)
    {
        await using var server = new FakeServer(Raw(Head + body));
        using var fal = Fal(server.Url);

        Assert.Equal(expected, await AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token)));

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /run/fal-ai/any/stream HTTP/1.1\r\n", request);
        Assert.Contains("\r\nAccept: text/event-stream\r\n", request);
        Assert.Contains("\r\nAuthorization: Key test-key-id:test-key-secret\r\n", request);
        Assert.EndsWith("\r\n\r\n\"x\"", request);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Characters_and_lines_may_be_split_over_chunks(string body, string[] expected)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            foreach (var unit in Encoding.UTF8.GetBytes(body))
            {
                await exchange.WriteAsync([(byte)'1', (byte)'\r', (byte)'\n', unit, (byte)'\r', (byte)'\n']);
                await Task.Yield();
            }
            await exchange.WriteAsync("0\r\n\r\n");
        });
        using var fal = Fal(server.Url);

        Assert.Equal(expected, await AllAsync(fal.StreamAsync("fal-ai/any/stream", "x", cancellationToken: Token)));
        Assert.StartsWith("POST /run/fal-ai/any/stream HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task An_event_is_received_before_the_next_one_is_sent_and_has_the_models_type()
    {
        var go = new SemaphoreSlim(0);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "data: {\"video\":{\"url\":\"https://files.example/1.mp4\"},\"more\":1}\n\n");
            await go.WaitAsync(Token);
            await exchange.WriteAsync("data: {\"video\":{\"url\":\"https://files.example/2.mp4\"}}\n\n");
            exchange.Close();
        });
        using var fal = Fal(server.Url);
        var urls = new List<string?>();

        await foreach (var partial in fal.StreamAsync(Clips.StrictAt("fal", "fal-ai/any"), Clips.Request).WithCancellation(Token))
        {
            urls.Add(partial.Video?.Url);
            go.Release();
        }

        Assert.Equal(["https://files.example/1.mp4", "https://files.example/2.mp4"], urls);
    }

    [Fact]
    public async Task An_invalid_request_is_not_sent()
    {
        await using var server = new FakeServer(Raw(Head));
        using var fal = Fal(server.Url);

        Assert.Throws<RequestValidationException>(() => fal.StreamAsync(Clips.At("fal", "fal-ai/any"), new() { Prompt = null! }, cancellationToken: Token));
        Assert.Throws<ArgumentException>(() => fal.StreamAsync("not an id", "x", cancellationToken: Token));
        Assert.Throws<ArgumentException>(() => fal.StreamAsync("a/b", "x", new() { Priority = FalPriority.Low }, Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_run_is_not_sent_before_it_is_enumerated_and_only_once()
    {
        await using var server = new FakeServer(Raw(Head + "data: 1\n\n"));
        using var fal = Fal(server.Url);

        var run = fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token);
        Assert.Empty(server.Requests);
        await AllAsync(run);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AllAsync(run));
        Assert.Contains("billed again", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(401, """{"detail":"No user found for Key ID and Secret"}""", "No user found", 1)]
    [InlineData(422, """{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}""", "Field required", 1)]
    [InlineData(500, """{"detail":"The runner failed","error_type":"runner_server_error"}""", "The runner failed", 1)]
    [InlineData(503, "<html>nginx</html>", "an HTML page", 1)]
    public async Task An_error_before_the_stream_is_thrown_at_the_enumerator(int status, string body, string message, int requests)
    {
        await using var server = new FakeServer(Reply(status, body, "X-Fal-Request-Id: x-1"));
        using var fal = Fal(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token)));

        Assert.Equal((status, "x-1"), ((int)exception.StatusCode, exception.Error.RequestId));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests.Length);
    }

    [Fact]
    public async Task It_is_sent_again_only_when_it_was_surely_not_accepted()
    {
        await using var server = new FakeServer(Reply(429, "{}", "Retry-After: 0"), Raw(Head + "data: 1\n\n"));
        using var fal = Fal(server.Url);

        Assert.Equal(["1"], await AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token)));
        Assert.Equal(2, server.Requests.Length);

        await using var broken = new FakeServer(Reset);
        using var other = Fal(broken.Url);
        var exception = await Assert.ThrowsAsync<SubmitException>(() => AllAsync(other.StreamAsync("fal-ai/any", "x", cancellationToken: Token)));
        Assert.False(exception.WasNotAccepted);
        Assert.Single(broken.Requests);

        using var nobody = Fal(Nowhere());
        var refused = await Assert.ThrowsAsync<SubmitException>(() => AllAsync(nobody.StreamAsync("fal-ai/any", "x", cancellationToken: Token)));
        Assert.True(refused.WasNotAccepted);
    }

    [Theory]
    [InlineData("data: {\"error\":\"The model is tired\"}\n\n", "The model is tired")]
    [InlineData("data: {\"error\":{\"message\":\"The model is tired\",\"type\":\"tired\"}}\n\n", "The model is tired")]
    [InlineData("data: {\"\\u0065rror\":\"The model is tired\"}\n\n", "The model is tired")]
    [InlineData("event: error\ndata: {\"detail\":\"The model is tired\"}\n\n", "The model is tired")]
    [InlineData("event: error\ndata: The model is tired\n\n", "The model is tired")]
    [InlineData("data: {\"type\":\"error\",\"node_id\":\"n\",\"message\":\"Node failed\",\"error\":{\"status\":422,\"body\":{}}}\n\n", "Node failed")]
    [InlineData("data: {\"type\":\"error\",\"node_id\":\"n\",\"message\":\"Node failed\"}\n\n", "Node failed")]
    [InlineData("event: error\ndata:\n\n", "")]
    public async Task An_error_in_an_event_is_thrown_after_the_events_before_it(string body, string message)
    {
        await using var server = new FakeServer(Raw(Head + "data: 1\n\n" + body));
        using var fal = Fal(server.Url);
        var events = new List<string>();

        var exception = await Assert.ThrowsAsync<ServiceException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token), events));

        Assert.Equal(["1"], events);
        Assert.Contains(message, exception.Error.Message, StringComparison.Ordinal);
        Assert.Equal("x-1", exception.Error.RequestId);
    }

    [Theory]
    [InlineData("data: {\"a\":\n\n", "{\"a\":")]
    [InlineData("data: hello\n\n", "hello")]
    [InlineData("data: {\"a\":1} {\"a\":2}\n\n", "{\"a\":1} {\"a\":2}")]
    public async Task A_malformed_event_is_thrown_with_what_was_received(string body, string data)
    {
        await using var server = new FakeServer(Raw(Head + "data: 1\n\n" + body + "data: 2\n\n"));
        using var fal = Fal(server.Url);
        var events = new List<string>();

        var exception = await Assert.ThrowsAsync<TransportException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token), events));

        Assert.Equal(["1"], events);
        Assert.Equal((TransportFailure.Malformed, "x-1", data), (exception.Failure, exception.RequestId, Encoding.UTF8.GetString(exception.Body.Span)));
    }

    [Theory]
    [InlineData("data: {\"a\":2}\n", "{\"a\":2}")]
    [InlineData("data: {\"a\":2}", "{\"a\":2}")]
    [InlineData("data: {\"a\":2}\r", "{\"a\":2}")]
    [InlineData("event: x\ndata: {\"a\":\ndata: 2", "{\"a\":\n2")]
    public async Task An_event_that_the_end_leaves_unfinished_is_not_lost(string body, string data)
    {
        await using var server = new FakeServer(Raw(Head + "data: 1\n\n" + body));
        using var fal = Fal(server.Url);
        var events = new List<string>();

        var exception = await Assert.ThrowsAsync<TransportException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token), events));

        Assert.Equal(["1"], events);
        Assert.Equal((TransportFailure.Broken, data), (exception.Failure, Encoding.UTF8.GetString(exception.Body.Span)));
        Assert.Contains("no empty line finished", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(false, "data: {\"a\":")]
    [InlineData(true, "")]
    [InlineData(true, "data: {\"a\":")]
    public async Task A_connection_that_breaks_is_thrown_with_what_was_received(bool isReset, string part)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head.Replace("Connection: close", "Transfer-Encoding: chunked", StringComparison.Ordinal));
            foreach (var text in new[] { "data: 1\n\n", part }.Where(text => text.Length > 0))
                await exchange.WriteAsync($"{text.Length:x}\r\n{text}\r\n");
            await Task.Delay(100, Token);
            if (isReset)
                exchange.Reset();
            else
                exchange.Close();
        });
        using var fal = Fal(server.Url);
        var events = new List<string>();

        var exception = await Assert.ThrowsAsync<TransportException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token), events));

        Assert.Equal(["1"], events);
        Assert.Equal((TransportFailure.Broken, "x-1"), (exception.Failure, exception.RequestId));
        Assert.Equal(part.Length == 0 ? "" : part[6..], Encoding.UTF8.GetString(exception.Body.Span));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: 1\n\n")]
    [InlineData("data: 1\n\n", ": a comment is not an event\n\n")]
    [InlineData("data: 1\n\n", "data:\n\n")]
    [InlineData("data: 1\n\n", "", "data: {\"a\":1}\n")]
    public async Task Silence_is_a_failure_after_the_idle_time_with_what_was_received(string body, string again = "", string part = "")
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + body + part);
            for (var i = 0; i < 40 && again.Length > 0; i++)
            {
                await Task.Delay(100, Token);
                await exchange.WriteAsync(again);
            }
            await exchange.HangAsync();
        });
        using var fal = new FalClient(new FalClientOptions
        {
            BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", StreamIdleTimeout = TimeSpan.FromMilliseconds(300),
        });
        var events = new List<string>();

        var exception = await Assert.ThrowsAsync<TransportException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token), events));

        Assert.Equal(body.Length == 0 ? [] : ["1"], events);
        Assert.Equal((TransportFailure.TimedOut, "x-1"), (exception.Failure, exception.RequestId));
        Assert.Contains("sent no event for 00:00:00.3", exception.Message, StringComparison.Ordinal);
        Assert.Equal(part.Length == 0 ? "" : part[6..^1], Encoding.UTF8.GetString(exception.Body.Span));
    }

    [Fact]
    public async Task A_response_is_read_once()
    {
        await using var server = new FakeServer(Raw(Head + "data: 1\n\ndata: 2\n\n"));
        using var fal = Fal(server.Url);
        await using var stream = await fal.OpenStreamAsync("fal-ai/any", "x", cancellationToken: Token);

        await foreach (var _ in stream.ReadEventsAsync<RawJson>(Token))
            break;

        await Assert.ThrowsAsync<InvalidOperationException>(() => AllAsync(stream.ReadEventsAsync<RawJson>(Token)));
        Assert.Throws<InvalidOperationException>(() => stream.Body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposing_is_not_the_end_of_the_stream(bool events)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "data: 1\n\n");
            await exchange.HangAsync();
        });
        using var fal = Fal(server.Url);
        var stream = await fal.OpenStreamAsync("fal-ai/any", "x", cancellationToken: Token);

        async Task ReadAsync()
        {
            if (events)
                await AllAsync(stream.ReadEventsAsync<RawJson>(Token));
            else
                await stream.Body.CopyToAsync(Stream.Null, Token);
        }

        var reading = ReadAsync();
        await Task.Delay(100, Token);
        stream.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => reading);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AllAsync(stream.ReadEventsAsync<RawJson>(Token)));
    }

    [Fact]
    public async Task An_event_that_echoes_the_key_is_without_it()
    {
        await using var server = new FakeServer(Raw(Head + "data: {\"auth\":\"Key test-key-id:test-key-secret\"}\n\n"));
        using var fal = Fal(server.Url);

        var text = Assert.Single(await AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token)));

        Assert.DoesNotContain("test-key-secret", text, StringComparison.Ordinal);
        Assert.StartsWith("{\"auth\":", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_own_time_between_events_is_not_silence()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "data: 1\n\n");
            await Task.Delay(1500, Token);
            await exchange.WriteAsync("data: 2\n\n");
            exchange.Close();
        });
        using var fal = new FalClient(new FalClientOptions
        {
            BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", StreamIdleTimeout = TimeSpan.FromSeconds(1),
        });
        var count = 0;

        await foreach (var _ in fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token))
        {
            if (count++ == 0)
                await Task.Delay(1400, Token);
        }

        Assert.Equal(2, count);
    }

    [Theory]
    [InlineData("while it waits")]
    [InlineData("while the caller works")]
    [InlineData("by leaving the loop")]
    public async Task Canceling_closes_the_connection_at_once(string how)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "data: 1\n\n");
            await exchange.HangAsync();
            closed.SetResult();
        });
        using var fal = Fal(server.Url);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        async Task ReadAsync()
        {
            await foreach (var _ in fal.StreamAsync("fal-ai/any", "x").WithCancellation(cancellation.Token))
            {
                if (how == "by leaving the loop")
                    break;
                if (how == "while it waits")
                    cancellation.CancelAfter(100);
                else
                {
                    await cancellation.CancelAsync();
                    await closed.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);
                }
            }
        }

        if (how == "by leaving the loop")
            await ReadAsync();
        else
        {
            // The model has begun, so that who runs it again pays again.
            var exception = await Assert.ThrowsAsync<SubmitCanceledException>(ReadAsync);
            Assert.Equal((cancellation.Token, "x-1", "fal-ai/any"), (exception.CancellationToken, exception.RequestId, exception.EndpointId));
        }
        await closed.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Canceling_before_the_response_says_that_the_run_may_exist()
    {
        await using var server = new FakeServer(Hang);
        using var fal = Fal(server.Url);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        cancellation.CancelAfter(200);

        await Assert.ThrowsAsync<SubmitCanceledException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: cancellation.Token)));
    }

    [Fact]
    public async Task An_event_over_the_limit_is_not_collected()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "data: 1\n\ndata: \"");
            await exchange.WriteAsync(new string('a', 100_000));
            await exchange.HangAsync();
        });
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", MaxResponseBytes = 50_000 });
        var events = new List<string>();

        var exception = await Assert.ThrowsAsync<TransportException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token), events));

        Assert.Equal(["1"], events);
        Assert.Equal(TransportFailure.TooLarge, exception.Failure);
        Assert.StartsWith("\"aaaa", Encoding.UTF8.GetString(exception.Body.Span), StringComparison.Ordinal);
        Assert.InRange(exception.Body.Length, 40_000, 100_001);
    }

    [Theory]
    [InlineData(998, false)]
    [InlineData(999, true)]
    [InlineData(1998, true)]
    [InlineData(40_000, true)]
    public async Task A_response_over_the_limit_is_never_cut_silently(int letters, bool isTooLarge)
    {
        var body = $"\"{new string('a', letters)}\"";
        await using var server = new FakeServer(Reply(200, body));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", MaxResponseBytes = 1000 });
        var events = new List<string>();

        var exception = await Record.ExceptionAsync(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token), events));

        if (!isTooLarge)
        {
            Assert.Null(exception);
            Assert.Equal([body], events);
            return;
        }
        var failure = Assert.IsType<TransportException>(exception);
        Assert.Empty(events);
        Assert.Equal((TransportFailure.TooLarge, body[..1000]), (failure.Failure, Encoding.UTF8.GetString(failure.Body.Span)));
    }

    [Fact]
    public async Task A_response_that_breaks_off_is_not_complete()
    {
        await using var server = new FakeServer(exchange => Raw(
            "HTTP/1.1 200 OK\r\nX-Fal-Request-Id: x-1\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\nOnce upon")(exchange));
        using var fal = Fal(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => fal.RunDirectAsync("some/model", "x", cancellationToken: Token));

        var broken = Assert.IsType<TransportException>(exception.InnerException);
        Assert.Equal("Once upon", Encoding.UTF8.GetString(broken.Body.Span));
        Assert.Null(broken.Raw);
    }

    [Fact]
    public async Task A_model_that_does_not_stream_gives_one_event()
    {
        await using var server = new FakeServer(Reply(200, """{"video":{"url":"https://files.example/1.mp4"}}"""));
        using var fal = Fal(server.Url);

        var only = Assert.Single(await ToListAsync(fal.StreamAsync(Clips.StrictAt("fal", "fal-ai/any"), Clips.Request, cancellationToken: Token)));

        Assert.Equal("https://files.example/1.mp4", only.Video!.Url);
    }

    [Theory]
    [InlineData("text/html", "<html>A page</html>")]
    [InlineData("audio/mpeg", "ID3\u0001\u0002")]
    [InlineData("application/json", "{\"a\":")]
    public async Task A_response_of_another_media_type_is_thrown_with_its_content(string type, string body)
    {
        await using var server = new FakeServer(Reply(200, body, $"Content-Type: {type}", "X-Fal-Request-Id: x-1"));
        using var fal = Fal(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => AllAsync(fal.StreamAsync("fal-ai/any", "x", cancellationToken: Token)));

        Assert.Equal((TransportFailure.Malformed, "x-1"), (exception.Failure, exception.RequestId));
        Assert.Equal((type, body), (exception.Content!.MediaType, Encoding.UTF8.GetString(exception.Content.Bytes.Span)));
    }

    [Fact]
    public async Task A_stream_of_bytes_is_read_as_it_arrives()
    {
        var go = new SemaphoreSlim(0);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nX-Fal-Request-Id: x-1\r\nX-Fal-Billable-Units: 2.5\r\nContent-Length: 6\r\n\r\nabc");
            await go.WaitAsync(Token);
            await exchange.WriteAsync("def");
        });
        using var fal = Fal(server.Url);

        await using var stream = await fal.OpenStreamAsync("fal-ai/any", "x", cancellationToken: Token);

        Assert.Equal(("audio/mpeg", "x-1", 2.5m, false), (stream.MediaType, stream.RequestId, stream.Metrics.BillableUnits, stream.IsEvents));
        var buffer = new byte[16];
        Assert.Equal("abc", Encoding.ASCII.GetString(buffer, 0, await stream.Body.ReadAsync(buffer, Token)));
        go.Release();
        Assert.Equal("def", Encoding.ASCII.GetString(buffer, 0, await stream.Body.ReadAsync(buffer, Token)));
        Assert.Equal(0, await stream.Body.ReadAsync(buffer, Token));
        Assert.Contains("\r\nAccept: */*\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_of_bytes_that_fails_says_so(bool hangs)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Length: 6\r\n\r\nabc");
            if (hangs)
                await exchange.HangAsync();
            exchange.Close();
        });
        using var fal = new FalClient(new FalClientOptions
        {
            BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", StreamIdleTimeout = TimeSpan.FromMilliseconds(300),
        });

        await using var stream = await fal.OpenStreamAsync("fal-ai/any", "x", cancellationToken: Token);
        var exception = await Assert.ThrowsAsync<TransportException>(() => stream.Body.CopyToAsync(Stream.Null, Token));

        Assert.Equal(hangs ? TransportFailure.TimedOut : TransportFailure.Broken, exception.Failure);
    }

    [Fact]
    public async Task Events_of_a_workflow_are_typed()
    {
        const string Body = """
            data: {"type":"submit","node_id":"n1","app_id":"fal-ai/flux/dev","request_id":"r1"}

            data: {"type":"completion","node_id":"n1","output":{"images":[]}}

            data: {"type":"output","output":{"image":1},"new":2}


            """;
        await using var server = new FakeServer(Raw(Head + Body.ReplaceLineEndings("\n")));
        using var fal = Fal(server.Url);

        var events = await ToListAsync(fal.StreamAsync<FalWorkflowEvent>("workflows/me/poster", "x", cancellationToken: Token));

        Assert.Equal(["submit", "completion", "output"], events.Select(next => next.Type));
        Assert.Equal(("n1", "fal-ai/flux/dev", "r1"), (events[0].NodeId, events[0].AppId, events[0].RequestId));
        Assert.Equal(["null", """{"images":[]}""", """{"image":1}"""], events.Select(next => next.Output.ToString()));
        Assert.Equal("""{"type":"output","output":{"image":1},"new":2}""", RawJson.From(events[2]).ToString());
        Assert.StartsWith("POST /run/workflows/me/poster/stream HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    private static FalClient Fal(Uri url) => new(new() { BaseUrl = url, ApiKey = "test-key-id:test-key-secret" });

    private static async Task<List<string>> AllAsync(IAsyncEnumerable<RawJson> run, List<string>? events = null)
    {
        events ??= [];
        await foreach (var next in run)
            events.Add(next.ToString());
        return events;
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> run)
    {
        var events = new List<T>();
        await foreach (var next in run)
            events.Add(next);
        return events;
    }
}
