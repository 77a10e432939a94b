using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>A job that is followed by fal's stream of statuses: it brings news, and polls stay the truth.</summary>
public sealed class FalStatusFeedTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private static readonly JobHandle _job = new("fal", "fal-ai/some/model", "j");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statuses_arrive_without_polls_and_logs_are_collected()
    {
        await using var server = Server(
            """{"status":"IN_QUEUE","request_id":"j","queue_position":1,"logs":null}""",
            """{"status":"IN_PROGRESS","request_id":"j","logs":[{"message":"one"}]}""",
            """{"status":"IN_PROGRESS","request_id":"j","logs":[]}""",
            """{"status":"IN_PROGRESS","request_id":"j","logs":[{"message":"two"},{"message":"three"}]}""",
            """{"status":"COMPLETED","request_id":"j","logs":[{"message":"four"}]}""");
        using var fal = Fal(server.Url);
        var seen = new List<JobStatus>();

        var result = await fal.Resume(_job).WaitAsync(new() { StatusFeed = fal.StatusFeed, IncludeLogs = true, OnUpdate = seen.Add }, Token);

        Assert.Equal("[7]", result.Raw.ToString());
        Assert.Equal(
            ["Queued 0", "Running 1", "Running 3", "Completed 4"],
            seen.Select(status => $"{status.State} {status.Logs.Count}"));
        Assert.Equal(["one", "two", "three"], seen[2].Logs.Select(log => log.Message));
        Assert.Equal(
            ["GET /fal-ai/some/requests/j/status/stream?logs=1", "GET /fal-ai/some/requests/j/status?logs=1", "GET /fal-ai/some/requests/j"],
            server.Requests.Select(Line));
        Assert.Contains("\r\nAccept: text/event-stream\r\n", server.Requests[0]);
        Assert.Contains("\r\nAuthorization: Key ", server.Requests[0]);
    }

    [Fact]
    public async Task Watching_takes_statuses_from_the_stream_too()
    {
        await using var server = Server("""{"status":"IN_QUEUE","request_id":"j"}""", """{"status":"COMPLETED","request_id":"j"}""");
        using var fal = Fal(server.Url);
        var states = new List<JobState>();

        await foreach (var status in fal.Resume(_job).WatchAsync(new() { StatusFeed = fal.StatusFeed }, Token))
            states.Add(status.State);

        Assert.Equal([JobState.Queued, JobState.Completed], states);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: {\"status\":\"IN_PROGRESS\",\"request_id\":\"j\"}\n\n")]
    public async Task A_stream_does_not_keep_a_wait_from_its_last_look(string repeated)
    {
        await using var server = new FakeServer(async exchange =>
        {
            if (!Line(exchange.Request).Contains("/status/stream", StringComparison.Ordinal))
            {
                await exchange.ReplyAsync(200, Line(exchange.Request).Contains("/status", StringComparison.Ordinal) ? """{"status":"COMPLETED"}""" : "[7]");
                return;
            }
            await exchange.WriteAsync(Head);
            for (var i = 0; i < 200 && repeated.Length > 0; i++)
            {
                await exchange.WriteAsync(repeated);
                await Task.Delay(100, Token);
            }
            await exchange.HangAsync();
        });
        using var fal = Fal(server.Url);

        // A tenth of it is left for the last look, on a busy machine, too.
        var result = await fal.Resume(_job).WaitAsync(new() { StatusFeed = fal.StatusFeed, Timeout = TimeSpan.FromSeconds(15) }, Token);

        Assert.Equal("[7]", result.Raw.ToString());
    }

    [Theory]
    [InlineData("404")]
    [InlineData("500")]
    [InlineData("not events")]
    [InlineData("reset")]
    [InlineData("breaks off")]
    [InlineData("ends early")]
    [InlineData("not a status")]
    [InlineData("not JSON")]
    [InlineData("another job")]
    public async Task When_the_stream_fails_the_job_is_polled(string how)
    {
        const string Running = "data: {\"status\":\"IN_PROGRESS\",\"request_id\":\"j\"}\n\n";
        await using var server = new FakeServer(exchange => Line(exchange.Request).Contains("/status/stream", StringComparison.Ordinal)
            ? how switch
            {
                "404" => exchange.ReplyAsync(404, """{"detail":"Path not found"}"""),
                "500" => exchange.ReplyAsync(500, "<html>nginx</html>", "Content-Type: text/html"),
                "not events" => exchange.ReplyAsync(200, """{"status":"COMPLETED","request_id":"j"}"""),
                "reset" => Reset(exchange),
                "breaks off" => Raw(Head.Replace("Connection: close", "Content-Length: 5000", StringComparison.Ordinal) + Running)(exchange),
                "ends early" => Raw(Head + Running)(exchange),
                "not a status" => Raw(Head + Running + "data: {}\n\n")(exchange),
                "not JSON" => Raw(Head + Running + "data: hello\n\n")(exchange),
                _ => Raw(Head + Running + "data: {\"status\":\"COMPLETED\",\"request_id\":\"other\"}\n\n")(exchange),
            }
            : PollAsync(exchange));
        using var fal = Fal(server.Url);
        var failures = new List<PollFailure>();
        var wait = new WaitOptions { StatusFeed = fal.StatusFeed, OnPollFailure = failures.Add };

        var result = await fal.Resume(_job).WaitAsync(wait, Token);

        Assert.Equal("[7]", result.Raw.ToString());
        Assert.Single(server.Requests, request => request.Contains("/status/stream", StringComparison.Ordinal));
        if (how == "ends early")
            Assert.Empty(failures);
        else
            Assert.Equal((_job, 1, TimeSpan.Zero), (failures.Single().Handle, failures[0].Count, failures[0].RetryIn));
    }

    [Fact]
    public async Task A_silent_stream_ends_and_the_job_is_polled()
    {
        var time = new FakeTime();
        var isPolled = false;
        await using var server = new FakeServer(async exchange =>
        {
            isPolled |= !Line(exchange.Request).Contains("/status/stream", StringComparison.Ordinal);
            if (!Line(exchange.Request).Contains("/status/stream", StringComparison.Ordinal))
            {
                await PollAsync(exchange);
                return;
            }
            await exchange.WriteAsync(Head + "data: {\"status\":\"IN_QUEUE\",\"request_id\":\"j\"}\n\n");
            // The wait for the next status begins when the client has this one.
            for (var seconds = 0; seconds < 600 && !isPolled; seconds++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(10, Token);
            }
        });
        using var fal = new FalClient(new FalClientOptions
        {
            BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", TimeProvider = time, PollTimeout = TimeSpan.FromMinutes(20),
        });
        var failures = new List<PollFailure>();

        var result = await fal.Resume(_job).WaitAsync(new() { StatusFeed = fal.StatusFeed, OnPollFailure = failures.Add }, Token);

        Assert.Equal("[7]", result.Raw.ToString());
        Assert.Equal(TransportFailure.TimedOut, Assert.IsType<TransportException>(Assert.Single(failures).Reason).Failure);
    }

    [Fact]
    public async Task A_completion_that_only_the_stream_reports_does_not_end_the_job()
    {
        var polls = 0;
        await using var server = new FakeServer(exchange => Line(exchange.Request) switch
        {
            var line when line.Contains("/status/stream", StringComparison.Ordinal) =>
                Raw(Head + "data: {\"status\":\"COMPLETED\",\"request_id\":\"j\",\"error\":\"cancelled\",\"error_type\":\"client_cancelled\"}\n\n")(exchange),
            var line when line.Contains("/status", StringComparison.Ordinal) => exchange.ReplyAsync(
                200, Interlocked.Increment(ref polls) < 3 ? """{"status":"IN_PROGRESS","request_id":"j"}""" : """{"status":"COMPLETED","request_id":"j"}"""),
            _ => exchange.ReplyAsync(200, "[7]"),
        });
        using var fal = Fal(server.Url);

        var result = await fal.Resume(_job).WaitAsync(new() { StatusFeed = fal.StatusFeed, PollInterval = TimeSpan.FromMilliseconds(5) }, Token);

        Assert.Equal("[7]", result.Raw.ToString());
        Assert.Equal(3, polls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_the_wait_closes_the_stream(bool isTimeout)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "data: {\"status\":\"IN_QUEUE\",\"request_id\":\"j\"}\n\n");
            await exchange.HangAsync();
            // The last poll hangs, too.
            closed.TrySetResult();
        });
        using var fal = Fal(server.Url);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        // Long enough for the status to arrive, however busy the machine is.
        var wait = new WaitOptions { StatusFeed = fal.StatusFeed, Timeout = isTimeout ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(2) };
        if (!isTimeout)
            wait.OnUpdate = _ => cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => fal.Resume(_job).WaitAsync(wait, cancellation.Token));

        Assert.True(isTimeout ? exception is JobTimeoutException : exception is JobWaitCanceledException, exception.ToString());
        Assert.Equal(JobState.Queued, ((IJobFailure)exception).LastStatus!.State);
        await closed.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);
    }

    [Fact]
    public async Task Another_providers_job_is_polled()
    {
        await using var server = new FakeServer(Reply(200, """{"id":"p","status":"success","output":"a"}"""));
        using var fal = Fal(server.Url);
        using var eachlabs = new Zoetrope.Eachlabs.EachlabsClient(new Zoetrope.Eachlabs.EachlabsClientOptions { BaseUrl = server.Url, ApiKey = "key-1" });

        var result = await eachlabs.Resume(new JobHandle("eachlabs", "m", "p")).WaitAsync(new() { StatusFeed = fal.StatusFeed }, Token);

        Assert.Equal("\"a\"", result.Raw.ToString());
    }

    private static string Line(string request) => string.Join(' ', request.Split(' ')[..2]);

    private static FalClient Fal(Uri url) => new(new() { BaseUrl = url, ApiKey = "test-key-id:test-key-secret" });

    private static Task PollAsync(Exchange exchange) => Line(exchange.Request).Contains("/status", StringComparison.Ordinal)
        ? exchange.ReplyAsync(
            200, """{"status":"COMPLETED","request_id":"j","logs":[{"message":"one"},{"message":"two"},{"message":"three"},{"message":"four"}]}""")
        : exchange.ReplyAsync(200, "[7]");

    private static FakeServer Server(params string[] events) => new(exchange => Line(exchange.Request).Contains("/status/stream", StringComparison.Ordinal)
        ? Raw(Head + string.Concat(events.Select(next => $"data: {next}\n\n")))(exchange)
        : PollAsync(exchange));
}
