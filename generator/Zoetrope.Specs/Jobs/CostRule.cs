namespace Zoetrope.Specs.Jobs;

/// <summary>A cost in a response.</summary>
/// <param name="Unit">The unit, <c>usd</c> or the name of another; null where the response states it.</param>
/// <param name="IsCeiling">Whether it is the most that the job can cost.</param>
public sealed record CostRule(string? Unit, bool IsCeiling);
