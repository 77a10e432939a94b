namespace Zoetrope.Extensions.OpenTelemetry.Metrics;

/// <summary>The times of a job that has ended.</summary>
/// <param name="Queued">From its submit until it ran; null where that is not known, or was reported before.</param>
/// <param name="Ran">From when it ran until its end; null where that is not known.</param>
/// <param name="Total">From its submit until its end; null where that is not known.</param>
internal readonly record struct JobTimes(TimeSpan? Queued, TimeSpan? Ran, TimeSpan? Total);
