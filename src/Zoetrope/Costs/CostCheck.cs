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

/// <summary>What was estimated for a submit that goes on. Only a limit makes one, so that apps without limits contain none of its members.</summary>
internal abstract class CostVerdict
{
    /// <summary>The estimate.</summary>
    public abstract CostEstimate Estimate { get; }

    /// <summary>Adds to warnings why the limit cannot be promised, where it cannot.</summary>
    public abstract IReadOnlyList<string> AddTo(IReadOnlyList<string>? warnings);
}
