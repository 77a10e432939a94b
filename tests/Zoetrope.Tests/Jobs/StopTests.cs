using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>Stopping to wait and canceling the job are different things, and a timeout says which of the two happened.</summary>
public sealed class StopTests
{
    private readonly FakeTime _time = new();
    private readonly FakeProtocol _protocol = new();
    private readonly FakeClient _client;

    public StopTests()
    {
        _client = new FakeClient(_protocol, new MediaClientOptions { TimeProvider = _time, Jitter = new Random(7) });
        _protocol.Statuses.Add(Says(JobState.Running));
    }

    [Fact]
    public async Task A_timeout_leaves_the_job_running_and_reports_it()
    {
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception =
            await Assert.ThrowsAsync<JobTimeoutException>(() => _time.RunAsync(() => job.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromMinutes(2) })));

        Assert.Equal(0, _protocol.Cancels);
        Assert.Null(exception.Cancellation);
        Assert.Equal(TimeSpan.FromMinutes(2), exception.Timeout);
        Assert.Equal(job.Handle, exception.Handle);
        Assert.Equal(JobState.Running, exception.LastStatus!.State);
        Assert.Equal("The job did not end within 00:02:00; the job was left running and can be resumed. Handle: fake:some/model:job-1", exception.Message);
    }

    [Theory]
    [InlineData(CancelOutcome.Requested, "cancellation of the job was requested")]
    [InlineData(CancelOutcome.AlreadyCompleted, "had already ended")]
    [InlineData(CancelOutcome.NotFound, "did not know")]
    [InlineData(CancelOutcome.AlreadyRunning, "not canceled, because the provider cancels only jobs that are queued: it continues, may be billed, and can be")]
    [InlineData(CancelOutcome.OnlyRecorded, "not canceled, because the provider has marked its record of it only: it continues, may be billed, and can be")]
    [InlineData(CancelOutcome.NotSupported, "not canceled, because the provider cannot cancel jobs: it continues, may be billed, and can be resumed")]
    public async Task A_timeout_that_cancels_the_job_reports_the_outcome(CancelOutcome outcome, string words)
    {
        _protocol.Cancel = _ => Task.FromResult(outcome);
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(
            () => _time.RunAsync(() => job.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromMinutes(2), CancelJobOnAbort = true })));

        Assert.Equal(1, _protocol.Cancels);
        Assert.Equal(outcome, exception.Cancellation);
        Assert.Contains(words, exception.Message);
        Assert.Equal(outcome == CancelOutcome.NotFound, exception.Message.Contains("did not know", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_outcome_of_a_cancel_is_described_by_itself()
    {
        var handle = new JobHandle("fake", "some/model", "job-1");

        var texts = Enum.GetValues<CancelOutcome>()
            .Select(outcome => new JobTimeoutException(handle, null, TimeSpan.FromMinutes(2), outcome).Message);

        Assert.Equal(Enum.GetValues<CancelOutcome>().Length, texts.Distinct().Count());
    }

    [Fact]
    public async Task A_cancel_that_fails_does_not_hide_the_timeout()
    {
        var failure = new TransportException("the line is dead", TransportFailure.Broken);
        _protocol.Cancel = _ => Task.FromException<CancelOutcome>(failure);
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(
            () => _time.RunAsync(() => job.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromMinutes(2), CancelJobOnAbort = true })));

        Assert.Null(exception.Cancellation);
        Assert.Same(failure, exception.CancelFailure);
        Assert.Contains("the request to cancel it failed (the line is dead)", exception.Message);
    }

    [Fact]
    public async Task A_cancel_that_hangs_has_a_deadline_of_its_own()
    {
        _protocol.Cancel = Hang<CancelOutcome>;
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(
            () => _time.RunAsync(() => job.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromMinutes(2), CancelJobOnAbort = true })));

        Assert.Equal(TransportFailure.TimedOut, Assert.IsType<TransportException>(exception.CancelFailure).Failure);
    }

    [Fact]
    public async Task A_timeout_reports_the_last_failure()
    {
        var failure = new TransportException("no route", TransportFailure.NotConnected);
        _protocol.Statuses.Clear();
        _protocol.Statuses.Add(Throws(failure));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(() => _time.RunAsync(() => job.WaitAsync()));

        Assert.Same(failure, exception.InnerException);
    }

    [Fact]
    public async Task A_result_that_never_arrives_is_a_timeout_of_a_completed_job_which_is_not_canceled()
    {
        _protocol.Statuses.Clear();
        _protocol.Outputs.Add(_ => Task.FromException<Zoetrope.Jobs.JobOutput>(new TransportException("no route", TransportFailure.NotConnected)));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(() => _time.RunAsync(() => job.WaitAsync(new WaitOptions { CancelJobOnAbort = true })));

        Assert.Contains("The job completed, but its result was not received", exception.Message);
        Assert.Equal(CancelOutcome.AlreadyCompleted, exception.Cancellation);
        Assert.Equal(0, _protocol.Cancels);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wait_that_is_canceled_while_the_result_is_fetched_reports_that_the_job_completed(bool cancelJob)
    {
        using var cancellation = new CancellationTokenSource();
        _protocol.Statuses.Clear();
        _protocol.Outputs.Add(ct =>
        {
            cancellation.Cancel();
            return Hang<Zoetrope.Jobs.JobOutput>(ct);
        });
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWaitCanceledException>(
            () => _time.RunAsync(() => job.WaitAsync(new WaitOptions { CancelJobOnAbort = cancelJob }, cancellation.Token)));

        Assert.Contains("the job had completed, and its result can be fetched", exception.Message);
        Assert.DoesNotContain("left running", exception.Message);
        Assert.Equal(cancelJob ? CancelOutcome.AlreadyCompleted : null, exception.Cancellation);
        Assert.Equal(JobState.Completed, exception.LastStatus!.State);
        Assert.Equal(0, _protocol.Cancels);
    }

    [Theory]
    [InlineData(typeof(NotSupportedException))]
    [InlineData(typeof(ObjectDisposedException))]
    [InlineData(typeof(ArgumentException))]
    public async Task Whatever_a_protocol_throws_carries_the_handle(Type kind)
    {
        var failure = (Exception)Activator.CreateInstance(kind, "a bug")!;
        _protocol.Statuses.Clear();
        _protocol.Statuses.Add(Throws(failure));
        _protocol.Cancel = _ => Task.FromException<CancelOutcome>(failure);
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var watch = await Assert.ThrowsAsync<JobWatchException>(() => job.GetStatusAsync());
        var cancel = await Assert.ThrowsAsync<CancelFailedException>(() => job.CancelAsync());

        Assert.Equal((job.Handle, failure), (watch.Handle, watch.InnerException));
        Assert.Equal((job.Handle, failure), (cancel.Handle, cancel.InnerException));
    }

    [Fact]
    public async Task A_cancel_request_that_its_caller_ends_does_not_claim_that_the_job_was_left_running()
    {
        using var cancellation = new CancellationTokenSource();
        _protocol.Cancel = ct =>
        {
            cancellation.Cancel();
            return Hang<CancelOutcome>(ct);
        };
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWaitCanceledException>(() => job.CancelAsync(cancellation.Token));

        Assert.Equal(job.Handle, exception.Handle);
        Assert.DoesNotContain("left running", exception.Message);
    }

    [Fact]
    public async Task A_caller_that_cancels_the_wait_leaves_the_job_running()
    {
        using var cancellation = new CancellationTokenSource();
        _protocol.Statuses.Add(_ =>
        {
            cancellation.Cancel();
            return Task.FromResult(new JobStatus { State = JobState.Running });
        });
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWaitCanceledException>(() => _time.RunAsync(() => job.WaitAsync(null, cancellation.Token)));

        Assert.Equal(job.Handle, exception.Handle);
        Assert.Equal(JobState.Running, exception.LastStatus!.State);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Null(exception.Cancellation);
        Assert.Equal(0, _protocol.Cancels);
        Assert.Contains("left running", exception.Message);
    }

    [Fact]
    public async Task A_caller_that_cancels_the_wait_can_have_the_job_canceled_too()
    {
        using var cancellation = new CancellationTokenSource();
        _protocol.Statuses.Clear();
        _protocol.Statuses.Add(ct =>
        {
            cancellation.Cancel();
            return Task.FromCanceled<JobStatus>(ct);
        });
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWaitCanceledException>(
            () => _time.RunAsync(() => job.WaitAsync(new WaitOptions { CancelJobOnAbort = true }, cancellation.Token)));

        Assert.Equal(CancelOutcome.Requested, exception.Cancellation);
        Assert.Equal(1, _protocol.Cancels);
    }

    [Fact]
    public async Task A_wait_that_is_canceled_before_it_begins_carries_the_handle()
    {
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWaitCanceledException>(() => job.WaitAsync(null, new CancellationToken(canceled: true)));

        Assert.Equal(job.Handle, exception.Handle);
        Assert.Equal(0, _protocol.Polls);
    }

    [Fact]
    public async Task Watching_ends_with_the_handle_when_it_is_canceled()
    {
        using var cancellation = new CancellationTokenSource();
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWaitCanceledException>(async () =>
        {
            await foreach (var status in job.WatchAsync(null, cancellation.Token))
                cancellation.Cancel();
        });

        Assert.Equal(job.Handle, exception.Handle);
    }

    [Fact]
    public async Task A_single_status_request_fails_with_the_handle()
    {
        _protocol.Statuses.Clear();
        _protocol.Statuses.Add(Throws(new TransportException("no route", TransportFailure.NotConnected)));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<JobWatchException>(() => job.GetStatusAsync());

        Assert.Equal(job.Handle, exception.Handle);
        Assert.Equal(1, _protocol.Polls);
    }

    [Fact]
    public async Task A_cancel_that_fails_carries_the_handle()
    {
        _protocol.Cancel = _ => Task.FromException<CancelOutcome>(new TransportException("no route", TransportFailure.NotConnected));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        var exception = await Assert.ThrowsAsync<CancelFailedException>(() => job.CancelAsync());

        Assert.Equal(job.Handle, exception.Handle);
        Assert.Contains("may continue", exception.Message);
    }

    [Fact]
    public async Task A_cancel_gives_the_providers_outcome()
    {
        _protocol.Cancel = _ => Task.FromResult(CancelOutcome.AlreadyCompleted);
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        Assert.Equal(CancelOutcome.AlreadyCompleted, await job.CancelAsync());
    }
}
