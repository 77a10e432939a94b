using System.Runtime.CompilerServices;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Providers;
using Zoetrope.Telemetry;
using Zoetrope.Time;

namespace Zoetrope.Clients;

/// <summary>A job as one client knows it, independent of the type of its result.</summary>
/// <param name="services">The state that the client's jobs share.</param>
/// <param name="handle">The job.</param>
/// <param name="status">The status in the submit's response; null for a resumed job.</param>
/// <param name="submittedAt">The clock's timestamp of the submit; null for a resumed job, and for one that had ended in the response.</param>
internal sealed class JobSession(JobServices services, JobHandle handle, JobStatus? status, long? submittedAt)
{
    private readonly JobMetrics? _atSubmit = status?.Metrics;
    private int _ended;
    private int _billed;

    /// <summary>The state that the client's jobs share.</summary>
    public JobServices Services => services;

    public JobHandle Handle { get; } = handle;

    /// <summary>What was estimated before the submit; null where nothing was.</summary>
    public CostVerdict? Cost { get; init; }

    private JobProtocol Protocol => services.Protocol;

    public JobStatus? LastStatus { get; private set; } = status;

    public async Task<JobStatus> GetStatusAsync(bool logs, CancellationToken ct)
    {
        try
        {
            var status = await PollAsync(logs, ct).ConfigureAwait(false);
            Instrumentation.Polled(Handle);
            return status;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw new JobWaitCanceledException(Handle, LastStatus, null, ct);
        }
        catch (Exception reason) when (reason is not JobException)
        {
            Instrumentation.Polled(Handle, reason);
            throw new JobWatchException(Handle, LastStatus, reason, Protocol.Retention);
        }
    }

    public async IAsyncEnumerable<JobStatus> WatchAsync(WaitOptions? options, [EnumeratorCancellation] CancellationToken ct)
    {
        using var activity = Instrumentation.Start("zoetrope.watch", Handle.Provider, Handle.EndpointId, Handle);
        using var waiter = new JobWaiter(this, options ?? WaitOptions.Default, ct);
        JobStatus? next;
        do
        {
            activity.Enter();
            try
            {
                await waiter.PauseAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                next = await waiter.NextAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Instrumentation.Fail(activity, exception);
                throw;
            }
            if (next is not null)
                yield return next;
        }
        while (next is not { IsTerminal: true });
    }

    public async Task<JobOutput> WaitAsync(WaitOptions? options, CancellationToken ct)
    {
        using var activity = Instrumentation.Start("zoetrope.wait", Handle.Provider, Handle.EndpointId, Handle);
        try
        {
            using var waiter = new JobWaiter(this, options ?? WaitOptions.Default, ct);
            JobStatus? next;
            do
            {
                await waiter.PauseAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                next = await waiter.NextAsync().ConfigureAwait(false);
            }
            while (next is not { IsTerminal: true });
            return next.State switch
            {
                JobState.Failed => throw new JobFailedException(Handle, next, next.Error ?? new ServiceError { Message = "the provider gave no reason" }),
                JobState.Canceled => throw new JobCanceledException(Handle, next),
                _ => Received(WithCost(await waiter.GetOutputAsync(next).ConfigureAwait(false))),
            };
        }
        catch (Exception exception)
        {
            if (exception is JobFailedException)
                End(JobState.Failed);
            else if (exception is JobCanceledException)
                End(JobState.Canceled);
            else if (exception is JobResultException)
                End(JobState.Completed);
            Instrumentation.Fail(activity, exception);
            throw;
        }
    }

    public async Task<CancelOutcome> CancelAsync(CancellationToken ct)
    {
        // Here, and not where a wait that ends early requests it, too, because every native app contains that.
        using var activity = Instrumentation.Start("zoetrope.cancel", Handle.Provider, Handle.EndpointId, Handle);
        try
        {
            var outcome = await RequestCancelAsync(ct).ConfigureAwait(false);
            activity.SetOutcome(NameOf(outcome));
            return outcome;
        }
        catch (OperationCanceledException exception) when (ct.IsCancellationRequested)
        {
            Instrumentation.Fail(activity, exception);
            throw new JobWaitCanceledException(Handle, LastStatus, null, ct, exception);
        }
        catch (Exception reason)
        {
            Instrumentation.Fail(activity, reason);
            services.Options.Observer?.Canceled(Handle, null, reason);
            throw new CancelFailedException(Handle, LastStatus, reason);
        }
    }

    /// <summary>Requests the status once, within the time of one poll.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<JobStatus> PollAsync(bool logs, CancellationToken ct)
    {
        Func<JobSession, JobStatus?, CancellationToken, Task<JobStatus>> ask = logs
            ? static (session, _, token) => session.Protocol.GetStatusAsync(session.Handle, logs: true, token)
            : static (session, _, token) => session.Protocol.GetStatusAsync(session.Handle, logs: false, token);
        var seen = await AskAsync(ask, null, inTurn: true, ct).ConfigureAwait(false);
        // A single report that the job ended may be wrong; it counts as ended, and its slot at the provider as free, once that was reported twice.
        var isWithoutResult = seen.State is JobState.Failed or JobState.Canceled;
        var isSaidOnce = isWithoutResult && LastStatus?.State != seen.State;
        Note(seen);
        if (!isSaidOnce)
            services.Saw(Handle, underWay: !seen.IsTerminal);
        // Some providers say that a job has failed only in place of its result.
        if (isWithoutResult && !isSaidOnce)
            End(seen.State);
        return seen;
    }

    /// <summary>Takes note of a status that is not an end, and came without a request.</summary>
    public void Hear(JobStatus status)
    {
        Note(status);
        services.Saw(Handle, underWay: true);
    }

    /// <summary>Fetches the result once, within the time of one poll.</summary>
    public ValueTask<JobOutput> FetchOutputAsync(JobStatus completed, CancellationToken ct) =>
        AskAsync(static (session, completed, token) => session.Protocol.GetOutputAsync(session.Handle, completed!, token), completed, inTurn: true, ct);

    /// <summary>Requests the cancellation once, within the time of one poll.</summary>
    public async Task<CancelOutcome> RequestCancelAsync(CancellationToken ct)
    {
        // As an object, because a native app would get code of its own for each type of value that is waited for.
        var outcome = (CancelOutcome)await AskAsync<object>(
            static async (session, _, token) => await session.Protocol.CancelAsync(session.Handle, token).ConfigureAwait(false), null, inTurn: false, ct)
            .ConfigureAwait(false);
        services.Options.Observer?.Canceled(Handle, outcome, null);
        // Any other outcome says that the job goes on, or nothing of it.
        if (outcome is CancelOutcome.Requested or CancelOutcome.AlreadyCompleted or CancelOutcome.NotFound)
            services.Saw(Handle, underWay: false);
        return outcome;
    }

    private static string NameOf(CancelOutcome outcome) => outcome switch
    {
        CancelOutcome.Requested => "requested",
        CancelOutcome.AlreadyCompleted => "already_completed",
        CancelOutcome.NotFound => "not_found",
        CancelOutcome.AlreadyRunning => "already_running",
        CancelOutcome.OnlyRecorded => "only_recorded",
        _ => "not_supported",
    };

    private void Note(JobStatus status)
    {
        services.Options.Observer?.Saw(Handle, LastStatus, status);
        Instrumentation.Saw(Handle, LastStatus, status);
        LastStatus = status;
    }

    private JobOutput Received(JobOutput output)
    {
        End(JobState.Completed);
        Instrumentation.Received(Handle, output);
        services.Options.Observer?.Received(Handle, output.Metrics);
        if (output.Metrics.Billed is { } cost && Interlocked.Exchange(ref _billed, 1) == 0)
            Instrumentation.Billed(Handle, cost, services.Counted);
        return output;
    }

    // Some providers state what a job costs at the submit only.
    private JobOutput WithCost(JobOutput output) =>
        _atSubmit is { } first && (first.Cost ?? first.BillableUnits) is not null && output.Metrics is { Cost: null, BillableUnits: null } last
            ? output with
            {
                Metrics = last with { Cost = first.Cost, BillableUnits = first.BillableUnits, Unit = first.Unit, IsCeiling = first.IsCeiling },
            }
            : output;

    // A protocol may need several exchanges for one response; each has a deadline of its own, and all of them together have this one.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> AskAsync<T>(
        Func<JobSession, JobStatus?, CancellationToken, Task<T>> ask, JobStatus? known, bool inTurn, CancellationToken ct)
    {
        if (inTurn)
            await services.Turns.WaitAsync(ct).ConfigureAwait(false);
        Deadline? deadline = null;
        var isOver = false;
        try
        {
            // Within, because the user's clock makes its timer.
            deadline = Deadline.Begin(services.Options.PollTimeout, services.Time, ct);
            var work = ask(this, known, deadline.Token);
            // Reading a large response takes time and cannot be interrupted.
            await work.EndAsync(deadline.Token).ConfigureAwait(false);
            var response = await work.ConfigureAwait(false);
            isOver = true;
            return response;
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new TransportException(
                $"{Handle.Provider} did not respond within {services.Options.PollTimeout.ToString()}.", TransportFailure.TimedOut, exception);
        }
        finally
        {
            deadline?.End(isOver);
            if (inTurn)
                services.Turns.Release();
        }
    }

    private void End(JobState state)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        Instrumentation.Ended(Handle, state, submittedAt is { } start ? services.Time.GetElapsedTime(start) : null, services.Counted);
    }
}
