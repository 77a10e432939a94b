using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>A token provider's key takes the place of the client's own in each request, and is as secret.</summary>
public sealed class TokenProviderTests
{
    private const string Second = "id-other-0987654321:other-secret-zyxwv";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_request_has_the_key_of_its_moment(bool isUsers)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var http = new HttpClient();
        string? key = null;
        using var transport = Create(server.Url, _ => new(key), http: isUsers ? http : null);

        await transport.SendAsync(TestTransport.Get(server.Url), default);
        key = Second;
        await transport.SendAsync(TestTransport.Get(server.Url), default);
        await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);
        key = TestTransport.Key;
        await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Equal([TestTransport.Key, Second, Second, TestTransport.Key], server.Requests.Select(KeyOf));
    }

    [Fact]
    public async Task A_key_that_comes_later_is_waited_for()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var coming = new TaskCompletionSource<string?>();
        using var transport = Create(server.Url, _ => new(coming.Task));

        var sending = transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);
        Assert.False(sending.IsCompleted);
        coming.SetResult(Second);
        await sending;

        Assert.Equal(Second, KeyOf(Assert.Single(server.Requests)));
    }

    [Fact]
    public async Task Neither_the_key_nor_the_one_before_it_is_in_an_error()
    {
        await using var server = new FakeServer(Reply(401, $$"""{"message":"{{TestTransport.Key}} and {{Second}} are wrong"}"""));
        using var transport = Create(server.Url, _ => new(Second));

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal("*** and *** are wrong", exception.Error.Message);
        Assert.DoesNotContain("secret", exception.ToString());
    }

    [Fact]
    public async Task The_last_sixteen_keys_are_removed_however_many_requests_have_each()
    {
        static string KeyAt(int i) => $"Key id-{i:00}-rotated:secret-{i:00}-rotated";
        var all = string.Join(" and ", Enumerable.Range(0, 16).Select(KeyAt));
        await using var server = new FakeServer(exchange => exchange.ReplyAsync(401, $$"""{"message":"{{all}} are wrong"}"""));
        var at = 0;
        using var transport = Create(server.Url, _ => new(KeyAt(at)));
        ServiceException? last = null;

        for (; at < 16; at++)
        {
            var sending = Enumerable.Range(0, 8).Select(_ => transport.SendAsync(TestTransport.Get(server.Url), default)).ToList();
            foreach (var one in sending)
                last = await Assert.ThrowsAsync<ServiceException>(() => one);
            if (at == 15)
                break;
        }

        Assert.DoesNotContain("rotated", last!.Error.Message);
    }

    [Fact]
    public async Task A_key_that_was_replaced_is_still_removed()
    {
        await using var server = new FakeServer(Reply(200, "{}"), Reply(401, $$"""{"message":"{{Second}}"}"""));
        var keys = new Queue<string?>([Second, "id-third-111111:third-secret-222222"]);
        using var transport = Create(server.Url, _ => new(keys.Dequeue()));
        await transport.SendAsync(TestTransport.Get(server.Url), default);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal("***", exception.Error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_submit_without_a_key_was_not_sent_and_is_tried_again(bool isLate)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var calls = 0;
        using var transport = Create(
            server.Url,
            async _ =>
            {
                if (isLate)
                    await Task.Yield();
                calls++;
                return calls == 1 ? throw new InvalidOperationException("the vault is locked") : Second;
            },
            new FakeTime { FireAtOnce = TimeSpan.FromSeconds(61) });
        var reasons = new List<string>();
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = server.Url,
            Json = "{}"u8.ToArray(),
            Submit = new SubmitOptions { OnRetry = retry => reasons.Add(retry.Reason.Message) },
        };

        await transport.SubmitAsync(request, "some/model", default);

        Assert.Equal("The token provider failed, so nothing was sent: the vault is locked.", Assert.Single(reasons));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_key_that_is_no_header_is_refused()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = Create(server.Url, _ => new("a\nb"));

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Contains("not valid in a header", exception.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Cancellation_while_a_key_is_waited_for_is_cancellation()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var cancel = new CancellationTokenSource();
        using var transport = Create(server.Url, async token =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", cancel.Token));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_handshake_whose_key_does_not_come_says_that_nothing_was_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var asked = new SemaphoreSlim(0);
        using var cancel = new CancellationTokenSource();
        var transport = Create(server.Url, async token =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });
        Task<OpenWebSocket> ConnectAsync(TimeSpan timeout, CancellationToken ct) => transport.ConnectWebSocketAsync(server.Url, sendKey: true, timeout, ct);

        var late = await Assert.ThrowsAsync<TransportException>(() => ConnectAsync(TimeSpan.FromMilliseconds(50), default));
        var (canceled, disposed) = (ConnectAsync(TimeSpan.FromHours(1), cancel.Token), ConnectAsync(TimeSpan.FromHours(1), default));
        for (var i = 0; i < 3; i++)
            await asked.WaitAsync();
        await cancel.CancelAsync();
        var caller = await Assert.ThrowsAsync<OperationCanceledException>(() => canceled);
        transport.Dispose();
        var refused = await Assert.ThrowsAsync<TransportException>(() => disposed);

        Assert.Equal((TransportFailure.NotConnected, TransportFailure.Refused), (late.Failure, refused.Failure));
        Assert.Equal(cancel.Token, caller.CancellationToken);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_handshake_has_the_failure_of_its_provider()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = Create(server.Url, _ => throw new InvalidOperationException("the vault is locked"));

        var exception = await Assert.ThrowsAsync<TransportException>(
            () => transport.ConnectWebSocketAsync(server.Url, sendKey: true, TimeSpan.FromHours(1), default));

        Assert.Equal("The token provider failed, so nothing was sent: the vault is locked.", exception.Message);
    }

    [Fact]
    public async Task A_token_that_a_provider_keeps_is_that_of_no_other_request()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var tokens = new List<CancellationToken>();
        // As one that has a key, and begins to fetch the next.
        using var transport = Create(server.Url, token =>
        {
            tokens.Add(token);
            return new(Second);
        });

        for (var i = 0; i < 20; i++)
            await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Equal(20, tokens.Distinct().Count());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Disposal_while_a_key_is_waited_for_says_that_nothing_was_sent(bool isUsers, bool observesToken)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var http = isUsers ? new HttpClient() : null;
        var asked = new SemaphoreSlim(0);
        var coming = new TaskCompletionSource<string?>();
        var transport = Create(
            server.Url,
            token =>
            {
                asked.Release();
                return new(observesToken ? coming.Task.WaitAsync(token) : coming.Task);
            },
            http: http);
        var getting = transport.SendAsync(TestTransport.Get(server.Url), default);
        var submitting = transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);
        await asked.WaitAsync();
        await asked.WaitAsync();

        transport.Dispose();
        coming.SetResult(Second);

        var get = await Assert.ThrowsAsync<TransportException>(() => getting);
        var submit = await Assert.ThrowsAsync<SubmitException>(() => submitting);
        Assert.Equal(TransportFailure.Refused, get.Failure);
        Assert.True(submit.WasNotAccepted);
        Assert.All((Exception[])[get, submit], exception => Assert.Contains("The client was disposed", exception.Message, StringComparison.Ordinal));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_provider_that_takes_too_long_is_named()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = Create(server.Url, async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });

        var exception = await Assert.ThrowsAsync<TransportException>(
            () => transport.SendAsync(TestTransport.Get(server.Url, TimeSpan.FromMilliseconds(50)), default));

        Assert.Equal(TransportFailure.NotConnected, exception.Failure);
        Assert.Equal("The token provider returned no key within 00:00:00.0500000, so nothing was sent.", exception.Message);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancellation_of_the_providers_own_is_a_failure_of_the_provider(bool isLate)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = Create(server.Url, async _ =>
        {
            if (isLate)
                await Task.Yield();
            throw new TaskCanceledException("the vault did not respond");
        });

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(TransportFailure.NotConnected, exception.Failure);
        Assert.Equal("The token provider failed, so nothing was sent: the vault did not respond.", exception.Message);
    }

    [Fact]
    public async Task A_source_of_clients_is_asked_for_each_request()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var first = new HttpClient { DefaultRequestHeaders = { { "X-Client", "1" } } };
        using var second = new HttpClient { DefaultRequestHeaders = { { "X-Client", "2" } } };
        var current = first;
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClientSource = () => current);

        await transport.SendAsync(TestTransport.Get(server.Url), default);
        current = second;
        await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Contains("X-Client: 1", server.Requests[0]);
        Assert.Contains("X-Client: 2", server.Requests[1]);
    }

    [Fact]
    public async Task Handlers_see_which_requests_must_be_sent_once()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var seen = new List<(bool Once, bool Option)>();
        using var http = new HttpClient(new Looking(seen) { InnerHandler = new SocketsHttpHandler() });
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);
        await transport.SendAsync(TestTransport.Post(server.Url), default);
        await transport.SendAsync(TestTransport.Get(server.Url), default);
        await transport.SendAsync(new() { Method = HttpMethod.Put, Uri = server.Url }, default);

        Assert.Equal([(true, true), (true, true), (false, false), (false, false)], seen);
        Assert.Equal("Zoetrope.SendOnce", RequestMarks.SendOnce.Key);
    }

    private static Zoetrope.Http.Transport Create(
        Uri url, Func<CancellationToken, ValueTask<string?>> provider, TimeProvider? time = null, HttpClient? http = null) =>
        TestTransport.Create(url, time, options =>
        {
            options.TokenProvider = provider;
            if (http is not null)
                options.HttpClient = http;
        });

    private static string? KeyOf(string request) => Connection.HeaderOf(request, "Authorization")?["Key ".Length..];

    private sealed class Looking(List<(bool Once, bool Option)> seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add((RequestMarks.IsSentOnce(request), request.Options.TryGetValue(RequestMarks.SendOnce, out var once) && once));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
