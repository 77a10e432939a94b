using Zoetrope.Errors;

namespace Zoetrope.Routing;

/// <summary>
/// No provider is left for a job, and none can have accepted it: each was ruled out, or definitely rejected it. <see cref="ZoetropeException.Route"/> has the
/// stages that ruled them out.
/// </summary>
public sealed class RoutingException : ZoetropeException
{
    /// <summary>Initializes a new instance of the <see cref="RoutingException"/> class for providers that were tried.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="what">What happened at each provider, as sentences.</param>
    /// <param name="reasons">The reasons, in the order in which the providers were tried.</param>
    public RoutingException(string model, IReadOnlyList<string> what, IReadOnlyList<ZoetropeException> reasons)
        : base($"No provider accepted the job for {model}. {string.Join(" ", what)}", reasons[^1]) => Reasons = reasons;

    /// <summary>Initializes a new instance of the <see cref="RoutingException"/> class for what ruled out all providers.</summary>
    /// <param name="report">What was ruled out, and why.</param>
    public RoutingException(RouteReport report)
        : base(MessageOf(report), report.RuledOut.LastOrDefault(static ruling => ruling.Exception is not null)?.Exception)
    {
        Reasons = [.. report.RuledOut.Select(static ruling => ruling.Exception).OfType<ZoetropeException>()];
        Route = report;
    }

    /// <summary>The failures of the providers, in the order in which they were tried.</summary>
    public IReadOnlyList<ZoetropeException> Reasons { get; }

    private static string MessageOf(RouteReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return $"No provider accepted the job for {report.Model}. {string.Join(" ", report.RuledOut.Select(static ruling => ruling.Reason))}";
    }
}
