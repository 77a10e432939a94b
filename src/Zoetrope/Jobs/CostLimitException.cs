using Zoetrope.Costs;

namespace Zoetrope.Jobs;

/// <summary>
/// A job was not submitted, because it would cost more than <see cref="SubmitOptions.MaxCost"/>, or, with a strict limit, because that cannot be ruled out.
/// Nothing was sent, and nothing is billed.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="endpointId">The id of the model.</param>
/// <param name="estimate">What the job is estimated to cost.</param>
/// <param name="limit">The most that it may cost.</param>
public sealed class CostLimitException(string provider, string endpointId, CostEstimate estimate, CostLimit limit)
    : SubmitException(
        $"The job for {endpointId} was not sent: the limit is {limit.Amount.ToString()}, and its cost at {provider} is {estimate.ToString()}. "
        + (CostLimitCheck.IsAbove(estimate, limit)
            ? $"Raise {nameof(SubmitOptions)}.{nameof(SubmitOptions.MaxCost)}, or ask for less."
            : $"The limit is strict; without {nameof(CostLimit.IsStrict)} the job is submitted with a warning."),
        provider,
        endpointId)
{
    /// <summary>What the job is estimated to cost.</summary>
    public CostEstimate Estimate { get; } = estimate;

    /// <summary>The most that it may cost.</summary>
    public CostLimit Limit { get; } = limit;
}
