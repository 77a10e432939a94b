namespace Zoetrope.Jobs;

/// <summary>
/// <see cref="WaitOptions.OnUpdate"/>, <see cref="WaitOptions.Progress"/> or <see cref="WaitOptions.OnPollFailure"/> threw. The job continues.
/// </summary>
public sealed class JobUpdateException(JobHandle handle, JobStatus? lastStatus, Exception reason)
    : JobException($"The wait ended because the update callback failed; the job continues and can be resumed. {reason.Message}", handle, lastStatus, reason);
