using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Telemetry;
using Zoetrope.Time;
using Zoetrope.Uploads;

namespace Zoetrope.Clients;

/// <summary>One request that submits several jobs. Each of them counts as a job within the limits of the client.</summary>
/// <param name="services">The state that the jobs of the client share.</param>
/// <param name="endpointId">The id of the model.</param>
/// <param name="options">The options of the submit.</param>
internal sealed class BulkSubmit(JobServices services, string endpointId, SubmitOptions? options)
{
    private string Provider => services.Protocol.Provider;

    public async Task<IReadOnlyList<JobSession?>> SendAsync(
        IReadOnlyList<RawJson> inputs, Func<IReadOnlyList<RawJson>, CancellationToken, Task<IReadOnlyList<SubmitPart>>> submit, CancellationToken ct)
    {
        Check(inputs.Count);
        using var activity = Instrumentation.Start("zoetrope.submit", Provider, endpointId);
        try
        {
            var uploaded = new RawJson[inputs.Count];
            for (var i = 0; i < uploaded.Length; i++)
            {
                uploaded[i] = SubmitUploads.Upload is { } upload
                    ? await upload(services.Protocol, Provider, inputs[i], ct).ConfigureAwait(false)
                    : inputs[i];
            }
            var leases = await ReserveAsync(inputs.Count, ct).ConfigureAwait(false);
            IReadOnlyList<SubmitPart> parts;
            var observer = services.Options.Observer;
            foreach (var input in uploaded)
                observer?.Submitting(Provider, endpointId, input);
            try
            {
                parts = await submit(uploaded, ct).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                var mayExist = exception is SubmitException { WasNotAccepted: false } or SubmitCanceledException;
                var job = (exception as SubmitException)?.Handle ?? (exception as SubmitCanceledException)?.Handle;
                foreach (var lease in leases)
                {
                    services.Limiter!.Complete(lease, job, mayExist);
                    // A response names one job at most; of the others nothing is known.
                    job = null;
                }
                foreach (var _ in uploaded)
                {
                    Instrumentation.SubmitFailed(Provider, endpointId);
                    observer?.SubmitFailed(Provider, endpointId, exception);
                }
                throw;
            }
            for (var i = 0; i < leases.Count; i++)
            {
                var part = i < parts.Count ? parts[i] : new SubmitPart(null, MayExist: true);
                services.Limiter!.Complete(leases[i], part.Receipt?.Handle, part.MayExist && part.Receipt?.Status.State != JobState.Completed);
            }
            var sessions = new JobSession?[parts.Count];
            var accepted = new List<JobHandle>(sessions.Length);
            for (var i = 0; i < sessions.Length; i++)
            {
                if (parts[i].Receipt is not { } receipt)
                {
                    Instrumentation.SubmitFailed(Provider, endpointId);
                    observer?.SubmitFailed(Provider, endpointId, NotNamed(endpointId, parts[i].MayExist));
                    continue;
                }
                var handle = Instrumentation.Accepted(receipt);
                accepted.Add(handle);
                observer?.Accepted(handle, receipt.Status);
                sessions[i] = new JobSession(services, handle, receipt.Status, receipt.Status.IsTerminal ? null : services.Time.GetTimestamp());
            }
            if (accepted is [var only])
                activity.SetJob(only.JobId);
            return sessions;
        }
        catch (Exception exception)
        {
            Instrumentation.Fail(activity, exception);
            throw;
        }
    }

    private SubmitException NotNamed(string endpointId, bool mayExist)
    {
        var reason = new TransportException("The response to a request for several jobs names none for one of the inputs.", TransportFailure.Malformed);
        return new SubmitException(Provider, endpointId, wasNotAccepted: !mayExist, attempts: 1, reason);
    }

    private void Check(int count)
    {
        if (options?.IdempotencyKey is not null && !services.Protocol.HasIdempotencyKeys)
            throw new ArgumentException($"{Provider} honors no idempotency keys. Nothing was sent.", nameof(options));
        if (options?.CostCheck is not null)
            throw new ArgumentException($"{nameof(SubmitOptions.MaxCost)} does not apply to a request for several jobs. Nothing was sent.", nameof(options));
        var limits = services.Options.Limits;
        if (count > limits?.InFlight || count > limits?.CreatesPerMinute)
        {
            throw new ArgumentException(
                $"{count} jobs at once are more than the limits of this client ever allow ({nameof(SubmitLimits.InFlight)}: {limits.InFlight}, "
                    + $"{nameof(SubmitLimits.CreatesPerMinute)}: {limits.CreatesPerMinute}). Nothing was sent.");
        }
    }

    private async Task<IReadOnlyList<SubmitLease>> ReserveAsync(int count, CancellationToken ct)
    {
        if (services.Limiter is not { } limiter)
            return [];
        var leases = new List<SubmitLease>(count);
        var stopping = options?.Stopping ?? default;
        // One that takes a single slot holds none while it waits.
        if (count == 1)
            return await services.AcquireAsync(endpointId, null, stopping, ct).ConfigureAwait(false) is { } only ? [only] : [];
        // It is one submit, which waits for its turn and for all slots no longer than others wait for one.
        var timeout = services.Options.Limits!.QueueTimeoutOf(services.Options.SubmitTimeout, null);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        using var deadline = new Deadline(timeout, services.Time, either.Token);
        try
        {
            await limiter.BulkTurn.WaitAsync(deadline.Token).ConfigureAwait(false);
            try
            {
                while (leases.Count < count)
                    leases.Add((await services.AcquireAsync(endpointId, null, stopping, deadline.Token).ConfigureAwait(false))!);
            }
            finally
            {
                limiter.BulkTurn.Release();
            }
            return leases;
        }
        catch (Exception exception)
        {
            // The reason names what occupies the slots, of which it holds some until here.
            var late = exception is OperationCanceledException && deadline.IsOver ? limiter.Late(endpointId, timeout) : null;
            foreach (var lease in leases)
                limiter.Return(lease);
            if (late is not null)
                throw late;
            if (exception is OperationCanceledException)
            {
                ct.ThrowIfCancellationRequested();
                throw new OperationCanceledException(stopping);
            }
            throw;
        }
    }
}
