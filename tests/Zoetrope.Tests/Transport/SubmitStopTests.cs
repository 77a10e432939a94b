using Zoetrope.Http;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>A submit that is canceled, or whose program stops, says whether the job may exist.</summary>
public sealed class SubmitStopTests
{
    [Fact]
    public async Task Canceling_before_anything_is_sent_does_not_mention_a_job()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", new CancellationToken(canceled: true)));

        Assert.IsNotType<SubmitCanceledException>(exception);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Canceling_while_a_submit_is_in_flight_says_that_the_job_may_exist()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new FakeServer(exchange =>
        {
            cancellation.Cancel();
            return exchange.HangAsync();
        });
        using var transport = TestTransport.Create(server.Url);

        var exception =
            await Assert.ThrowsAsync<SubmitCanceledException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", cancellation.Token));

        Assert.Equal("some/model", exception.EndpointId);
        Assert.Equal("test", exception.Provider);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Contains("may exist", exception.Message);
    }

    [Fact]
    public async Task Canceling_between_two_attempts_does_not_mention_a_job()
    {
        using var cancellation = new CancellationTokenSource();
        var nowhere = Nowhere();
        using var transport = TestTransport.Create(nowhere, new CancelingTime(cancellation));

        var exception =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SubmitAsync(TestTransport.Post(nowhere), "some/model", cancellation.Token));

        Assert.IsNotType<SubmitCanceledException>(exception);
    }

    [Fact]
    public async Task A_program_that_stops_begins_no_other_attempt()
    {
        using var stopping = new CancellationTokenSource();
        await using var server = new FakeServer(Reply(429, "{}"), Reply(200, "{}"));
        using var transport = TestTransport.Create(server.Url, new CancelingTime(stopping));

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => transport.SubmitAsync(Stoppable(server.Url, stopping), "some/model", CancellationToken.None));

        Assert.IsNotType<SubmitCanceledException>(exception);
        Assert.Equal(stopping.Token, exception.CancellationToken);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stopping_program_still_receives_the_response_to_a_submit_in_flight()
    {
        using var stopping = new CancellationTokenSource();
        await using var server = new FakeServer(exchange =>
        {
            stopping.Cancel();
            return exchange.ReplyAsync(200, "{}");
        });
        using var transport = TestTransport.Create(server.Url);

        var response = await transport.SubmitAsync(Stoppable(server.Url, stopping), "some/model", CancellationToken.None);

        Assert.Equal(200, (int)response.StatusCode);
    }

    private static TransportRequest Stoppable(Uri uri, CancellationTokenSource stopping) =>
        new() { Method = HttpMethod.Post, Uri = uri, Json = "{}"u8.ToArray(), Submit = new SubmitOptions { Stopping = stopping.Token } };

    /// <summary>Cancels as soon as somebody waits for a while.</summary>
    private sealed class CancelingTime(CancellationTokenSource cancellation) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.FromMinutes(1))
                cancellation.Cancel();
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }
}
