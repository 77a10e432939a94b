namespace Zoetrope.Costs;

/// <summary>Decides before a submit whether its cost is allowed.</summary>
internal abstract class CostCheck
{
    /// <summary>The limit.</summary>
    public abstract CostLimit Limit { get; }

    /// <summary>Estimates the cost; throws where the submit may not go on.</summary>
    public abstract Task<CostVerdict> CheckAsync(string provider, string endpointId, ICostQuestion question, CancellationToken cancellationToken);
}

/// <summary>Estimates what one submit costs.</summary>
internal interface ICostQuestion
{
    /// <summary>Estimates the cost.</summary>
    Task<CostEstimate> EstimateAsync(CancellationToken cancellationToken);
}

/// <summary>What was estimated for a submit that goes on.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Warning">Why the limit cannot be promised; null where it is kept.</param>
internal sealed record CostVerdict(CostEstimate Estimate, string? Warning);
