namespace Zoetrope.Costs;

/// <summary>How much an estimate says.</summary>
public enum CostCertainty
{
    /// <summary>Nothing: <see cref="CostEstimate.Reason"/> says why.</summary>
    Unknown,

    /// <summary>Two bounds: the job costs at least the one and at most the other.</summary>
    Range,

    /// <summary>The most that the job can cost.</summary>
    AtMost,

    /// <summary>What the job costs by the prices that the provider publishes.</summary>
    Exact,
}
