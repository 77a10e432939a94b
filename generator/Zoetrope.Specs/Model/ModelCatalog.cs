namespace Zoetrope.Specs.Model;

/// <summary><c>catalog.json</c>: models that several providers offer.</summary>
/// <param name="Models">The models, in the document's order.</param>
public sealed record ModelCatalog(EquatableArray<CatalogModel> Models);
