using Microsoft.Extensions.Logging;

namespace Zoetrope.Jobs.Workers;

/// <summary>
/// The messages of the log. Their ids are stable, and those of no client: one that is given away is never used for something else. Texts of providers are not
/// in them, because they may quote inputs; they are in <see cref="LedgerJob.Reason"/>.
/// </summary>
internal static partial class WorkerMessages
{
    [LoggerMessage(
        30, LogLevel.Error,
        "Whether {Provider} accepted the job {Job} ({Model}) is not known: it may run, and be paid for. It is not sent again by itself, except with an "
        + "idempotency key; if nothing else ends the doubt, a person must, as with 'zoetrope jobs resolve'")]
    public static partial void InDoubt(ILogger logger, string provider, string job, string model);

    [LoggerMessage(31, LogLevel.Warning, "The job {Job} is in doubt no more: {Provider} has accepted it")]
    public static partial void Found(ILogger logger, string provider, string job);

    [LoggerMessage(32, LogLevel.Warning, "Jobs wait, the job {Job} first: {Reason}")]
    public static partial void AtCap(ILogger logger, string job, string reason);

    [LoggerMessage(
        33, LogLevel.Warning, "{Provider} refuses jobs with status {Status}, the job {Job} first: they wait until the key or the account is in order")]
    public static partial void Refused(ILogger logger, string provider, int status, string job);

    [LoggerMessage(34, LogLevel.Warning, "The job {Job} waits, because files of its input are gone: record it with files that are uploaded again")]
    public static partial void FilesGone(ILogger logger, string job);

    [LoggerMessage(35, LogLevel.Warning, "The job {Job} has completed, and its files cannot be stored; it is tried again")]
    public static partial void DeliveryFailed(ILogger logger, string job);

    [LoggerMessage(36, LogLevel.Error, "Files of the job {Job} could not be stored for {Days} days: the job is delivered without them")]
    public static partial void DeliveryAbandoned(ILogger logger, string job, double days);

    [LoggerMessage(37, LogLevel.Warning, "The status of the job {Job} cannot be read from {Provider}; it is asked for again")]
    public static partial void PollsFail(ILogger logger, string job, string provider);

    [LoggerMessage(38, LogLevel.Warning, "The store of the ledger cannot be reached; it is tried again each second")]
    public static partial void StoreLost(ILogger logger, Exception exception);
}
