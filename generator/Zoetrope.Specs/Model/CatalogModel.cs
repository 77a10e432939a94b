namespace Zoetrope.Specs.Model;

/// <summary>One model of the catalog.</summary>
/// <param name="Name">Its neutral name.</param>
/// <param name="Endpoints">Which endpoint it is at each provider, in the order of preference.</param>
/// <param name="Pointer">Its location (see <see cref="Schema.Pointer"/>).</param>
public sealed record CatalogModel(string Name, EquatableArray<CatalogEndpoint> Endpoints, string Pointer);
