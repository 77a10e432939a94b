using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The result of a job as it was received.</summary>
/// <param name="Value">The result.</param>
/// <param name="Metrics">The times and costs.</param>
/// <param name="RequestId">The provider's id of the exchange.</param>
public sealed record JobOutput(RawJson Value, JobMetrics Metrics, string? RequestId = null);
