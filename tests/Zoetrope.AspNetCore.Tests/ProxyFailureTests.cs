namespace Zoetrope.AspNetCore.Tests;

/// <summary>
/// What goes wrong between the proxy and fal, or between the browser and the proxy. fal's client repeats what ends with 429, 502, 503 or 504, and what breaks
/// off: nothing billed that may have been accepted must end so.
/// </summary>
public sealed class ProxyFailureTests
{
    private const string Poll = "https://queue.fal.run/fal-ai/flux/requests/r-1/status";
    private const string Run = "https://fal.run/fal-ai/flux/dev";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", Proxied.Submit)]
    [InlineData("POST", Run)]
    [InlineData("GET", Run)]
    [InlineData("GET", Poll)]
    public async Task Where_fal_cannot_be_reached_nothing_was_sent(string method, string target)
    {
        await using var app = await Proxied.StartAsync(FakeServer.Nowhere());

        var (status, body) = await app.CallAsync(target, method);

        Assert.Equal(502, status);
        Assert.Equal("""{"message":"fal could not be reached. Nothing was sent.","detail":"fal could not be reached. Nothing was sent."}""", body);
    }

    [Theory]
    [InlineData("POST", Proxied.Submit, 500)]
    [InlineData("POST", Run, 500)]
    [InlineData("GET", Run, 500)]
    [InlineData("GET", Poll, 502)]
    public async Task A_connection_that_breaks_is_a_doubt_where_it_is_billed(string method, string target, int expected)
    {
        foreach (var fault in new[] { FakeServer.Reset, FakeServer.Raw(""), FakeServer.Raw("HTTP/1.1 200 OK\r\nContent-Le"), FakeServer.Raw("nonsense\r\n\r\n") })
        {
            await using var fal = new FakeServer(fault);
            await using var app = await Proxied.StartAsync(fal.Url);

            var (status, body) = await app.CallAsync(target, method);

            Assert.Equal(expected, status);
            if (expected == 500)
            {
                Assert.Contains("may have been accepted and billed", body, StringComparison.Ordinal);
                Assert.Single(fal.Requests);
            }
        }
    }

    [Theory]
    [InlineData(Proxied.Submit, "application/json")]
    [InlineData(Run, "application/json")]
    [InlineData(Run, "image/png")]
    [InlineData(Run, "text/html")]
    [InlineData(Run + "/stream", "application/problem+json")]
    public async Task A_response_that_breaks_off_is_a_doubt_and_not_a_truncated_response(string target, string type)
    {
        await using var fal = new FakeServer(FakeServer.Raw($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: 100\r\n\r\n{{\"request_id\":"));
        await using var app = await Proxied.StartAsync(fal.Url);

        Assert.Equal(500, (await app.CallAsync(target)).Status);
        Assert.Single(fal.Requests);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_does_not_look_complete()
    {
        await using var fal = new FakeServer(
            FakeServer.Raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"));
        await using var app = await Proxied.StartAsync(fal.Url);

        await Assert.ThrowsAsync<HttpRequestException>(() => app.CallAsync(Run + "/stream"));
    }

    [Theory]
    [InlineData("POST", Proxied.Submit, 500)]
    [InlineData("GET", Poll, 502)]
    public async Task A_redirect_is_not_followed_and_takes_the_key_nowhere(string method, string target, int expected)
    {
        await using var elsewhere = new FakeServer(FakeServer.Reply(200, "{}"));
        foreach (var code in new[] { 301, 302, 303, 307, 308 })
        {
            await using var fal = new FakeServer(FakeServer.Reply(code, "", "Location: " + elsewhere.Url));
            await using var app = await Proxied.StartAsync(fal.Url);

            using var response = await app.Client.SendAsync(Proxied.Request(target, method), Token);
            Assert.Equal(expected, (int)response.StatusCode);
            Assert.Null(response.Headers.Location);
            Assert.Single(fal.Requests);
        }
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_fal_itself_says_is_passed_on(int status)
    {
        await using var fal = new FakeServer(FakeServer.Reply(status, """{"detail":"fal's own words"}"""));
        await using var app = await Proxied.StartAsync(fal.Url);

        Assert.Equal((status, """{"detail":"fal's own words"}"""), await app.CallAsync(Proxied.Submit));
        Assert.Single(fal.Requests);
    }

    [Theory]
    [InlineData("POST", Proxied.Submit, 500)]
    [InlineData("POST", Run, 500)]
    [InlineData("GET", Poll, 504)]
    public async Task A_response_that_does_not_come_is_not_waited_for(string method, string target, int expected)
    {
        await using var fal = new FakeServer(FakeServer.Hang);
        await using var app = await Proxied.StartAsync(
            fal.Url, options => options.RunTimeout = options.RequestTimeout = TimeSpan.FromSeconds(2));

        Assert.Equal(expected, (await app.CallAsync(target, method)).Status);
        Assert.Single(fal.Requests);
    }

    [Fact]
    public async Task A_stream_that_is_silent_for_too_long_is_cut_off()
    {
        await using var fal = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            await exchange.HangAsync();
        });
        await using var app = await Proxied.StartAsync(fal.Url, options => options.IdleTimeout = TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<HttpRequestException>(() => app.CallAsync(Run + "/stream"));
    }

    [Fact]
    public async Task Events_arrive_when_they_are_sent_and_a_browser_that_leaves_ends_the_stream()
    {
        var goOn = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var fal = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\ndata: 1\n\n");
            await goOn.Task;
            await exchange.WriteAsync("data: 2\n\n");
            await exchange.HangAsync();
            closed.SetResult();
        });
        await using var app = await Proxied.StartAsync(fal.Url);

        using (var response = await app.Client.SendAsync(Proxied.Request(Run + "/stream"), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
            await using var body = await response.Content.ReadAsStreamAsync(Token);
            using var reader = new StreamReader(body);
            // The second event is not sent before the first was read here.
            Assert.Equal("data: 1", await reader.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token));
            await reader.ReadLineAsync(Token);
            goOn.SetResult();
            Assert.Equal("data: 2", await reader.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token));
        }

        await closed.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    [Theory]
    [InlineData("POST", Run)]
    [InlineData("GET", Poll)]
    public async Task A_browser_that_leaves_ends_runs_and_polls(string method, string target)
    {
        var received = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var fal = new FakeServer(async exchange =>
        {
            received.SetResult();
            await exchange.HangAsync();
            closed.SetResult();
        });
        await using var app = await Proxied.StartAsync(fal.Url);
        using var leaving = new CancellationTokenSource();

        var call = app.Client.SendAsync(Proxied.Request(target, method), leaving.Token);
        await received.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await closed.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    /// <summary>Aborted, it may have been accepted all the same, and nobody would know the job.</summary>
    [Theory]
    [InlineData("POST", Proxied.Submit)]
    [InlineData("PUT", "https://queue.fal.run/fal-ai/flux/requests/r-1/cancel")]
    public async Task A_submit_and_a_cancel_are_finished_when_the_browser_has_left_and_the_job_is_logged(string method, string target)
    {
        var received = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        var responded = new TaskCompletionSource();
        await using var fal = new FakeServer(async exchange =>
        {
            received.SetResult();
            await left.Task;
            // A connection that was closed would refuse the second of two writes.
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n");
            await Task.Delay(100);
            await exchange.WriteAsync("""{"request_id":"r-paid"}""");
            responded.SetResult();
        });
        await using var app = await Proxied.StartAsync(fal.Url);
        using var leaving = new CancellationTokenSource();

        var call = app.Client.SendAsync(Proxied.Request(target, method), leaving.Token);
        await received.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Task.Delay(100, Token);
        left.SetResult();
        await responded.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);

        if (method == "PUT")
            return;
        for (var i = 0; i < 500 && !app.Log.Contains("r-paid", StringComparison.Ordinal); i++)
            await Task.Delay(10, Token);
        Assert.Contains("its job was submitted to fal-ai/flux/dev: r-paid", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_leaves_before_its_request_is_complete_submits_nothing()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url);
        var head = $"POST {Proxied.Path} HTTP/1.1\r\nHost: a\r\nx-fal-target-url: {Proxied.Submit}\r\nContent-Type: application/json\r\n";

        await app.SendBrokenAsync(head + "Content-Length: 50\r\n\r\n{\"pro");
        await app.SendBrokenAsync(head + "Transfer-Encoding: chunked\r\n\r\n50\r\n{\"pro");
        Assert.StartsWith(
            "HTTP/1.1 400", await app.SendBrokenAsync(head + "Transfer-Encoding: chunked\r\n\r\nten\r\n{\"pro"), StringComparison.Ordinal);

        Assert.Empty(fal.Requests);
        Assert.Equal(200, (await app.CallAsync(Proxied.Submit)).Status);
    }
}
