using Zoetrope.Errors;

namespace Zoetrope.Routing;

/// <summary>Several providers were tried for one job, and surely none accepted it.</summary>
/// <param name="model">The name of the model.</param>
/// <param name="what">What happened at each provider, in words.</param>
/// <param name="reasons">Why, in the order in which the providers were tried.</param>
public sealed class RoutingException(string model, IReadOnlyList<string> what, IReadOnlyList<ZoetropeException> reasons)
    : ZoetropeException($"No provider took the job for {model}. {string.Join(" ", what)}", reasons[^1])
{
    /// <summary>Why, in the order in which the providers were tried.</summary>
    public IReadOnlyList<ZoetropeException> Reasons { get; } = reasons;
}
