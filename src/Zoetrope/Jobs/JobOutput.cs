using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The result of a job as it was received.</summary>
/// <param name="Value">The result.</param>
/// <param name="Metrics">The times and costs.</param>
/// <param name="RequestId">The provider's id of the exchange.</param>
public sealed record JobOutput(RawJson Value, JobMetrics Metrics, string? RequestId = null)
{
    /// <summary>Until when the files that the result refers to can be fetched, at least; null where the provider says nothing of it.</summary>
    public DateTimeOffset? FilesExpireAt { get; init; }
}
