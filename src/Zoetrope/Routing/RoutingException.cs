using Zoetrope.Errors;

namespace Zoetrope.Routing;

/// <summary>Several providers were tried for one job, and all of them definitely rejected it.</summary>
/// <param name="model">The name of the model.</param>
/// <param name="what">What happened at each provider, as sentences.</param>
/// <param name="reasons">The reasons, in the order in which the providers were tried.</param>
public sealed class RoutingException(string model, IReadOnlyList<string> what, IReadOnlyList<ZoetropeException> reasons)
    : ZoetropeException($"No provider accepted the job for {model}. {string.Join(" ", what)}", reasons[^1])
{
    /// <summary>The reasons, in the order in which the providers were tried.</summary>
    public IReadOnlyList<ZoetropeException> Reasons { get; } = reasons;
}
