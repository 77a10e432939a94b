namespace Zoetrope.Jobs;

/// <summary>The wait for a job was cancelled by its caller. The job goes on unless it was asked to cancel, or had ended.</summary>
public sealed class JobWaitCanceledException(
    JobHandle handle,
    JobStatus? lastStatus,
    CancelOutcome? cancellation,
    CancellationToken token,
    Exception? cancelFailure = null,
    Exception? innerException = null,
    int failedPolls = 0)
    : OperationCanceledException(
        $"The wait was cancelled{StopText.Of(lastStatus, cancellation, cancelFailure)}{StopText.OfFailures(innerException, failedPolls)} Handle: {handle}",
        innerException ?? cancelFailure,
        token),
    IJobFailure
{
    /// <inheritdoc/>
    public JobHandle Handle { get; } = handle;

    /// <inheritdoc/>
    public JobStatus? LastStatus { get; } = lastStatus;

    /// <summary>
    /// What became of cancelling the job; null when it was left running, or when <see cref="CancelFailure"/> says why it could not be cancelled.
    /// </summary>
    public CancelOutcome? Cancellation { get; } = cancellation;

    /// <summary>Why the job could not be asked to cancel; null where it was, or was not to be.</summary>
    public Exception? CancelFailure { get; } = cancelFailure;

    /// <summary>How many requests about the job had failed in a row when the wait was cancelled. 0 when the last one succeeded.</summary>
    public int FailedPolls { get; } = failedPolls;
}
