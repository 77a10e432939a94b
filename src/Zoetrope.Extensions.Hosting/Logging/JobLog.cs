using Microsoft.Extensions.Logging;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Extensions.Hosting.Logging;

/// <summary>
/// Logs what happens to the jobs of a client. Neither keys nor inputs are logged, and of failures the kind but no text, which may quote the input, unless
/// inputs are asked for.
/// </summary>
/// <param name="logger">The log.</param>
/// <param name="logsInputs">Whether inputs, and texts that may quote them, are logged.</param>
internal sealed class JobLog(ILogger logger, bool logsInputs) : JobObserver
{
    protected override void OnSubmitting(string provider, string endpointId, RawJson input)
    {
        HostMessages.Submitting(logger, provider, endpointId);
        if (logsInputs && logger.IsEnabled(LogLevel.Debug))
            HostMessages.Input(logger, provider, endpointId, input.ToString());
    }

    protected override void OnRetrying(SubmitRetry retry)
    {
        if (!logger.IsEnabled(LogLevel.Warning))
            return;
        var reason = Describe(retry.Reason);
        HostMessages.Retrying(logger, retry.Provider, retry.EndpointId, retry.Attempt, reason, retry.RetryIn.TotalSeconds, retry.BackupHost);
    }

    protected override void OnAccepted(JobHandle handle, JobStatus status)
    {
        if (logger.IsEnabled(LogLevel.Information))
            HostMessages.Accepted(logger, handle.Provider, handle.ToString());
    }

    protected override void OnSubmitFailed(string provider, string endpointId, Exception exception)
    {
        var (mayExist, job) = exception switch
        {
            SubmitException submit => (!submit.WasNotAccepted, submit.Handle),
            SubmitCanceledException canceled => (true, canceled.Handle),
            _ => (false, null),
        };
        if (mayExist && logger.IsEnabled(LogLevel.Error))
            HostMessages.InDoubt(logger, provider, endpointId, Describe(exception), job?.ToString());
        else if (!mayExist && logger.IsEnabled(LogLevel.Warning))
            HostMessages.NotAccepted(logger, provider, endpointId, Describe(exception));
    }

    protected override void OnStatusChanged(JobHandle handle, JobStatus? previous, JobStatus status)
    {
        if (status.IsTerminal)
        {
            if (logger.IsEnabled(LogLevel.Information))
                HostMessages.Ended(logger, handle.ToString(), status.State, Describe(status.Error));
        }
        else if (logger.IsEnabled(LogLevel.Debug))
        {
            HostMessages.StateChanged(logger, handle.ToString(), status.State, status.ProviderStatus, status.QueuePosition);
        }
    }

    protected override void OnPollFailed(PollFailure failure)
    {
        if (logger.IsEnabled(LogLevel.Warning))
            HostMessages.PollFailed(logger, failure.Handle.ToString(), failure.Count, Describe(failure.Reason), failure.RetryIn.TotalSeconds);
    }

    protected override void OnCancel(JobHandle handle, CancelOutcome? outcome, Exception? exception)
    {
        if (outcome is { } known && logger.IsEnabled(LogLevel.Information))
            HostMessages.Canceling(logger, handle.ToString(), known);
        else if (outcome is null && logger.IsEnabled(LogLevel.Warning))
            HostMessages.CancelFailed(logger, handle.ToString(), exception is null ? null : Describe(exception));
    }

    protected override void OnResult(JobHandle handle, JobMetrics metrics)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var cost = metrics.Billed;
        HostMessages.Received(logger, handle.ToString(), cost?.Value, cost?.Unit, metrics.InferenceTime?.TotalSeconds);
    }

    protected override void OnSendRepeated(string provider, string address) => HostMessages.SendRepeated(logger, provider, address);

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
