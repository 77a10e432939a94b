using Zoetrope.Clients;

namespace Zoetrope.Jobs;

/// <summary>
/// The job could not be followed. A wait throws this when five consecutive requests about the job were refused, as with a wrong key or a mistyped handle:
/// after 8 to 35 seconds at the providers' own intervals. <see cref="Job{TResult}.GetStatusAsync"/> makes a single request. The job itself is not known to
/// have failed: it may still be running, or have completed, and can be resumed.
/// </summary>
public sealed class JobWatchException(JobHandle handle, JobStatus? lastStatus, Exception reason)
    : JobException(
        lastStatus is { State: JobState.Completed }
            ? $"The job completed, but its result could not be fetched; it can be resumed. {reason.Message}"
            : $"The job could not be followed; it may still be running and can be resumed. {reason.Message}",
        handle,
        lastStatus,
        reason);
