using System.Runtime.CompilerServices;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A feed of the program's own, whatever it does, neither keeps a wait beyond its time or its cancellation, nor the job from being polled.</summary>
public sealed class MisbehavingFeedTests
{
    private static readonly JobHandle _job = new("fal", "fal-ai/some/model", "j");
    private static readonly JobStatus _running = new() { State = JobState.Running, ProviderStatus = "IN_PROGRESS" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_that_always_has_a_status_does_not_keep_a_wait_from_its_last_look_and_its_end()
    {
        await using var server = Server();
        // Time passes with the statuses, and stands while the job is polled.
        var time = new FakeTime();
        using var fal = Fal(server.Url, time);
        var feed = new StatusFeed((_, _, token) => AlwaysAsync(token, () => time.Advance(TimeSpan.FromSeconds(1))));

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(
            () => fal.Resume(_job).WaitAsync(new() { StatusFeed = feed, Timeout = TimeSpan.FromSeconds(50) }, Token));

        Assert.Equal(_job, exception.Handle);
        Assert.NotEmpty(server.Requests);
    }

    [Fact]
    public async Task A_wait_over_a_feed_that_always_has_a_status_can_be_canceled()
    {
        await using var server = Server();
        using var fal = Fal(server.Url);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var count = 0;
        var feed = new StatusFeed((_, _, token) => AlwaysAsync(token, () =>
        {
            if (++count == 100)
                stop.Cancel();
        }));

        await Assert.ThrowsAsync<JobWaitCanceledException>(() => fal.Resume(_job).WaitAsync(new() { StatusFeed = feed }, stop.Token));
    }

    [Fact]
    public async Task A_feed_that_ignores_its_token_does_not_delay_a_cancellation()
    {
        await using var server = Server();
        using var fal = Fal(server.Url);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var never = new TaskCompletionSource();
        var feed = new StatusFeed((_, _, _) => SilentAsync(never.Task, stop.Cancel));

        await Assert.ThrowsAsync<JobWaitCanceledException>(() => fal.Resume(_job).WaitAsync(new() { StatusFeed = feed }, stop.Token));

        Assert.False(never.Task.IsCompleted);
        never.SetResult();
    }

    [Fact]
    public async Task A_feed_that_cannot_be_opened_is_reported_and_the_job_is_polled()
    {
        await using var server = new FakeServer(Reply(200, """{"status":"COMPLETED","request_id":"j"}"""), Reply(200, "[7]"));
        using var fal = Fal(server.Url);
        var failures = new List<PollFailure>();
        var feed = new StatusFeed(static (_, _, _) => throw new InvalidOperationException("no feed"));

        var result = await fal.Resume(_job).WaitAsync(new() { StatusFeed = feed, OnPollFailure = failures.Add }, Token);

        Assert.Equal("[7]", result.Raw.ToString());
        Assert.Equal("no feed", Assert.Single(failures).Reason.Message);
    }

    private static FakeServer Server() => new(Reply(200, """{"status":"IN_PROGRESS","request_id":"j"}"""));

    private static FalClient Fal(Uri url, TimeProvider? time = null) =>
        new(new FalClientOptions { BaseUrl = url, ApiKey = "k:secret-of-fal", TimeProvider = time ?? TimeProvider.System });

    private static async IAsyncEnumerable<JobStatus> AlwaysAsync([EnumeratorCancellation] CancellationToken token, Action? each = null)
    {
        while (!token.IsCancellationRequested || each is not null)
        {
            each?.Invoke();
            await Task.CompletedTask;
            yield return _running;
        }
    }

    private static async IAsyncEnumerable<JobStatus> SilentAsync(Task never, Action begun)
    {
        begun();
        await never;
        yield break;
    }
}
