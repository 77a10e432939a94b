using System.Net;
using System.Runtime.CompilerServices;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Telemetry;
using Zoetrope.Time;

namespace Zoetrope.Clients;

/// <summary>
/// One wait for one job. A poll that fails for a transient reason never ends the wait: the wait backs off and continues until the time runs out, and the
/// observer is notified. Anything that ends the wait early is an exception with the job's handle.
/// </summary>
internal sealed partial class JobWaiter : IDisposable
{
    private const long Never = long.MinValue;

    private static readonly TimeSpan OddTime = TimeSpan.FromMinutes(1);

    // Beside what is derived anew, a wait keeps this while it pauses, and there are many waits.
    private readonly JobSession _session;
    private readonly WaitOptions _options;
    private readonly CancellationToken _caller;
    private readonly long _start;

    private PollPatience _patience;

    // The time of the whole wait while something is requested. A pause is not longer than what is left of it, so that none of many waits keeps a timer for it.
    private Deadline? _limit;
    private TimeSpan _interval;
    private TimeSpan _pause = None;
    private long _lastContact;
    private long _lastPoll;

    private long _oddSince = Never;
    private bool _hasBegun;
    private bool _hasPaused;
    private bool _hadLastLook;
    private bool _isOver;
    private bool _isFailureReported;
    private JobStatus? _reported;

    // Statuses may share one list that grows.
    private int _reportedLogs;
    private Exception? _lastFailure;

    public JobWaiter(JobSession session, WaitOptions options, CancellationToken caller)
    {
        _session = session;
        _options = options;
        _caller = caller;
        _start = _lastContact = _lastPoll = Services.Time.GetTimestamp();
        _interval = FirstInterval;
    }

    /// <summary>
    /// Requests the status once, after <see cref="PauseAsync"/>: the first status, or one that differs from the previous one; null where there is no other. An
    /// end other than completion is returned once it was confirmed.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<JobStatus?> NextAsync()
    {
        var status = Known();
        if (status is null && _options.StatusFeed is { } feed)
        {
            if (Limited().IsCancellationRequested)
                throw await StoppedAsync().ConfigureAwait(false);
            status = await NextOfAsync(feed).ConfigureAwait(false);
        }
        if (status is null)
        {
            if (!_hasPaused)
                await BeginPause().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _hasPaused = false;
            if (IsStopped)
                throw await StoppedAsync().ConfigureAwait(false);
            try
            {
                status = await _session.PollAsync(_options.IncludeLogs, Limited()).ConfigureAwait(false);
                Polled();
            }
            catch (Exception exception) when (exception is not JobException)
            {
                await FailedAsync(exception).ConfigureAwait(false);
                return null;
            }
        }
        if (!IsSure(status))
            return null;
        var isNews = IsNews(status);
        // The last of those that say the same, because the session keeps it, too.
        (_reported, _reportedLogs) = (status, status.Logs.Count);
        if (!isNews)
            return null;
        _isFailureReported = false;
        Notify(_options.OnUpdate, status);
        if (_options.Progress is { } progress)
            Notify(progress.Report, status);
        return status;
    }

    /// <summary>Fetches the result of the completed job.</summary>
    public async Task<JobOutput> GetOutputAsync(JobStatus completed)
    {
        _pause = None;
        _patience.Succeeded();
        _patience.GoesOn();
        while (true)
        {
            await BeginPause().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (IsStopped)
                throw await StoppedAsync().ConfigureAwait(false);
            try
            {
                var output = await _session.FetchOutputAsync(completed, Limited()).ConfigureAwait(false);
                Instrumentation.Polled(_session.Handle);
                return output;
            }
            catch (JobException ending)
                when (ending is not JobResultException { Content: not null } && !_patience.BelievesEnd(IsVague(ending), FirstPause, out var pause))
            {
                Instrumentation.Polled(_session.Handle);
                Heard();
                _pause = Jittered(pause);
            }
            catch (Exception exception) when (StaysUnreadable(exception))
            {
                throw new JobResultException(_session.Handle, _session.LastStatus, ((TransportException)exception).RawOrText(), exception);
            }
            catch (Exception exception) when (exception is not JobException)
            {
                await FailedAsync(exception).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _limit?.End(isFree: _feed is null);
        _feed?.Close();
    }

    private static bool IsVague(JobException ending) => ending is JobFailedException { Error: { Type: null, Fields.Count: 0 } } or JobResultException;

    // An HTML page with a 2xx status most likely comes from a gateway and is transient; a page that persists is what the job delivered.
    private bool StaysUnreadable(Exception exception)
    {
        if (exception is not TransportException { Failure: TransportFailure.Malformed, StatusCode: >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous })
        {
            _oddSince = Never;
            return false;
        }
        if (_oddSince == Never)
            _oddSince = Services.Time.GetTimestamp();
        return Services.Time.GetElapsedTime(_oddSince) >= OddTime;
    }

    // The outcome of the job, once known, is not requested again.
    private JobStatus? Known()
    {
        var known = _hasBegun ? null : _session.LastStatus;
        _hasBegun = true;
        return known is { IsTerminal: true } ? known : null;
    }

    private bool IsSure(JobStatus status)
    {
        if (status.State is not (JobState.Failed or JobState.Canceled))
        {
            _patience.GoesOn();
            return true;
        }
        if (_patience.BelievesEnd(isVague: false, FirstPause, out var pause))
            return true;
        _pause = Jittered(pause);
        return false;
    }

    private bool IsNews(JobStatus status) =>
        _isFailureReported || _reported is not { } known || Report.Of(known, _reportedLogs) != Report.Of(status, status.Logs.Count);

    private void Polled()
    {
        Instrumentation.Polled(_session.Handle);
        Heard();
        _lastPoll = _lastContact;
        _pause = Jittered(_interval);
        if (_options.PollInterval is null)
            _interval = Durations.Shorter(_interval * 1.5, Services.Protocol.Polling.Maximum);
    }

    private void Heard()
    {
        _patience.Succeeded();
        _lastFailure = null;
        _lastContact = Services.Time.GetTimestamp();
    }

    private JobServices Services => _session.Services;

    private bool IsStopped => _isOver || _caller.IsCancellationRequested;

    /// <summary>Handles a request that failed: sets the next delay, or throws the exception that ends the wait.</summary>
    private async Task FailedAsync(Exception exception)
    {
        if (Limited().IsCancellationRequested)
            throw await StoppedAsync().ConfigureAwait(false);
        Instrumentation.Polled(_session.Handle, exception);
        _lastFailure = exception;
        if (!_patience.AsksAgain(exception, _interval, Services.Protocol.Polling.Maximum, out var pause, out var least))
            throw new JobWatchException(_session.Handle, _session.LastStatus, exception, Services.Protocol.Retention);
        var next = Jittered(pause);
        _pause = next > least ? next : least;
        ReportFailure(exception, _patience.Failures, _pause);
    }

    private void ReportFailure(Exception exception, int count, TimeSpan retryIn)
    {
        var observer = Services.Options.Observer;
        if (_options.OnPollFailure is null && observer is null)
            return;
        var elapsed = Services.Time.GetElapsedTime(_lastContact);
        var failure = new PollFailure(_session.Handle, _session.LastStatus, exception, count, elapsed, retryIn);
        observer?.PollFailed(failure);
        if (_options.OnPollFailure is null)
            return;
        _isFailureReported = true;
        Notify(_options.OnPollFailure, failure);
    }

    private void Notify<T>(Action<T>? observer, T what)
    {
        try
        {
            observer?.Invoke(what);
        }
        catch (Exception exception)
        {
            throw new JobUpdateException(_session.Handle, _session.LastStatus, exception);
        }
    }

    private async Task<Exception> StoppedAsync()
    {
        CancelOutcome? cancellation = null;
        Exception? cancelFailure = null;
        if (_options.CancelJobOnAbort)
        {
            try
            {
                // A job that was reported as failed only once may be running, and be billed.
                cancellation = _session.LastStatus is { State: JobState.Completed }
                    ? CancelOutcome.AlreadyCompleted
                    : await _session.RequestCancelAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Reported together with the reason that ended the wait, which it must not hide.
                cancelFailure = exception;
                Services.Options.Observer?.Canceled(_session.Handle, null, exception);
            }
        }
        return _caller.IsCancellationRequested
            ? new JobWaitCanceledException(_session.Handle, _session.LastStatus, cancellation, _caller, cancelFailure, _lastFailure, _patience.Failures)
            : new JobTimeoutException(_session.Handle, _session.LastStatus, _options.Timeout, cancellation, cancelFailure, _lastFailure, _patience.Failures);
    }

    /// <summary>What of a status is news when it changes.</summary>
    private readonly record struct Report(JobState State, string? ProviderStatus, int? QueuePosition, double? Progress, int Logs)
    {
        public static Report Of(JobStatus status, int logs) => new(status.State, status.ProviderStatus, status.QueuePosition, status.Progress, logs);
    }
}
