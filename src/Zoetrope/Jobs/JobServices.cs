using System.Diagnostics;
using Zoetrope.Json;
using Zoetrope.Protocol;

namespace Zoetrope;

/// <summary>What all jobs of one client share, and the submit that makes them.</summary>
internal sealed class JobServices(JobProtocol protocol, MediaClientOptions options) : IDisposable
{
    public JobProtocol Protocol { get; } = protocol;

    public MediaClientOptions Options { get; } = options;

    public TimeProvider Time => Options.TimeProvider;

    public SubmitLimiter? Limiter { get; } = options.Limits is { } limits ? new SubmitLimiter(limits, options.TimeProvider) : null;

    public async Task<JobSession> SubmitAsync(string endpointId, RawJson input, SubmitOptions? submit, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        using var activity = Telemetry.Start("zoetrope.submit", Protocol.Provider, endpointId);
        var lease = await AcquireAsync(submit?.Stopping ?? default, ct).ConfigureAwait(false);
        SubmitReceipt receipt;
        try
        {
            receipt = await Protocol.SubmitAsync(endpointId, input, submit, ct).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (lease is not null)
                Limiter!.Complete(lease, null, exception is SubmitException { SurelyNotAccepted: false } or SubmitCanceledException);
            Telemetry.Submitted(Protocol.Provider, endpointId, accepted: false);
            Telemetry.Fail(activity, exception);
            throw;
        }
        if (lease is not null)
            Limiter!.Complete(lease, receipt.Handle.JobId, underWay: true);
        Telemetry.Submitted(Protocol.Provider, endpointId, accepted: true);
        activity?.SetTag("zoetrope.job_id", receipt.Handle.JobId);
        return new JobSession(this, receipt.Handle, receipt.Status, Time.GetTimestamp());
    }

    private async Task<SubmitLease?> AcquireAsync(CancellationToken stopping, CancellationToken ct)
    {
        if (Limiter is null)
            return null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        try
        {
            return await Limiter.AcquireAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            throw new OperationCanceledException(stopping);
        }
    }

    /// <summary>The time that passes between two requests when there is no other reason, with jitter so that many waiters spread.</summary>
    public TimeSpan Jitter(TimeSpan pause) => pause * (0.85 + ((Options.Jitter ?? Random.Shared).NextDouble() * 0.3));

    public void Dispose()
    {
        (Protocol as IDisposable)?.Dispose();
        Limiter?.Dispose();
    }
}
