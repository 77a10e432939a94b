using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Tests;

/// <summary>A provider in this process that does what the test says.</summary>
internal sealed class FakeProtocol(string provider = "fake") : JobProtocol, IDisposable
{
    private int _jobs;

    public Func<RawJson, SubmitReceipt>? Submit { get; set; }

    /// <summary>What the polls receive, one after the other; the last for ever. Without any, the job has completed.</summary>
    public List<Func<CancellationToken, Task<JobStatus>>> Statuses { get; } = [];

    public List<Func<CancellationToken, Task<JobOutput>>> Outputs { get; } = [];

    public Func<CancellationToken, Task<CancelOutcome>>? Cancel { get; set; }

    public List<(string EndpointId, RawJson Input, SubmitOptions? Options)> Submits { get; } = [];

    public int Polls { get; private set; }

    public int Fetches { get; private set; }

    public int Cancels { get; private set; }

    public bool IsDisposed { get; private set; }

    public override string Provider => provider;

    public override PollSchedule Polling { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    public static Func<CancellationToken, Task<JobStatus>> Says(JobState state, int? position = null, ServiceError? error = null) =>
        _ => Task.FromResult(new JobStatus { State = state, QueuePosition = position, Error = error });

    public static Func<CancellationToken, Task<JobStatus>> Throws(Exception exception) => _ => Task.FromException<JobStatus>(exception);

    /// <summary>Ends only when it is canceled, and then at once.</summary>
    public static async Task<T> Hang<T>(CancellationToken ct)
    {
        var never = new TaskCompletionSource<T>();
        using var registration = ct.Register(() => never.TrySetCanceled(ct));
        return await never.Task;
    }

    public override Task<SubmitReceipt> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken)
    {
        Submits.Add((endpointId, input, options));
        if (Submit is not null)
            return Task.FromResult(Submit(input));
        var handle = new JobHandle(provider, endpointId, $"job-{++_jobs}");
        return Task.FromResult(new SubmitReceipt(handle, new JobStatus { State = JobState.Queued }));
    }

    public override Task<JobStatus> GetStatusAsync(JobHandle handle, bool logs, CancellationToken cancellationToken)
    {
        var step = Polls++;
        return Statuses.Count == 0 ? Says(JobState.Completed)(cancellationToken) : Statuses[Math.Min(step, Statuses.Count - 1)](cancellationToken);
    }

    public override Task<JobOutput> GetOutputAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken)
    {
        var step = Fetches++;
        return Outputs.Count == 0
            ? Task.FromResult(new JobOutput(RawJson.Parse("""{"video":{"url":"https://files.test/a.mp4"}}"""), new JobMetrics(Cost: 0.5m), "request-1"))
            : Outputs[Math.Min(step, Outputs.Count - 1)](cancellationToken);
    }

    public override Task<CancelOutcome> CancelAsync(JobHandle handle, CancellationToken cancellationToken)
    {
        Cancels++;
        return Cancel is null ? Task.FromResult(CancelOutcome.Requested) : Cancel(cancellationToken);
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>A client of a <see cref="FakeProtocol"/>.</summary>
internal sealed class FakeClient(FakeProtocol protocol, MediaClientOptions? options = null) : MediaClient(protocol, options ?? new MediaClientOptions());
