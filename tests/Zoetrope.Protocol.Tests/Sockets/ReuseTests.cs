using Zoetrope.Clients;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>Deadlines, buffers and addresses are used again, and nothing of one exchange shows in another.</summary>
public sealed class ReuseTests
{
    private const string Running = """{"status":"IN_PROGRESS","request_id":"j-1"}""";

    // Enough for a response on a busy machine.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_deadline_of_an_earlier_poll_does_not_end_a_later_one()
    {
        await using var server = new FakeServer(Reply(200, Running), Slow);
        using var hasty = Client(server.Url, Short);
        using var patient = Client(server.Url, TimeSpan.FromSeconds(30));
        await Job(hasty).GetStatusAsync();

        var status = await Job(patient).GetStatusAsync();

        Assert.Equal(JobState.Running, status.State);
    }

    [Fact]
    public async Task A_caller_who_cancels_after_a_poll_does_not_end_later_ones()
    {
        using var caller = new CancellationTokenSource();
        await using var server = new FakeServer(Reply(200, Running), async exchange =>
        {
            await caller.CancelAsync();
            await exchange.ReplyAsync(200, Running);
        });
        using var client = Client(server.Url, TimeSpan.FromSeconds(30));
        await Job(client).GetStatusAsync(cancellationToken: caller.Token);

        var later = await Job(client).GetStatusAsync();

        Assert.True(caller.IsCancellationRequested);
        Assert.Equal(JobState.Running, later.State);
    }

    [Fact]
    public async Task A_poll_that_ran_out_of_time_or_was_canceled_ends_no_other()
    {
        await using var stalled = new FakeServer(Hang);
        await using var server = new FakeServer(Reply(200, Running));
        var moment = TimeSpan.FromMilliseconds(100);
        using var hasty = Client(stalled.Url, moment);
        using var client = Client(server.Url, TimeSpan.FromSeconds(30));

        for (var i = 0; i < 4; i++)
        {
            using var caller = new CancellationTokenSource(moment);
            await Assert.ThrowsAsync<JobWatchException>(() => Job(hasty).GetStatusAsync());
            await Assert.ThrowsAsync<JobWaitCanceledException>(() => Job(hasty).GetStatusAsync(cancellationToken: caller.Token));
            Assert.Equal(JobState.Running, (await Job(client).GetStatusAsync()).State);
        }
    }

    [Fact]
    public async Task A_status_keeps_what_was_received_when_others_follow()
    {
        await using var server = new FakeServer([.. Enumerable.Range(0, 20).Select(number => Raw(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{Chunk(Numbered(number))}0\r\n\r\n"))]);
        using var client = Client(server.Url, TimeSpan.FromSeconds(30));
        var seen = new List<JobStatus>();

        for (var i = 0; i < 20; i++)
            seen.Add(await Job(client).GetStatusAsync());

        Assert.Equal(Enumerable.Range(0, 20).Select(Numbered), seen.Select(status => status.Raw.ToString()));
    }

    [Fact]
    public async Task One_handle_leads_to_the_address_of_each_client()
    {
        await using var first = new FakeServer(Reply(200, Running));
        await using var second = new FakeServer(Reply(200, Running));
        using var one = Client(first.Url, TimeSpan.FromSeconds(30));
        using var other = Client(second.Url, TimeSpan.FromSeconds(30));
        var handle = new JobHandle("fal", "some/model", "j-1");

        foreach (var client in (MediaClient[])[one, other, one, other])
            await client.Resume(handle).GetStatusAsync();

        Assert.Equal(2, first.Requests.Length);
        Assert.Equal(2, second.Requests.Length);
        // What is derived from a handle is not part of it.
        Assert.Equal(JobHandle.Parse(handle.ToString()), handle);
        Assert.Equal(JobHandle.Parse(handle.ToString()).GetHashCode(), handle.GetHashCode());
        Assert.NotEqual(handle with { IdempotencyKey = "k" }, handle);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_keeps_its_token_sees_it_canceled_by_nobody(bool derives)
    {
        await using var server = new FakeServer(Reply(200, Running), Hang);
        using var keeping = derives ? new KeepingHandler() : (HttpMessageHandler)new KeepingDelegatingHandler();
        var http = new HttpClient(keeping);
        using var client = new FalClient(new() { ApiKey = "id:secret-of-tests", BaseUrl = server.Url, PollTimeout = Short, HttpClient = http });
        await Job(client).GetStatusAsync();
        var kept = keeping is KeepingHandler own ? own.Token : ((KeepingDelegatingHandler)keeping).Token;

        // Later exchanges, which run out of time.
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<JobWatchException>(() => Job(client).GetStatusAsync());

        Assert.False(kept.IsCancellationRequested);
    }

    [Fact]
    public async Task A_wait_that_may_not_wait_sends_nothing_whatever_was_used_before()
    {
        await using var server = new FakeServer(Reply(200, Running));
        using var client = Client(server.Url, TimeSpan.FromSeconds(30));
        await Job(client).GetStatusAsync();

        await Assert.ThrowsAsync<JobTimeoutException>(() => Job(client).WaitAsync(new() { Timeout = TimeSpan.Zero }));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"status":"\ud800IN_PROGRESS","request_id":"j-1"}""")]
    [InlineData("""{"status":"IN_PROGRESS","request_id":"\ud800j-1"}""")]
    public async Task Half_of_a_surrogate_pair_ends_no_wait(string odd)
    {
        await using var server = new FakeServer(Reply(200, odd), Reply(200, """{"status":"COMPLETED","request_id":"j-1"}"""), Reply(200, """{"video":1}"""));
        using var client = Client(server.Url, TimeSpan.FromSeconds(30));

        var result = await Job(client).WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(1) });

        Assert.Equal("""{"video":1}""", result.Value.ToString());
        Assert.Equal(3, server.Requests.Length);
    }

    private static async Task Slow(FakeServer.Exchange exchange)
    {
        await Task.Delay(Short * 1.5);
        await exchange.ReplyAsync(200, Running);
    }

    private static string Numbered(int number) => $$"""{"status":"IN_PROGRESS","request_id":"j-1","number":{{number}}}""";

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";

    private static Job<Json.RawJson> Job(FalClient client) => client.Resume(new JobHandle("fal", "some/model", "j-1"));

    private static FalClient Client(Uri url, TimeSpan pollTimeout) => new(new() { ApiKey = "id:secret-of-tests", BaseUrl = url, PollTimeout = pollTimeout });

    /// <summary>Keeps the token of the first request, as one that sends it a second time in the background does.</summary>
    private sealed class KeepingDelegatingHandler() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        public CancellationToken Token { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Token == default)
                Token = cancellationToken;
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>The same as the only handler of its client.</summary>
    private sealed class KeepingHandler : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(new SocketsHttpHandler { AllowAutoRedirect = false });

        public CancellationToken Token { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Token == default)
                Token = cancellationToken;
            return _inner.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
