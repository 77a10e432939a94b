namespace Zoetrope.Jobs;

/// <summary>The job was canceled before it ended.</summary>
public sealed class JobCanceledException(JobHandle handle, JobStatus? lastStatus) : JobException("The job was canceled.", handle, lastStatus);
