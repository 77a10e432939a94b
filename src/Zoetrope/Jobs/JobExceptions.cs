using System.Net;
using Zoetrope.Json;

namespace Zoetrope;

/// <summary>Something about a job that exists: it carries what the job is found again by.</summary>
public interface IJobFailure
{
    /// <summary>What the job is found again by.</summary>
    JobHandle Handle { get; }

    /// <summary>The last status that was seen; null when none was.</summary>
    JobStatus? LastStatus { get; }
}

/// <summary>The base of what is thrown about a job that exists.</summary>
public abstract class JobException : ZoetropeException, IJobFailure
{
    private protected JobException(string message, JobHandle handle, JobStatus? lastStatus, Exception? innerException = null)
        : base($"{message} Handle: {handle}", innerException)
    {
        Handle = handle;
        LastStatus = lastStatus;
    }

    /// <inheritdoc/>
    public JobHandle Handle { get; }

    /// <inheritdoc/>
    public JobStatus? LastStatus { get; }
}

/// <summary>The job ended with an error. A wait throws it only when the provider has said so more than once.</summary>
public sealed class JobFailedException(JobHandle handle, JobStatus? lastStatus, ServiceError error, HttpStatusCode? statusCode = null)
    : JobException($"The job failed: {error.ToString().TrimEnd('.')}.", handle, lastStatus)
{
    /// <summary>Why, in the provider's words.</summary>
    public ServiceError Error { get; } = error;

    /// <summary>The HTTP status that came with the error, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; } = statusCode;
}

/// <summary>The job was cancelled before it ended.</summary>
public sealed class JobCanceledException(JobHandle handle, JobStatus? lastStatus) : JobException("The job was cancelled.", handle, lastStatus);

/// <summary>
/// The job could not be followed. A wait throws this when the provider has refused to report about the job five times in a row, as with a wrong key or a
/// mistyped handle: after 8 to 35 seconds at the providers' own intervals. <see cref="Job{TResult}.GetStatusAsync"/> asks once. Nothing is known against the
/// job itself: it may go on, or have completed, and can be resumed.
/// </summary>
public sealed class JobWatchException(JobHandle handle, JobStatus? lastStatus, Exception reason)
    : JobException(
        lastStatus is { State: JobState.Completed }
            ? $"The job completed, but its result could not be fetched; it can be resumed. {reason.Message}"
            : $"The job could not be followed; it may still be running and can be resumed. {reason.Message}",
        handle,
        lastStatus,
        reason);

/// <summary>The job completed, but its result is not of the form that the model's type needs. <see cref="Raw"/> holds it as it came.</summary>
public sealed class JobResultException(JobHandle handle, JobStatus? lastStatus, RawJson raw, Exception reason)
    : JobException($"The job completed, but its result cannot be read. {reason.Message}", handle, lastStatus, reason)
{
    /// <summary>The result as it came.</summary>
    public RawJson Raw { get; } = raw;
}

/// <summary>The job could not be asked to cancel. It may go on.</summary>
public sealed class CancelFailedException(JobHandle handle, JobStatus? lastStatus, Exception reason)
    : JobException($"The job could not be asked to cancel, and may go on. {reason.Message}", handle, lastStatus, reason);

/// <summary><see cref="WaitOptions.OnUpdate"/> or <see cref="WaitOptions.OnPollFailure"/> threw. The job goes on.</summary>
public sealed class JobUpdateException(JobHandle handle, JobStatus? lastStatus, Exception reason)
    : JobException($"The wait ended because the update callback failed; the job goes on and can be resumed. {reason.Message}", handle, lastStatus, reason);
