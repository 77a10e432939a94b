namespace Zoetrope.Jobs;

/// <summary>The job was cancelled before it ended.</summary>
public sealed class JobCanceledException(JobHandle handle, JobStatus? lastStatus) : JobException("The job was cancelled.", handle, lastStatus);
