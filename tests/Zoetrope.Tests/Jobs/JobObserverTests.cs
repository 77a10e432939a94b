using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Tests;

/// <summary>An observer learns what happens to the jobs of a client, and disturbs none of them.</summary>
public sealed class JobObserverTests
{
    [Fact]
    public async Task A_job_is_reported_from_its_submit_to_its_cost()
    {
        var protocol = new FakeProtocol
        {
            Statuses =
            {
                FakeProtocol.Says(JobState.Queued, position: 2), FakeProtocol.Says(JobState.Queued, position: 1), FakeProtocol.Throws(new IOException("broken")),
                FakeProtocol.Says(JobState.Running), FakeProtocol.Says(JobState.Completed),
            },
        };
        var observer = new Recorder();
        var time = new FakeTime();
        using var client = new FakeClient(protocol, new MediaClientOptions { Observer = observer, TimeProvider = time });

        var job = await client.SubmitAsync("some/model", RawJson.Parse("{}"));
        await time.RunAsync(() => job.WaitAsync());

        Assert.Equal(
            [
                "submitting some/model {}", "accepted job-1", "job-1 poll failed: broken", "job-1 Queued -> Running", "job-1 Running -> Completed",
                "job-1 cost 0.5",
            ],
            observer.Events);
    }

    [Fact]
    public async Task Failed_submits_and_cancels_are_reported()
    {
        var protocol = new FakeProtocol
        {
            Submit = _ => throw new TransportException("no line", TransportFailure.NotConnected),
            Cancel = _ => Task.FromException<CancelOutcome>(new IOException("no line")),
        };
        var observer = new Recorder();
        using var client = new FakeClient(protocol, new MediaClientOptions { Observer = observer });

        await Assert.ThrowsAsync<TransportException>(() => client.SubmitAsync("some/model", RawJson.Parse("{}")));
        protocol.Submit = null;
        var job = await client.SubmitAsync("some/model", RawJson.Parse("{}"));
        await Assert.ThrowsAsync<CancelFailedException>(() => job.CancelAsync());
        protocol.Cancel = null;
        await job.CancelAsync();

        Assert.Equal(
            [
                "submitting some/model {}", "failed some/model no line", "submitting some/model {}", "accepted job-1", "job-1 cancel: no line",
                "job-1 cancel Requested",
            ],
            observer.Events);
    }

    [Fact]
    public async Task Exceptions_of_an_observer_lose_nothing()
    {
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { Observer = new Recorder { Throws = true } });

        var job = await client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var result = await job.WaitAsync();
        await job.CancelAsync();

        Assert.Equal("job-1", result.Handle.JobId);
    }

    private sealed class Recorder : JobObserver
    {
        public List<string> Events { get; } = [];

        public bool Throws { get; init; }

        protected override void OnSubmitting(string provider, string endpointId, RawJson input) => Add($"submitting {endpointId} {input}");

        protected override void OnAccepted(JobHandle handle, JobStatus status) => Add($"accepted {handle.JobId}");

        protected override void OnSubmitFailed(string provider, string endpointId, Exception exception) => Add($"failed {endpointId} {exception.Message}");

        protected override void OnStatusChanged(JobHandle handle, JobStatus? previous, JobStatus status) =>
            Add($"{handle.JobId} {previous?.State} -> {status.State}");

        protected override void OnPollFailed(PollFailure failure) => Add($"{failure.Handle.JobId} poll failed: {failure.Reason.Message}");

        protected override void OnCancel(JobHandle handle, CancelOutcome? outcome, Exception? exception) =>
            Add($"{handle.JobId} cancel{(outcome is null ? ":" : "")} {(object?)outcome ?? exception!.Message}");

        protected override void OnResult(JobHandle handle, JobMetrics metrics) => Add($"{handle.JobId} cost {metrics.Cost}");

        private void Add(string text)
        {
            Events.Add(text);
            if (Throws)
                throw new InvalidOperationException(text);
        }
    }
}
