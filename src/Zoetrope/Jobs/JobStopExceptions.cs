namespace Zoetrope;

/// <summary>The wait for a job was over before the job was. It says whether the job was left running or asked to cancel.</summary>
public sealed class JobTimeoutException(
    JobHandle handle, JobStatus? lastStatus, TimeSpan timeout, CancelOutcome? cancellation, Exception? cancelFailure = null, Exception? innerException = null)
    : JobException(
        lastStatus is { State: JobState.Completed }
            ? $"The job completed, but its result did not arrive within {timeout}; it can be resumed."
            : $"The job did not end within {timeout}{StopText.Of(cancellation, cancelFailure)}",
        handle,
        lastStatus,
        innerException ?? cancelFailure)
{
    /// <summary>How long it was waited for.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>What became of cancelling the job; null when it was left running, or when <see cref="CancelFailure"/> says why it could not be cancelled.</summary>
    public CancelOutcome? Cancellation { get; } = cancellation;

    /// <summary>Why the job could not be asked to cancel; null where it was, or was not to be.</summary>
    public Exception? CancelFailure { get; } = cancelFailure;
}

/// <summary>The wait for a job was cancelled by its caller. The job goes on unless it was asked to cancel.</summary>
public sealed class JobWaitCanceledException(
    JobHandle handle, JobStatus? lastStatus, CancelOutcome? cancellation, CancellationToken token, Exception? cancelFailure = null, Exception? innerException = null)
    : OperationCanceledException(
        $"The wait was cancelled{StopText.Of(cancellation, cancelFailure)} Handle: {handle}",
        innerException ?? cancelFailure,
        token),
    IJobException
{
    /// <inheritdoc/>
    public JobHandle Handle { get; } = handle;

    /// <inheritdoc/>
    public JobStatus? LastStatus { get; } = lastStatus;

    /// <summary>What became of cancelling the job; null when it was left running, or when <see cref="CancelFailure"/> says why it could not be cancelled.</summary>
    public CancelOutcome? Cancellation { get; } = cancellation;

    /// <summary>Why the job could not be asked to cancel; null where it was, or was not to be.</summary>
    public Exception? CancelFailure { get; } = cancelFailure;
}

/// <summary>What became of a job that is no longer waited for, in words.</summary>
internal static class StopText
{
    public static string Of(CancelOutcome? cancellation, Exception? cancelFailure) => cancellation switch
    {
        null when cancelFailure is not null => $"; it could not be asked to cancel ({cancelFailure.Message}), so it may go on and can be resumed.",
        null => "; the job was left running and can be resumed.",
        CancelOutcome.Requested => ", and the job was asked to cancel.",
        CancelOutcome.AlreadyCompleted => "; the job had ended already when it was to be cancelled, and can be resumed.",
        _ => "; the provider did not know the job when it was to be cancelled.",
    };
}
