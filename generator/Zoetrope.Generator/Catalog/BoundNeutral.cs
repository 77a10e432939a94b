using Zoetrope.Generator.Endpoints;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>One model of the catalog with the endpoints that it is at each provider.</summary>
/// <param name="Path">The catalog's path.</param>
/// <param name="Model">What the catalog says.</param>
/// <param name="Name">The C# name of its class.</param>
/// <param name="Endpoints">The endpoints that there are documents of, in the catalog's order.</param>
internal sealed record NeutralSource(string Path, CatalogModel Model, string Name, EquatableArray<BoundEndpoint> Endpoints);

/// <summary>A neutral model, ready to be written.</summary>
internal sealed record BoundNeutral
{
    /// <summary>The neutral request, result and the types inside them, in the form of an endpoint.</summary>
    public required BoundEndpoint Shape { get; init; }

    public required EquatableArray<BoundRoute> Routes { get; init; }
}

/// <summary>How one provider serves a neutral model.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="EndpointClass">The endpoint's class with its namespace.</param>
/// <param name="LeftOut">The parameters that the provider does not take.</param>
/// <param name="BareMember">The neutral result's member that the provider's output is, or null when the output is an object.</param>
/// <param name="IsBareSingle">Whether that member is one value.</param>
/// <param name="IsBareFile">Whether that member is a file, which is an object in the neutral result even where the provider sends its URL alone.</param>
internal sealed record BoundRoute(
    string Provider, string EndpointClass, EquatableArray<string> LeftOut, string? BareMember, bool IsBareSingle, bool IsBareFile);
