using Zoetrope.Costs;

namespace Zoetrope.Jobs;

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
