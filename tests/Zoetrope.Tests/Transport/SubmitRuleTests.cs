using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>A submit is never sent twice unless the first surely was not accepted.</summary>
public sealed class SubmitRuleTests
{
    private static readonly TimeSpan Delays = TimeSpan.FromSeconds(61);

    [Fact]
    public async Task A_submit_is_sent_again_when_no_connection_was_made()
    {
        var time = new FakeTime { FireAtOnce = Delays };
        var nowhere = Nowhere();
        using var transport = TestTransport.Create(nowhere, time);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(nowhere), "some/model", default));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(3, exception.Attempts);
        Assert.Equal(2, time.Fired.Count);
        Assert.Equal(TransportFailure.NotConnected, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Contains("did not accept", exception.Message);
    }

    [Fact]
    public async Task A_submit_is_sent_again_when_connecting_took_too_long()
    {
        var time = new FakeTime { FireAtOnce = Delays };
        var connects = 0;
        using var own = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(1),
            ConnectCallback = async (_, ct) =>
            {
                connects++;
                await Task.Delay(Timeout.Infinite, ct);
                return Stream.Null;
            },
        });
        var address = new Uri("http://127.0.0.1:1/");
        using var transport = TestTransport.Create(address, time, options => options.HttpClient = own);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(address), "some/model", default));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(3, exception.Attempts);
        Assert.Equal(3, connects);
    }

    [Fact]
    public async Task Each_retry_of_a_submit_is_reported_before_it_is_sent()
    {
        var time = new FakeTime { FireAtOnce = Delays };
        await using var server = new FakeServer(Reply(429, "{}", "Retry-After: 7"), Reply(429, "{}"), Reply(200, "{\"id\":1}"));
        using var transport = TestTransport.Create(server.Url, time);
        var retries = new List<SubmitRetry>();
        var requests = new List<int>();
        var options = new SubmitOptions
        {
            OnRetry = retry =>
            {
                retries.Add(retry);
                requests.Add(server.Requests.Count());
            },
        };

        await transport.SubmitAsync(new() { Method = HttpMethod.Post, Uri = server.Url, Json = "{}"u8.ToArray(), Submit = options }, "some/model", default);

        Assert.Equal([1, 2], retries.Select(retry => retry.Attempt));
        Assert.Equal([1, 2], requests);
        Assert.All(retries, retry => Assert.Equal("some/model", retry.EndpointId));
        Assert.All(retries, retry => Assert.Equal(HttpStatusCode.TooManyRequests, Assert.IsType<ServiceException>(retry.Reason).StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(7), retries[0].RetryIn);
        Assert.InRange(retries[1].RetryIn, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_the_report_of_a_retry_throws_ends_the_submit()
    {
        await using var server = new FakeServer(Reply(429, "{}"), Reply(200, "{\"id\":1}"));
        using var transport = TestTransport.Create(server.Url, new FakeTime { FireAtOnce = Delays });
        var options = new SubmitOptions { OnRetry = _ => throw new InvalidOperationException("no more") };

        await Assert.ThrowsAsync<InvalidOperationException>(() => transport.SubmitAsync(
            new() { Method = HttpMethod.Post, Uri = server.Url, Json = "{}"u8.ToArray(), Submit = options },
            "some/model",
            default));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_submit_whose_body_may_have_been_sent_is_not_sent_again_whatever_the_error()
    {
        using var own = new HttpClient(new BodyReader());
        var address = new Uri("http://127.0.0.1:1/");
        using var transport = TestTransport.Create(address, null, options => options.HttpClient = own);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(address), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(1, exception.Attempts);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("1.5", 1.5)]
    [InlineData("60", 60)]
    [InlineData("Fri, 02 Jan 2026 03:04:14 GMT", 9)]
    [InlineData("2026-01-02T03:04:14Z", 9)]
    [InlineData("2026-01-02T05:04:14.250+02:00", 9.25)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    public async Task A_submit_is_sent_again_after_429_when_the_service_asks(string retryAfter, double seconds)
    {
        var time = new FakeTime { FireAtOnce = Delays };
        await using var server = new FakeServer(Reply(429, "{}", $"Retry-After: {retryAfter}"), Reply(200, "{\"id\":1}"));
        using var transport = TestTransport.Create(server.Url, time);

        var response = await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal("{\"id\":1}", response.RequireJson().ToString());
        Assert.Equal(2, server.Requests.Length);
        // A delay of nothing needs no timer.
        Assert.Equal(seconds == 0 ? [] : [TimeSpan.FromSeconds(seconds)], time.Fired);
    }

    [Theory]
    [InlineData("61", "00:01:01")]
    [InlineData("3600", "01:00:00")]
    [InlineData("2147483647", "24855.03:14:07")]
    [InlineData("Fri, 02 Jan 2026 04:04:05 GMT", "01:00:00")]
    [InlineData("5\r\nRetry-After: 75", "00:01:15")]
    public async Task A_submit_that_may_be_sent_only_much_later_fails_at_once_with_the_wait(string retryAfter, string wait)
    {
        var time = new FakeTime { FireAtOnce = Delays };
        await using var server = new FakeServer(Reply(429, "{\"message\":\"too many\"}", $"Retry-After: {retryAfter}"));
        using var transport = TestTransport.Create(server.Url, time);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(TimeSpan.Parse(wait), exception.Service!.RetryAfter);
        Assert.EndsWith($"too many; it asks to wait {wait} before the next request", exception.Message);
        Assert.Single(server.Requests);
        Assert.Empty(time.Fired);
    }

    [Theory]
    [InlineData("Fri, 02 Jan 2026 05:04:14 GMT", "Fri, 02 Jan 2026 05:04:05 GMT")]
    [InlineData("Wed, 02 Jan 2036 03:04:14 GMT", "Wed, 02 Jan 2036 03:04:05 GMT")]
    [InlineData("Sat, 01 Jan 2000 00:00:09 GMT", "Sat, 01 Jan 2000 00:00:00 GMT")]
    public async Task A_Retry_After_that_is_a_date_counts_from_the_date_of_the_response(string retryAfter, string date)
    {
        var time = new FakeTime { FireAtOnce = Delays };
        await using var server = new FakeServer(Reply(429, "{}", $"Date: {date}", $"Retry-After: {retryAfter}"), Reply(200, "{}"));
        using var transport = TestTransport.Create(server.Url, time);

        await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal([TimeSpan.FromSeconds(9)], time.Fired);
    }

    [Fact]
    public async Task A_submit_that_is_refused_for_ever_is_sent_as_often_as_allowed()
    {
        var time = new FakeTime { FireAtOnce = Delays };
        await using var server = new FakeServer(Reply(429, "{\"message\":\"too many\"}"));
        using var transport = TestTransport.Create(server.Url, time, options => options.SubmitAttempts = 5);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.Equal(5, server.Requests.Length);
        Assert.Equal(5, exception.Attempts);
        Assert.True(exception.WasNotAccepted);
        Assert.Equal("too many", exception.Service!.Error.Message);
        Assert.All(time.Fired, delay => Assert.InRange(delay, TimeSpan.FromMilliseconds(375), TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(402, true)]
    [InlineData(403, true)]
    [InlineData(404, true)]
    [InlineData(409, true)]
    [InlineData(422, true)]
    [InlineData(408, false)]
    [InlineData(499, false)]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(504, false)]
    public async Task A_submit_that_receives_an_error_is_sent_once(int status, bool wasNotAccepted)
    {
        await using var server = new FakeServer(Reply(status, "{\"message\":\"no\"}"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.Single(server.Requests);
        Assert.Equal(wasNotAccepted, exception.WasNotAccepted);
        Assert.Equal(!wasNotAccepted, exception.Message.Contains("is not known", StringComparison.Ordinal));
        Assert.Equal(status, (int)exception.Service!.StatusCode);
    }

    public static TheoryData<string, TransportFailure> Faults => new()
    {
        { "reset", TransportFailure.Broken },
        { "closed", TransportFailure.Broken },
        { "garbage", TransportFailure.Broken },
        { "truncated", TransportFailure.Broken },
        { "truncated chunks", TransportFailure.Broken },
        { "redirect", TransportFailure.Redirected },
        { "too large", TransportFailure.TooLarge },
        { "html", TransportFailure.Malformed },
        { "empty", TransportFailure.Malformed },
        { "cut JSON", TransportFailure.Malformed },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_submit_whose_response_is_lost_is_sent_once_and_may_have_been_accepted(string fault, TransportFailure expected)
    {
        await using var server = new FakeServer(fault switch
        {
            "reset" => Reset,
            "closed" => Raw(""),
            "garbage" => Raw("this is no HTTP\r\n\r\n"),
            "truncated" => Raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"),
            "truncated chunks" => Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"id\":"),
            "redirect" => Reply(307, "", "Location: http://127.0.0.1:9/"),
            "too large" => Reply(200, new string(' ', 2000)),
            "html" => Reply(200, "<html>Welcome</html>", "Content-Type: text/html"),
            "empty" => Reply(200, ""),
            _ => Reply(200, "{\"id\":"),
        });
        using var transport = TestTransport.Create(server.Url, null, options => options.MaxResponseBytes = 1000);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", ReadId, default));

        Assert.Single(server.Requests);
        Assert.False(exception.WasNotAccepted);
        Assert.Equal(1, exception.Attempts);
        Assert.Equal(expected, Assert.IsType<TransportException>(exception.InnerException).Failure);
    }

    [Fact]
    public async Task A_submit_over_a_kept_connection_that_breaks_is_not_sent_again_by_the_HTTP_stack()
    {
        await using var server = new FakeServer(Reply(200, "{}"), Reset);
        using var transport = TestTransport.Create(server.Url);
        await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task A_submit_without_a_response_in_time_may_have_been_accepted()
    {
        var time = new FakeTime();
        var arrived = new TaskCompletionSource();
        await using var server = new FakeServer(exchange =>
        {
            arrived.SetResult();
            return exchange.HangAsync();
        });
        using var transport = TestTransport.Create(server.Url, time);
        var submit = transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);
        await arrived.Task;

        time.Advance(TestTransport.SubmitTimeout);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => submit);
        Assert.False(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.TimedOut, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Contains("00:10:00", exception.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_receipt_that_cannot_be_read_leaves_open_whether_the_job_exists()
    {
        await using var server = new FakeServer(Reply(200, "{\"other\":1}"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(
            () => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", _ => throw new KeyNotFoundException("no id"), default));

        Assert.False(exception.WasNotAccepted);
        Assert.Contains("no id", exception.Message);
        Assert.Contains("{\"other\":1}", exception.Message);
    }

    private static SubmitReceipt ReadId(TransportResponse response) =>
        new(new JobHandle("test", "some/model", response.RequireJson().ToString()), new JobStatus { State = JobState.Queued });

    /// <summary>Sends once, and when it tries again by itself finds no connection.</summary>
    private sealed class BodyReader : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }
    }
}
