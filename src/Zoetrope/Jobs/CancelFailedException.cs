namespace Zoetrope.Jobs;

/// <summary>The request to cancel the job failed. The job may continue.</summary>
public sealed class CancelFailedException(JobHandle handle, JobStatus? lastStatus, Exception reason)
    : JobException($"The request to cancel the job failed, and the job may continue. {reason.Message}", handle, lastStatus, reason);
