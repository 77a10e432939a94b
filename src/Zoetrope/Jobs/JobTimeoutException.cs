namespace Zoetrope.Jobs;

/// <summary>
/// The wait for a job was over before the job was. It says whether the job was left running or asked to cancel, and why nothing was heard if the last requests
/// failed.
/// </summary>
public sealed class JobTimeoutException(
    JobHandle handle,
    JobStatus? lastStatus,
    TimeSpan timeout,
    CancelOutcome? cancellation,
    Exception? cancelFailure = null,
    Exception? innerException = null,
    int failedPolls = 0)
    : JobException(
        StopText.OfTimeout(lastStatus, timeout, cancellation, cancelFailure) + StopText.OfFailures(innerException, failedPolls),
        handle,
        lastStatus,
        innerException ?? cancelFailure)
{
    /// <summary>How long it was waited for.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>
    /// What became of cancelling the job; null when it was left running, or when <see cref="CancelFailure"/> says why it could not be cancelled.
    /// </summary>
    public CancelOutcome? Cancellation { get; } = cancellation;

    /// <summary>Why the job could not be asked to cancel; null where it was, or was not to be.</summary>
    public Exception? CancelFailure { get; } = cancelFailure;

    /// <summary>
    /// How many requests about the job had failed in a row when the time was over; the last failure is the <see cref="Exception.InnerException"/>. 0 when the
    /// last one succeeded.
    /// </summary>
    public int FailedPolls { get; } = failedPolls;
}
