namespace Zoetrope.Jobs;

/// <summary>The caller canceled the wait for a job. The job continues unless its cancellation was requested, or it had ended.</summary>
public sealed class JobWaitCanceledException(
    JobHandle handle,
    JobStatus? lastStatus,
    CancelOutcome? cancellation,
    CancellationToken token,
    Exception? cancelFailure = null,
    Exception? innerException = null,
    int failedPolls = 0)
    : OperationCanceledException(
        $"The wait was canceled{StopText.Of(lastStatus, cancellation, cancelFailure)}{StopText.OfFailures(innerException, failedPolls)} "
            + $"Handle: {handle.ToString()}",
        innerException ?? cancelFailure,
        token),
    IJobFailure
{
    /// <inheritdoc/>
    public JobHandle Handle { get; } = handle;

    /// <inheritdoc/>
    public JobStatus? LastStatus { get; } = lastStatus;

    /// <summary>
    /// The outcome of the request to cancel the job; null when the job was left running, or when <see cref="CancelFailure"/> says why the request failed.
    /// </summary>
    public CancelOutcome? Cancellation { get; } = cancellation;

    /// <summary>Why the request to cancel the job failed; null where it succeeded or was not made.</summary>
    public Exception? CancelFailure { get; } = cancelFailure;

    /// <summary>The number of consecutive failed requests about the job when the wait was canceled. 0 when the last request succeeded.</summary>
    public int FailedPolls { get; } = failedPolls;
}
