using Zoetrope.Costs;

namespace Zoetrope.Jobs;

/// <summary>Holds a submit against a limit of its cost.</summary>
internal sealed class CostLimitCheck(CostLimit limit) : CostCheck
{
    public override CostLimit Limit => limit;

    /// <summary>Whether a cost is surely above the limit, or the most that it can be is.</summary>
    public static bool IsAbove(CostEstimate estimate, CostLimit limit)
    {
        if (!CostAmount.IsSameUnit(estimate.Unit, limit.Amount.Unit))
            return false;
        return estimate.Minimum > limit.Amount.Value || (estimate.Certainty == CostCertainty.AtMost && estimate.Maximum > limit.Amount.Value);
    }

    public override async Task<CostVerdict> CheckAsync(string provider, string endpointId, ICostQuestion question, CancellationToken cancellationToken)
    {
        var estimate = await question.EstimateAsync(cancellationToken).ConfigureAwait(false);
        if (IsAbove(estimate, limit))
            throw new CostLimitException(provider, endpointId, estimate, limit);
        if (CostAmount.IsSameUnit(estimate.Unit, limit.Amount.Unit) && estimate.Maximum <= limit.Amount.Value)
            return new Verdict(estimate, null);
        if (limit.IsStrict)
            throw new CostLimitException(provider, endpointId, estimate, limit);
        return new Verdict(estimate, $"The limit of {limit.Amount} cannot be promised: the cost of {endpointId} at {provider} is {estimate}.");
    }

    private sealed class Verdict(CostEstimate estimate, string? warning) : CostVerdict
    {
        public override CostEstimate Estimate => estimate;

        public override IReadOnlyList<string> AddTo(IReadOnlyList<string>? warnings) => warning is null ? warnings ?? [] : [.. warnings ?? [], warning];
    }
}
