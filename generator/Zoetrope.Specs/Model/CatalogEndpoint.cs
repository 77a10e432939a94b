namespace Zoetrope.Specs.Model;

/// <summary>One provider's endpoint for a model of the catalog.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Id">The endpoint's id there.</param>
public sealed record CatalogEndpoint(string Provider, string Id);
