using System.Runtime.CompilerServices;
using Zoetrope.Http;
using Zoetrope.Jobs;

namespace Zoetrope.Tests.Transport;

/// <summary>The events of a billed run: which exception a caller that cancels receives.</summary>
public sealed class RunEventsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancellation_before_the_first_read_has_the_callers_token(bool byEnumerator)
    {
        using var caller = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var (source, response) = (byEnumerator ? other : caller, new Response());
        var events = new RunEvents<Response, int>(
            "fal",
            "some/model",
            _ =>
            {
                // The response has begun; what follows finds it closed.
                source.Cancel();
                return Task.FromResult(response);
            },
            (stream, ct) => stream.ReadAsync(ct),
            _ => "x-1",
            caller.Token);

        var exception = await Assert.ThrowsAsync<SubmitCanceledException>(async () =>
        {
            await foreach (var _ in events.WithCancellation(other.Token))
                Assert.Fail("The run was cancelled.");
        });

        Assert.True(exception.CancellationToken.IsCancellationRequested);
        Assert.Equal("x-1", exception.RequestId);
        Assert.True(response.IsDisposed);
    }

    [Fact]
    public async Task A_response_that_is_closed_by_another_is_not_a_cancellation()
    {
        using var caller = new CancellationTokenSource();
        var response = new Response();
        var events = new RunEvents<Response, int>(
            "fal", "some/model", _ => Task.FromResult(response), (stream, ct) => stream.ReadAsync(ct), _ => "x-1", caller.Token);
        response.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var _ in events)
                Assert.Fail("The response is closed.");
        });
    }

    private sealed class Response : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public async IAsyncEnumerable<int> ReadAsync([EnumeratorCancellation] CancellationToken ct)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            yield return 1;
        }

        public void Dispose() => IsDisposed = true;
    }
}
