using Microsoft.Extensions.Logging;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Extensions.Hosting.Logging;

/// <summary>
/// Logs what happens to the jobs of a client. Neither keys nor inputs are logged, and of failures the kind but no text, which may quote the input, unless
/// inputs are asked for.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="logsInputs">Whether inputs, and texts that may quote them, are logged.</param>
internal sealed class JobLog(HostLog log, bool logsInputs) : JobObserver
{
    private ILogger Logger => log.Logger;

    protected override void OnSubmitting(string provider, string endpointId, RawJson input)
    {
        HostMessages.Submitting(Logger, provider, endpointId);
        if (logsInputs && Logger.IsEnabled(LogLevel.Debug))
            HostMessages.Input(Logger, provider, endpointId, input.ToString());
    }

    protected override void OnRetrying(SubmitRetry retry)
    {
        if (!Logger.IsEnabled(LogLevel.Warning))
            return;
        var reason = Describe(retry.Reason);
        HostMessages.Retrying(Logger, retry.Provider, retry.EndpointId, retry.Attempt, reason, retry.RetryIn.TotalSeconds, retry.BackupHost);
    }

    protected override void OnAccepted(JobHandle handle, JobStatus status)
    {
        if (Logger.IsEnabled(LogLevel.Information))
            HostMessages.Accepted(Logger, handle.Provider, handle.ToString());
    }

    protected override void OnSubmitFailed(string provider, string endpointId, Exception exception)
    {
        var (mayExist, job) = exception switch
        {
            SubmitException submit => (!submit.WasNotAccepted, submit.Handle),
            SubmitCanceledException canceled => (true, canceled.Handle),
            _ => (false, null),
        };
        if (mayExist && Logger.IsEnabled(LogLevel.Error))
            HostMessages.InDoubt(Logger, provider, endpointId, Describe(exception), job?.ToString());
        else if (!mayExist && Logger.IsEnabled(LogLevel.Warning))
            HostMessages.NotAccepted(Logger, provider, endpointId, Describe(exception));
    }

    protected override void OnStatusChanged(JobHandle handle, JobStatus? previous, JobStatus status)
    {
        if (status.IsTerminal)
        {
            if (Logger.IsEnabled(LogLevel.Information))
                HostMessages.Ended(Logger, handle.ToString(), status.State, Describe(status.Error));
        }
        else if (Logger.IsEnabled(LogLevel.Debug))
        {
            HostMessages.StateChanged(Logger, handle.ToString(), status.State, status.ProviderStatus, status.QueuePosition);
        }
    }

    protected override void OnPollFailed(PollFailure failure)
    {
        if (Logger.IsEnabled(LogLevel.Warning))
            HostMessages.PollFailed(Logger, failure.Handle.ToString(), failure.Count, Describe(failure.Reason), failure.RetryIn.TotalSeconds);
    }

    protected override void OnCancel(JobHandle handle, CancelOutcome? outcome, Exception? exception)
    {
        if (outcome is { } known && Logger.IsEnabled(LogLevel.Information))
            HostMessages.Canceling(Logger, handle.ToString(), known);
        else if (outcome is null && Logger.IsEnabled(LogLevel.Warning))
            HostMessages.CancelFailed(Logger, handle.ToString(), exception is null ? null : Describe(exception));
    }

    protected override void OnResult(JobHandle handle, JobMetrics metrics)
    {
        if (!Logger.IsEnabled(LogLevel.Information))
            return;
        var cost = metrics.Billed;
        HostMessages.Received(Logger, handle.ToString(), cost?.Value, cost?.Unit, metrics.InferenceTime?.TotalSeconds);
    }

    protected override void OnSendRepeated(string provider, string address) => HostMessages.SendRepeated(Logger, provider, address);

    private string Describe(Exception exception)
    {
        if (logsInputs)
            return exception.Message;
        var cause = exception is SubmitException ? exception.InnerException ?? exception : exception;
        return cause switch
        {
            ServiceException service => $"{(int)service.StatusCode} {Describe(service.Error)}".TrimEnd(),
            TransportException transport => transport.Failure.ToString(),
            _ => cause.GetType().Name,
        };
    }

    private string? Describe(ServiceError? error) => error is null ? null
        : logsInputs ? error.Message
        : error.RequestId is { } id ? $"{error.Type} (request {id})".TrimStart() : error.Type;
}
