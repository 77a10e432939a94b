namespace Zoetrope;

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

/// <summary>What became of a job that is no longer waited for, in words.</summary>
internal static class StopText
{
    public static string Of(JobStatus? lastStatus, CancelOutcome? cancellation, Exception? cancelFailure) => lastStatus?.State switch
    {
        JobState.Completed => "; the job had completed, and its result can be fetched by resuming it.",
        JobState.Failed => "; the provider had reported that the job failed.",
        JobState.Canceled => "; the provider had reported that the job was cancelled.",
        _ => cancellation switch
        {
            null when cancelFailure is not null => $"; it could not be asked to cancel ({cancelFailure.Message}), so it may go on and can be resumed.",
            null => "; the job was left running and can be resumed.",
            CancelOutcome.Requested => ", and the job was asked to cancel.",
            CancelOutcome.AlreadyCompleted => "; the job had ended already when it was to be cancelled, and can be resumed.",
            _ => "; the provider did not know the job when it was to be cancelled.",
        },
    };

    public static string OfTimeout(JobStatus? lastStatus, TimeSpan timeout, CancelOutcome? cancellation, Exception? cancelFailure) => lastStatus?.State switch
    {
        JobState.Completed => $"The job completed, but its result did not arrive within {timeout}; it can be resumed.",
        JobState.Failed or JobState.Canceled =>
            $"The end of the job was reported, but not confirmed within {timeout}{Of(lastStatus, cancellation, cancelFailure)}",
        _ => $"The job did not end within {timeout}{Of(lastStatus, cancellation, cancelFailure)}",
    };

    public static string OfFailures(Exception? last, int count) => last is null ? "" : count switch
    {
        > 1 => $" The last {count} requests about it failed, most recently: {last.Message}",
        _ => $" The last request about it failed: {last.Message}",
    };
}
