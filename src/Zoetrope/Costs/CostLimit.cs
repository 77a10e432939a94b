namespace Zoetrope.Costs;

/// <summary>The most that a job may cost.</summary>
public sealed record CostLimit
{
    /// <summary>Initializes a new instance of the <see cref="CostLimit"/> class.</summary>
    /// <param name="amount">The amount; 0 lets only jobs pass that cost nothing.</param>
    /// <param name="unit">
    /// The code of a currency, or the unit that a provider bills in, such as <c>credits</c>; US dollars by default. A cost in another unit cannot be compared
    /// with the limit, which then cannot be promised.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is below 0.</exception>
    public CostLimit(decimal amount, string unit = CostAmount.Usd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentException.ThrowIfNullOrEmpty(unit);
        Amount = new(amount, unit);
    }

    /// <summary>The most that the job may cost.</summary>
    public CostAmount Amount { get; }

    /// <summary>
    /// Whether a job is refused of which it cannot be promised that it costs no more: whose cost is not known, may be above, or is in another unit. By default
    /// such a job is submitted with a warning.
    /// </summary>
    public bool IsStrict { get; init; }

    /// <summary>Returns the amount, and whether it is strict.</summary>
    public override string ToString() => IsStrict ? $"{Amount} (strict)" : Amount.ToString();
}
