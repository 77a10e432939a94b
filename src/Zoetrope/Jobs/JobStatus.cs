using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>What a provider says about a job at one moment.</summary>
public sealed class JobStatus
{
    /// <summary>The state.</summary>
    public required JobState State { get; init; }

    /// <summary>The provider's own word for the state, such as <c>IN_QUEUE</c>.</summary>
    public string? ProviderStatus { get; init; }

    /// <summary>How many jobs are ahead, where the provider tells.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>The log lines so far, where they were asked for and the provider has them.</summary>
    public IReadOnlyList<JobLog> Logs { get; init; } = [];

    /// <summary>Times and costs, as far as they are known.</summary>
    public JobMetrics Metrics { get; init; } = JobMetrics.None;

    /// <summary>Why the job failed, where the status itself tells.</summary>
    public ServiceError? Error { get; init; }

    /// <summary>The result, where the provider sends it along with the status (Eachlabs does, fal does not).</summary>
    public RawJson? Output { get; init; }

    /// <summary>The status as it came.</summary>
    public RawJson Raw { get; init; }

    /// <summary>Whether the job has ended, one way or another.</summary>
    public bool IsTerminal => State is JobState.Completed or JobState.Failed or JobState.Canceled;
}

/// <summary>One log line of a job.</summary>
/// <param name="Message">The text.</param>
/// <param name="Timestamp">When, where the provider tells and it can be read.</param>
/// <param name="Level">The provider's level, such as <c>INFO</c> or <c>STDERR</c>.</param>
public sealed record JobLog(string Message, DateTimeOffset? Timestamp = null, string? Level = null);

/// <summary>Times and costs of a job, as far as the provider tells.</summary>
/// <param name="InferenceTime">How long the model worked (fal <c>metrics.inference_time</c>, Eachlabs <c>metrics.predict_time</c>).</param>
/// <param name="Cost">The cost in USD (Eachlabs <c>metrics.cost</c>; only of jobs that have ended).</param>
/// <param name="BillableUnits">How many units were billed (fal <c>X-Fal-Billable-Units</c>); the price of a unit is the provider's.</param>
public sealed record JobMetrics(TimeSpan? InferenceTime = null, decimal? Cost = null, decimal? BillableUnits = null)
{
    /// <summary>Nothing is known.</summary>
    public static JobMetrics None { get; } = new();
}
