using System.Net;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The job completed, but its result is not of the form that the model's type needs. <see cref="Raw"/> holds it as it came.</summary>
public sealed class JobResultException(JobHandle handle, JobStatus? lastStatus, RawJson raw, Exception reason)
    : JobException($"The job completed, but its result cannot be read. {reason.Message}", handle, lastStatus, reason)
{
    /// <summary>The result as it came.</summary>
    public RawJson Raw { get; } = raw;
}
