using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The job completed, but its result does not have the model's result type. <see cref="Raw"/> holds the result as it was received.</summary>
public sealed class JobResultException(JobHandle handle, JobStatus? lastStatus, RawJson raw, Exception reason)
    : JobException($"The job completed, but its result cannot be read. {reason.Message}", handle, lastStatus, reason)
{
    /// <summary>The result as it was received.</summary>
    public RawJson Raw { get; } = raw;
}
