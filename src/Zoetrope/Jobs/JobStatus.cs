using System.Globalization;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The status of a job, as the provider reported it at one moment.</summary>
public sealed class JobStatus
{
    /// <summary>The state.</summary>
    public required JobState State { get; init; }

    /// <summary>The provider's own word for the state, such as <c>IN_QUEUE</c>.</summary>
    public string? ProviderStatus { get; init; }

    /// <summary>The number of jobs ahead in the queue, where the provider reports it.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>How much of the job is done, from 0 to 1, where the provider reports it.</summary>
    public double? Progress { get; init; }

    /// <summary>How long the job is expected to take, where the provider reports it.</summary>
    public TimeSpan? ExpectedTime { get; init; }

    /// <summary>The log lines so far, where they were requested and the provider has them.</summary>
    public IReadOnlyList<JobLog> Logs { get; init; } = [];

    /// <summary>The times and costs, as far as they are known.</summary>
    public JobMetrics Metrics { get; init; } = JobMetrics.None;

    /// <summary>The reason of a failure, where the status itself contains it.</summary>
    public ServiceError? Error { get; init; }

    /// <summary>The result, where the provider includes it in the status (Eachlabs does, fal does not).</summary>
    public RawJson? Output { get; init; }

    /// <summary>The status as it was received.</summary>
    public RawJson Raw { get; init; }

    /// <summary>Whether the job has ended, in any way.</summary>
    public bool IsTerminal => State is JobState.Completed or JobState.Failed or JobState.Canceled;

    /// <summary>Describes the status in a few words, such as <c>queued, 3 ahead</c> or <c>running, 25 %, 2 log lines</c>.</summary>
    public override string ToString()
    {
        var text = State.Name();
        if (State == JobState.Queued && QueuePosition is { } ahead)
            text += $", {Text(ahead)} ahead";
        if (State == JobState.Running && Progress is { } progress)
            text += $", {Text((int)(100 * progress))} %";
        if (Logs.Count > 0)
            text += Logs.Count == 1 ? ", 1 log line" : $", {Text(Logs.Count)} log lines";
        return Error is null ? text : $"{text}: {Error.Message}";

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>A log line of a job.</summary>
/// <param name="Message">The text.</param>
/// <param name="Timestamp">The time, where the provider reports one that can be read.</param>
/// <param name="Level">The provider's level, such as <c>INFO</c> or <c>STDERR</c>.</param>
public sealed record JobLog(string Message, DateTimeOffset? Timestamp = null, string? Level = null);

/// <summary>The times and costs of a job, as far as the provider reports them.</summary>
/// <param name="InferenceTime">How long the model worked (fal <c>metrics.inference_time</c>, Eachlabs <c>metrics.predict_time</c>).</param>
/// <param name="Cost">The cost in USD (Eachlabs <c>metrics.cost</c>; only of jobs that have ended).</param>
/// <param name="BillableUnits">The number of units that were billed (fal <c>X-Fal-Billable-Units</c>); the provider sets the price of a unit.</param>
public sealed record JobMetrics(TimeSpan? InferenceTime = null, decimal? Cost = null, decimal? BillableUnits = null)
{
    /// <summary>An instance without any known value.</summary>
    public static JobMetrics None { get; } = new();

    /// <summary>What <see cref="BillableUnits"/> counts, such as <c>credits</c>; null where the provider does not say.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// What was billed: <see cref="Cost"/>, or else <see cref="BillableUnits"/> in <see cref="Unit"/>, or in <c>units</c> where the provider does not say what
    /// they are. Null where neither is known, and where the cost is only the most that it can be (<see cref="IsCeiling"/>).
    /// </summary>
    public CostAmount? Billed => IsCeiling ? null
        : Cost is { } cost ? new(cost, CostAmount.Usd)
        : BillableUnits is { } units ? new(units, Unit ?? "units") : null;

    /// <summary>Whether the cost is the most that the job can cost, and not what it has cost.</summary>
    public bool IsCeiling { get; init; }
}
