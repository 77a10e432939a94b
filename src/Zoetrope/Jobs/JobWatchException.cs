using System.Globalization;
using System.Net;
using Zoetrope.Clients;
using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>
/// The job could not be followed. A wait throws this when five consecutive requests about the job were refused, as with a wrong key or a mistyped handle:
/// after 8 to 35 seconds at the providers' own intervals. <see cref="Job{TResult}.GetStatusAsync"/> makes a single request. The job itself is not known to
/// have failed: it may still be running, or have completed, and can be resumed.
/// </summary>
/// <param name="handle">The job.</param>
/// <param name="lastStatus">The last status that was received; null when there was none.</param>
/// <param name="reason">Why it could not be followed.</param>
/// <param name="retention">How long the provider keeps a job; null where nothing is documented.</param>
public sealed class JobWatchException(JobHandle handle, JobStatus? lastStatus, Exception reason, TimeSpan? retention = null)
    : JobException(
        (lastStatus is { State: JobState.Completed }
            ? $"The job completed, but its result could not be fetched; it can be resumed. {reason.Message}"
            : $"{(lastStatus is null && IsNotFound(reason) ? NotFound : Unknown)} {reason.Message}") + HintOf(reason, retention, handle),
        handle,
        lastStatus,
        reason)
{
    private const string Unknown = "The job could not be followed; it may still be running and can be resumed.";
    private const string NotFound = "The provider does not find the job: its handle may be mistyped, or the key that of another account.";

    private static bool IsNotFound(Exception reason) => reason is ServiceException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone };

    // A job that is not found may have been one.
    private static string HintOf(Exception reason, TimeSpan? retention, JobHandle handle) =>
        retention is { } kept && IsNotFound(reason)
            ? string.Create(CultureInfo.InvariantCulture, $" {handle.Provider} keeps a job for {kept.TotalDays:0.##} days; an older one is not found any more.")
            : "";
}
