using System.Net;
using System.Text.Json;
using Zoetrope.Protocol;

namespace Zoetrope;

/// <summary>
/// One wait for one job. A poll that fails for a passing reason never ends the wait: it backs off and goes on until the time is over.
/// Whatever ends the wait early is an exception with the job's handle.
/// </summary>
internal sealed class JobWaiter(JobServices services, JobSession session, WaitOptions options, CancellationToken ct) : IDisposable
{
    // A job that was just accepted may not be visible everywhere at once; a redirect may be a gateway's that restarts.
    private const int PatienceWithRefusals = 5;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly Deadline _stop = new(options.Timeout, services.Time, ct);
    private TimeSpan _interval = options.PollInterval ?? services.Protocol.Polling.Initial;
    private TimeSpan? _pause;
    private JobStatus? _told;
    private int _failures;
    private int _refusals;
    private Exception? _lastFailure;

    /// <summary>Waits for the first status, or for one that differs from the last.</summary>
    public async Task<JobStatus> NextAsync()
    {
        while (true)
        {
            var status = _told is null && session.LastStatus is { IsTerminal: true } known ? known : await TryPollAsync().ConfigureAwait(false);
            if (status is null || !Differs(status, _told))
                continue;
            _told = status;
            Tell(status);
            return status;
        }
    }

    /// <summary>Fetches the result of the job, which has completed.</summary>
    public async Task<JobOutput> GetOutputAsync(JobStatus completed)
    {
        _pause = null;
        _failures = _refusals = 0;
        while (true)
        {
            await PauseAsync().ConfigureAwait(false);
            try
            {
                var output = await session.FetchOutputAsync(completed, _stop.Token).ConfigureAwait(false);
                Telemetry.Polled(session.Handle, failed: false);
                return output;
            }
            catch (Exception exception) when (exception is not JobException)
            {
                await FailedAsync(exception).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _stop.Dispose();

    private static bool Differs(JobStatus status, JobStatus? last) =>
        last is null
        || status.State != last.State
        || status.QueuePosition != last.QueuePosition
        || status.Logs.Count != last.Logs.Count
        || status.ProviderStatus != last.ProviderStatus;

    private async Task<JobStatus?> TryPollAsync()
    {
        await PauseAsync().ConfigureAwait(false);
        try
        {
            var status = await session.PollAsync(options.Logs, _stop.Token).ConfigureAwait(false);
            Telemetry.Polled(session.Handle, failed: false);
            _failures = _refusals = 0;
            _lastFailure = null;
            _pause = services.Jitter(_interval);
            if (options.PollInterval is null)
                _interval = Shorter(_interval * 1.5, services.Protocol.Polling.Maximum);
            return status;
        }
        catch (Exception exception) when (exception is not JobException)
        {
            await FailedAsync(exception).ConfigureAwait(false);
            return null;
        }
    }

    private async Task PauseAsync()
    {
        try
        {
            if (_pause is { } pause)
                await Task.Delay(Shorter(pause, LongestPause), services.Time, _stop.Token).ConfigureAwait(false);
            else
                _stop.Token.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            throw await StoppedAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Decides about a request that failed: sets the next pause, or throws what ends the wait.</summary>
    private async Task FailedAsync(Exception exception)
    {
        if (_stop.Token.IsCancellationRequested)
            throw await StoppedAsync().ConfigureAwait(false);
        Telemetry.Polled(session.Handle, failed: true);
        _lastFailure = exception;
        if (!IsPassing(exception) && (!MayPass(exception) || ++_refusals >= PatienceWithRefusals))
            throw new JobWatchException(session.Handle, session.LastStatus, exception);
        _failures++;
        // A refusal is asked about again at the usual pace, so that a mistyped handle is told within seconds; only trouble calls for more room.
        var backoff = IsPassing(exception)
            ? Shorter(_interval * (1 << Math.Min(_failures, 10)), Longer(services.Protocol.Polling.Maximum, LongestBackoff))
            : _interval;
        _pause = Longer(services.Jitter(backoff), (exception as ServiceException)?.RetryAfter ?? TimeSpan.Zero);
    }

    private static bool IsPassing(Exception exception) => exception switch
    {
        TransportException transport => transport.Failure is not (TransportFailure.Refused or TransportFailure.Redirected or TransportFailure.TooLarge),
        ServiceException service => service.Error.Retryable == true || (int)service.StatusCode is 408 or 425 or 429 or >= 500,
        JsonException => true,
        _ => false,
    };

    private static bool MayPass(Exception exception) => exception switch
    {
        TransportException transport => transport.Failure is TransportFailure.Redirected or TransportFailure.TooLarge,
        ServiceException service => service.StatusCode == HttpStatusCode.NotFound,
        _ => false,
    };

    private void Tell(JobStatus status)
    {
        try
        {
            options.OnUpdate?.Invoke(status);
        }
        catch (Exception exception)
        {
            throw new JobUpdateException(session.Handle, status, exception);
        }
    }

    private async Task<Exception> StoppedAsync()
    {
        CancelOutcome? cancellation = null;
        Exception? cancelFailure = null;
        if (options.CancelJobOnStop && session.LastStatus is not { IsTerminal: true })
        {
            try
            {
                cancellation = await session.RequestCancelAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Told along with what ended the wait, which it must not hide.
                cancelFailure = exception;
            }
        }
        return ct.IsCancellationRequested
            ? new JobWaitCanceledException(session.Handle, session.LastStatus, cancellation, ct, cancelFailure, _lastFailure)
            : new JobTimeoutException(session.Handle, session.LastStatus, options.Timeout, cancellation, cancelFailure, _lastFailure);
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
