namespace Zoetrope.Jobs;

/// <summary>
/// The wait for a job ended before the job did. The exception says whether the job was left running or a cancellation was requested, and why no status was
/// received if the last requests failed.
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
    /// <summary>The time that was spent waiting.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>
    /// The outcome of the request to cancel the job; null when the job was left running, or when <see cref="CancelFailure"/> says why the request failed.
    /// </summary>
    public CancelOutcome? Cancellation { get; } = cancellation;

    /// <summary>Why the request to cancel the job failed; null where it succeeded or was not made.</summary>
    public Exception? CancelFailure { get; } = cancelFailure;

    /// <summary>
    /// The number of consecutive failed requests about the job when the time ran out; the last failure is the <see cref="Exception.InnerException"/>. 0 when
    /// the last request succeeded.
    /// </summary>
    public int FailedPolls { get; } = failedPolls;
}
