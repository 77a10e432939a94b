using Microsoft.Extensions.Logging;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.Hosting.Logging;

/// <summary>The messages of the log. Their ids are stable: one that is given away is never used for something else.</summary>
internal static partial class HostMessages
{
    [LoggerMessage(1, LogLevel.Debug, "Submitting a job to {Provider}: {Model}")]
    public static partial void Submitting(ILogger logger, string provider, string model);

    [LoggerMessage(2, LogLevel.Debug, "The input of the job for {Provider}, {Model}: {Input}", SkipEnabledCheck = true)]
    public static partial void Input(ILogger logger, string provider, string model, string input);

    [LoggerMessage(3, LogLevel.Information, "{Provider} accepted the job {Job}", SkipEnabledCheck = true)]
    public static partial void Accepted(ILogger logger, string provider, string job);

    [LoggerMessage(
        4, LogLevel.Warning,
        "Attempt {Attempt} to submit a job to {Provider}, {Model}, was not accepted ({Reason}); again in {Seconds} s (backup host: {Backup})",
        SkipEnabledCheck = true)]
    public static partial void Retrying(ILogger logger, string provider, string model, int attempt, string reason, double seconds, string? backup);

    [LoggerMessage(5, LogLevel.Warning, "{Provider} did not accept a job for {Model}: {Reason}. There is no job", SkipEnabledCheck = true)]
    public static partial void NotAccepted(ILogger logger, string provider, string model, string reason);

    [LoggerMessage(
        6, LogLevel.Error, "Whether {Provider} accepted a job for {Model} is not known: {Reason}. It may be paid for; its handle: {Job}",
        SkipEnabledCheck = true)]
    public static partial void InDoubt(ILogger logger, string provider, string model, string reason, string? job);

    [LoggerMessage(7, LogLevel.Debug, "The job {Job} is {State} ({Status}, queue position {Position})", SkipEnabledCheck = true)]
    public static partial void StateChanged(ILogger logger, string job, JobState state, string? status, int? position);

    [LoggerMessage(8, LogLevel.Information, "The job {Job} is reported as {State}. Error: {Error}", SkipEnabledCheck = true)]
    public static partial void Ended(ILogger logger, string job, JobState state, string? error);

    [LoggerMessage(
        9, LogLevel.Warning, "Request {Count} in a row about the job {Job} failed ({Reason}); again in {Seconds} s. The job goes on", SkipEnabledCheck = true)]
    public static partial void PollFailed(ILogger logger, string job, int count, string reason, double seconds);

    [LoggerMessage(10, LogLevel.Information, "The cancellation of the job {Job}: {Outcome}", SkipEnabledCheck = true)]
    public static partial void Canceling(ILogger logger, string job, CancelOutcome outcome);

    [LoggerMessage(11, LogLevel.Warning, "The job {Job} could not be canceled: {Reason}", SkipEnabledCheck = true)]
    public static partial void CancelFailed(ILogger logger, string job, string? reason);

    [LoggerMessage(12, LogLevel.Information, "The result of the job {Job} was received. Cost: {Cost} {Unit}; run time: {Seconds} s", SkipEnabledCheck = true)]
    public static partial void Received(ILogger logger, string job, decimal? cost, string? unit, double? seconds);

    [LoggerMessage(
        13, LogLevel.Critical,
        "A handler of the HTTP client tried to send a request to {Provider} at {Address} again that must be sent once, and may be paid for twice. It was "
        + "stopped, but the outcome of the first may be lost: take the handler away, or let it pass on once what has RequestMarks.SendOnce, as the standard "
        + "handlers do at clients of this package")]
    public static partial void SendRepeated(ILogger logger, string provider, string address);

    [LoggerMessage(14, LogLevel.Information, "The key in the configuration has changed, and is used from now on")]
    public static partial void KeyChanged(ILogger logger);

    [LoggerMessage(15, LogLevel.Warning, "The configuration of {Client} was loaded again and is not valid, so its key stays as it was: {Problem}")]
    public static partial void NotReloaded(ILogger logger, string client, string problem);

    [LoggerMessage(
        16, LogLevel.Warning,
        "The configuration of {Client} was loaded again with other addresses, which need a restart. Until then its key stays as it was, "
        + "because a new one may not be meant for where this client sends it")]
    public static partial void NeedsRestart(ILogger logger, string client);

    [LoggerMessage(17, LogLevel.Warning, "{Notice}", SkipEnabledCheck = true)]
    public static partial void Deprecated(ILogger logger, string notice);
}
