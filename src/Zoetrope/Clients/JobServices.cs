using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Telemetry;
using Zoetrope.Uploads;

namespace Zoetrope.Clients;

/// <summary>The state that all jobs of one client share, and the submit that creates them.</summary>
internal sealed class JobServices(JobProtocol protocol, MediaClientOptions options) : IDisposable
{
    // Fewer than the connections of a client of ours, so that requests to cancel never queue after polls.
    private const int MostPollsAtOnce = HttpClients.MostConnections * 4 / 5;

    private readonly Lock _jitterLock = new();

    public JobProtocol Protocol { get; } = protocol;

    public MediaClientOptions Options { get; } = options;

    public TimeProvider Time => Options.TimeProvider;

    /// <summary>
    /// Limits concurrent requests about jobs: thousands of waits share few connections, whatever the HTTP client allows, and the deadline of a request does not
    /// include the time that it queues.
    /// </summary>
    public SemaphoreSlim Turns { get; } = new(MostPollsAtOnce);

    /// <summary>Enforces the limits; null where there are none.</summary>
    public SubmitLimiter? Limiter { get; } =
        options.Limits is { } limits ? new SubmitLimiter(protocol.Provider, options, limits) : null;

    /// <summary>The jobs whose end was counted.</summary>
    public CountedJobs Counted { get; } = new();

    /// <summary>Submits a job.</summary>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="input">The input.</param>
    /// <param name="request">The same as its model's type; null where that is not known.</param>
    /// <param name="submit">The options of the submit.</param>
    /// <param name="wait">The options of the caller's wait for the result; null if the caller does not wait.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    /// <exception cref="UploadException">A local file in the input was not uploaded. Nothing was submitted.</exception>
    public async Task<JobSession> SubmitAsync(
        string endpointId, RawJson input, object? request, SubmitOptions? submit, WaitOptions? wait, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        if (submit?.IdempotencyKey is not null && !Protocol.HasIdempotencyKeys)
            throw new ArgumentException($"{Protocol.Provider} honors no idempotency keys. Nothing was sent.", nameof(submit));
        using var activity = Instrumentation.Start("zoetrope.submit", Protocol.Provider, endpointId);
        try
        {
            CostVerdict? cost = null;
            if (submit?.CostCheck is { } check)
                cost = await check.CheckAsync(Protocol.Provider, endpointId, new CostQuestion(Protocol, endpointId, request), ct).ConfigureAwait(false);
            if (SubmitUploads.Upload is { } upload)
            {
                input = await upload(Protocol, Protocol.Provider, input, ct).ConfigureAwait(false);
                // Its texts keep the files.
                GC.KeepAlive(request);
            }
            var lease = await AcquireAsync(endpointId, wait, submit?.Stopping ?? default, ct).ConfigureAwait(false);
            SubmitReceipt receipt;
            Options.Observer?.Submitting(Protocol.Provider, endpointId, input);
            try
            {
                receipt = await Protocol.SubmitAsync(endpointId, input, submit, ct).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                var mayExist = exception is SubmitException { WasNotAccepted: false } or SubmitCanceledException;
                if (lease is not null)
                    Limiter!.Complete(lease, (exception as SubmitException)?.Handle ?? (exception as SubmitCanceledException)?.Handle, mayExist);
                Instrumentation.SubmitFailed(Protocol.Provider, endpointId);
                Options.Observer?.SubmitFailed(Protocol.Provider, endpointId, exception);
                throw;
            }
            if (lease is not null)
                Limiter!.Complete(lease, receipt.Handle, underWay: receipt.Status.State != JobState.Completed);
            var handle = Instrumentation.Accepted(receipt);
            activity.SetJob(handle.JobId);
            Options.Observer?.Accepted(handle, receipt.Status);
            return new JobSession(this, handle, receipt.Status, receipt.Status.IsTerminal ? null : Time.GetTimestamp()) { Cost = cost };
        }
        catch (Exception exception)
        {
            Instrumentation.Fail(activity, exception);
            throw;
        }
    }

    /// <summary>Called when any request has shown that a job is running, or that it has ended or is about to be canceled.</summary>
    public void Saw(JobHandle job, bool underWay) => SubmitAccounts.Saw(job, Options, underWay);

    /// <summary>The usual delay between two requests, with jitter so that many waiters spread.</summary>
    public TimeSpan Jitter(TimeSpan pause)
    {
        if (Options.Jitter is not { } random)
            return pause * (0.85 + (Random.Shared.NextDouble() * 0.3));
        // A Random with a seed is not thread-safe.
        lock (_jitterLock)
            return pause * (0.85 + (random.NextDouble() * 0.3));
    }

    public void Dispose()
    {
        (Protocol as IDisposable)?.Dispose();
        Limiter?.Dispose();
    }

    /// <summary>Waits for a slot within the limits; null where there are none.</summary>
    public async Task<SubmitLease?> AcquireAsync(string endpointId, WaitOptions? wait, CancellationToken stopping, CancellationToken ct)
    {
        if (Limiter is null)
            return null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        try
        {
            var timeout = Options.Limits!.QueueTimeoutOf(Options.SubmitTimeout, wait);
            return await Limiter.AcquireAsync(endpointId, timeout, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            throw new OperationCanceledException(stopping);
        }
        catch (ObjectDisposedException exception)
        {
            var reason = new TransportException("The client was disposed, so the job was not sent.", TransportFailure.Refused, exception);
            throw new SubmitException(Protocol.Provider, endpointId, wasNotAccepted: true, attempts: 0, reason);
        }
    }
}
