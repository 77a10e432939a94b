using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>A caller stops waiting at once, also while a large response is being read, which nothing can interrupt.</summary>
public sealed class StopReadingTests : IDisposable
{
    private static readonly RawJson Large = RawJson.Parse($"\"{new string('x', 1_000_000)}\"");

    private readonly ManualResetEventSlim _reading = new();
    private readonly ManualResetEventSlim _goOn = new();

    public void Dispose()
    {
        _goOn.Set();
        _reading.Dispose();
    }

    [Fact]
    public async Task While_a_result_becomes_a_model()
    {
        var protocol = new FakeProtocol { Outputs = { _ => Task.FromResult(new JobOutput(Large, new JobMetrics(), null)) } };
        using var client = new FakeClient(protocol);
        using var stop = new CancellationTokenSource();
        var wait = client.Resume(new JobHandle("fake", "a/b", "job-1"), Read).WaitAsync(null, stop.Token);
        _reading.Wait(TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        var exception = await Assert.ThrowsAsync<JobWaitCanceledException>(() => wait);
        Assert.Equal("job-1", exception.Handle.JobId);
        Assert.Equal(JobState.Completed, exception.LastStatus!.State);
    }

    [Fact]
    public async Task While_a_protocol_reads_a_response_and_its_later_exceptions_are_dropped()
    {
        var dropped = false;
        void Note(object? sender, UnobservedTaskExceptionEventArgs args) => dropped |= args.Exception.ToString().Contains("too late", StringComparison.Ordinal);
        TaskScheduler.UnobservedTaskException += Note;
        var protocol = new FakeProtocol
        {
            Statuses =
            {
                async _ =>
                {
                    await Task.Yield();
                    Read(Large);
                    throw new InvalidOperationException("too late");
                },
            },
        };
        using var client = new FakeClient(protocol);
        using var stop = new CancellationTokenSource();
        var status = client.Resume(new JobHandle("fake", "a/b", "job-1")).GetStatusAsync(cancellationToken: stop.Token);
        _reading.Wait(TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAsync<JobWaitCanceledException>(() => status);
        _goOn.Set();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= Note;
        Assert.False(dropped);
    }

    [Fact]
    public async Task While_the_response_of_an_operation_is_read()
    {
        await using var server = new FakeServer(Reply(200, Large.ToString()));
        using var client = DemoClient.At(server.Url);
        using var stop = new CancellationTokenSource();
        Slow.Reading = () => Read(Large);
        var call = client.SendAsync<Slow, ValueCodec<Slow>>(new OperationCall(HttpMethod.Get, "Slow").Literal("/slow").Anonymous(), stop.Token);
        _reading.Wait(TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private RawJson Read(RawJson raw)
    {
        _reading.Set();
        _goOn.Wait();
        return raw;
    }

    private readonly struct Slow : IJsonModel<Slow>
    {
        public static Action? Reading { get; set; }

        public static Slow Read(ref Utf8JsonReader reader)
        {
            Reading!();
            return default;
        }

        public void Write(JsonWriter writer) => throw new NotSupportedException();
    }
}
