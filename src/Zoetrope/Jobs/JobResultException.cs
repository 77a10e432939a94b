using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The job completed, but its result does not have the model's result type. <see cref="Raw"/> holds the result as it was received.</summary>
public sealed class JobResultException(JobHandle handle, JobStatus? lastStatus, RawJson raw, Exception reason)
    : JobException($"The job completed, but its result cannot be read. {reason.Message}", handle, lastStatus, reason)
{
    /// <summary>The result as it was received.</summary>
    public RawJson Raw { get; } = raw;

    /// <summary>
    /// The result as it was received, where it is not JSON: a text, a page, a file or nothing, with its media type; null where it is JSON.
    /// </summary>
    public ResultContent? Content { get; init; } = (reason as TransportException)?.Content;
}
