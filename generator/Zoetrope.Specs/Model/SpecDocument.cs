namespace Zoetrope.Specs.Model;

/// <summary>What one document says. Exactly the member that fits <see cref="Kind"/> is set.</summary>
public sealed record SpecDocument
{
    /// <summary>The kind of document.</summary>
    public required SpecKind Kind { get; init; }

    /// <summary>The model endpoint that a page or a per-endpoint OpenAPI document describes.</summary>
    public EndpointDescription? Endpoint { get; init; }

    /// <summary>The operations that an OpenAPI document of a whole API describes.</summary>
    public ApiDescription? Api { get; init; }

    /// <summary>The content of a catalog.</summary>
    public ModelCatalog? Catalog { get; init; }

    /// <summary>The files that a declaration of a job protocol belongs to.</summary>
    public DeclarationFiles? Declaration { get; init; }

    /// <summary>The content of a lock file.</summary>
    public SpecLock? Lock { get; init; }
}
