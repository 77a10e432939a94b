using Zoetrope.Clients;

namespace Zoetrope.Routing;

/// <summary>A provider that may run a model.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="Provider">The provider.</param>
/// <param name="EndpointId">The provider's id of the model.</param>
public sealed record RouteCandidate(string Model, string Provider, string EndpointId)
{
    /// <summary>The known price; null where there is none.</summary>
    public ModelPrice? Price { get; init; }

    internal MediaClient? Client { get; init; }

    internal Func<MappedRequest>? Map { get; init; }
}
