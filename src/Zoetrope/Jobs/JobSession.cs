using System.Runtime.CompilerServices;
using Zoetrope.Protocol;

namespace Zoetrope;

/// <summary>One job as a client knows it, whatever the type of its result.</summary>
internal sealed class JobSession(JobServices services, JobHandle handle, JobStatus? status)
{
    public JobHandle Handle { get; } = handle;

    public JobStatus? LastStatus { get; private set; } = status;

    public async Task<JobStatus> GetStatusAsync(bool logs, CancellationToken ct)
    {
        LastStatus = await services.Protocol.GetStatusAsync(Handle, logs, ct).ConfigureAwait(false);
        return LastStatus;
    }

    public async IAsyncEnumerable<JobStatus> WatchAsync(WaitOptions? options, [EnumeratorCancellation] CancellationToken ct)
    {
        JobStatus status;
        do
        {
            status = await GetStatusAsync(options?.Logs ?? false, ct).ConfigureAwait(false);
            yield return status;
            if (!status.IsTerminal)
                await Task.Delay(services.Protocol.Polling.Initial, services.Time, ct).ConfigureAwait(false);
        }
        while (!status.IsTerminal);
    }

    public async Task<JobOutput> WaitAsync(WaitOptions? options, CancellationToken ct)
    {
        await foreach (var status in WatchAsync(options, ct).ConfigureAwait(false))
            options?.OnUpdate?.Invoke(status);
        return LastStatus!.State switch
        {
            JobState.Failed => throw new JobFailedException(Handle, LastStatus, LastStatus.Error ?? new ServiceError { Message = "no reason was given" }),
            JobState.Cancelled => throw new JobCancelledException(Handle, LastStatus),
            _ => await services.Protocol.GetOutputAsync(Handle, LastStatus, ct).ConfigureAwait(false),
        };
    }

    public Task<CancelOutcome> CancelAsync(CancellationToken ct) => services.Protocol.CancelAsync(Handle, ct);
}
