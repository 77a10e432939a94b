namespace Zoetrope.Specs.Model;

/// <summary>One model of the catalog.</summary>
/// <param name="Name">Its neutral name.</param>
/// <param name="Endpoints">Which endpoint it is at each provider, in the order of preference.</param>
/// <param name="Pointer">Its location (see <see cref="Schema.Pointer"/>).</param>
public sealed record CatalogModel(string Name, EquatableArray<CatalogEndpoint> Endpoints, string Pointer)
{
    /// <summary>Its title; null where the catalog states none.</summary>
    public string? Title { get; init; }

    /// <summary>The parameters that the catalog itself describes: an object schema; null where there are none.</summary>
    public Schema? Parameters { get; init; }

    /// <summary>The members of the result that the catalog itself describes: an object schema; null where there are none.</summary>
    public Schema? Result { get; init; }

    /// <summary>The schemas that <see cref="Parameters"/> refers to.</summary>
    public EquatableArray<NamedSchema> Schemas { get; init; }
}
