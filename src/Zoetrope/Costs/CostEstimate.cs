namespace Zoetrope.Costs;

/// <summary>
/// What a job will cost, as far as it can be known before the submit. An estimate never guesses: prices in units whose number the input does not state are
/// not multiplied, and what is not known is <see cref="CostCertainty.Unknown"/> with the reason.
/// </summary>
public sealed record CostEstimate
{
    private CostEstimate(CostCertainty certainty) => Certainty = certainty;

    /// <summary>How much is known.</summary>
    public CostCertainty Certainty { get; }

    /// <summary>The least that the job costs; null where it is not known.</summary>
    public decimal? Minimum { get; private init; }

    /// <summary>The most that the job costs; null where it is not known.</summary>
    public decimal? Maximum { get; private init; }

    /// <summary>
    /// The code of the currency, such as <c>USD</c>, or the provider's unit, such as <c>credits</c>, of <see cref="Minimum"/> and <see cref="Maximum"/>; null
    /// where the cost is not known.
    /// </summary>
    public string? Unit { get; private init; }

    /// <summary>Why the cost is not known exactly; null where it is.</summary>
    public string? Reason { get; private init; }

    /// <summary>Where the prices come from, with their text; null where the cost is not known.</summary>
    public string? Source { get; private init; }

    /// <summary>The cost; null where it is not known exactly.</summary>
    public CostAmount? Amount => Certainty == CostCertainty.Exact ? new(Maximum!.Value, Unit!) : null;

    /// <summary>An estimate of a cost that is known.</summary>
    /// <param name="amount">The cost.</param>
    /// <param name="unit">The code of the currency, or the provider's unit.</param>
    /// <param name="source">Where the price comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is below 0.</exception>
    public static CostEstimate Exact(decimal amount, string unit, string? source = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentException.ThrowIfNullOrEmpty(unit);
        return new(CostCertainty.Exact) { Minimum = amount, Maximum = amount, Unit = unit, Source = source };
    }

    /// <summary>An estimate of a cost of which the most is known.</summary>
    /// <param name="amount">The most that the job costs.</param>
    /// <param name="unit">The code of the currency, or the provider's unit.</param>
    /// <param name="reason">Why it may cost less.</param>
    /// <param name="source">Where the price comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is below 0.</exception>
    public static CostEstimate AtMost(decimal amount, string unit, string? reason = null, string? source = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentException.ThrowIfNullOrEmpty(unit);
        return new(CostCertainty.AtMost) { Maximum = amount, Unit = unit, Reason = reason, Source = source };
    }

    /// <summary>An estimate of a cost that lies between two amounts; it is exact where they are the same.</summary>
    /// <param name="minimum">The least that the job costs.</param>
    /// <param name="maximum">The most that the job costs.</param>
    /// <param name="unit">The code of the currency, or the provider's unit.</param>
    /// <param name="reason">What decides about the cost and is not known.</param>
    /// <param name="source">Where the prices come from.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimum"/> is below 0.</exception>
    /// <exception cref="ArgumentException"><paramref name="minimum"/> is above <paramref name="maximum"/>.</exception>
    public static CostEstimate Range(decimal minimum, decimal maximum, string unit, string? reason = null, string? source = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        ArgumentException.ThrowIfNullOrEmpty(unit);
        if (minimum > maximum)
            throw new ArgumentException($"The least cost, {minimum}, is above the most, {maximum}.", nameof(minimum));
        return minimum == maximum
            ? Exact(minimum, unit, source)
            : new(CostCertainty.Range) { Minimum = minimum, Maximum = maximum, Unit = unit, Reason = reason, Source = source };
    }

    /// <summary>An estimate of a cost that is not known.</summary>
    /// <param name="reason">The reason, as a sentence without its full stop.</param>
    public static CostEstimate Unknown(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new(CostCertainty.Unknown) { Reason = reason };
    }

    /// <summary>Returns what is known, such as <c>exactly $0.25</c>, <c>at most 12 credits</c> or <c>unknown: the page states no price</c>.</summary>
    public override string ToString()
    {
        var text = Certainty switch
        {
            CostCertainty.Exact => $"exactly {new CostAmount(Maximum!.Value, Unit!)}",
            CostCertainty.AtMost => $"at most {new CostAmount(Maximum!.Value, Unit!)}",
            CostCertainty.Range => $"from {new CostAmount(Minimum!.Value, Unit!)} to {new CostAmount(Maximum!.Value, Unit!)}",
            _ => "unknown",
        };
        return Reason is null ? text : $"{text}: {Reason}";
    }
}
