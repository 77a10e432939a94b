using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>One endpoint as all of its documents together describe it.</summary>
internal sealed record MergedEndpoint : IProblemSource
{
    public required string Provider { get; init; }

    public required string Id { get; init; }

    public required string Namespace { get; init; }

    public required bool IsReference { get; init; }

    /// <summary>The C# name of its class.</summary>
    public required string Name { get; init; }

    /// <summary>What the documents say; types and limits are the OpenAPI document's where there is one.</summary>
    public required EndpointDescription Description { get; init; }

    public string? PagePath { get; init; }

    public string? OpenApiPath { get; init; }

    /// <summary>The locked names (see <see cref="EndpointDocuments.Names"/>).</summary>
    public required EquatableArray<LockedName> Names { get; init; }

    /// <summary>The path of the lock file that holds them, or null.</summary>
    public required string? LockPath { get; init; }

    /// <inheritdoc/>
    public SpecLocation LockedAt(string key) => new(LockPath ?? "", NameKeys.PointerOf(LockedKey(key)));

    /// <inheritdoc/>
    public string LockedKey(string key) => NameKeys.Endpoint(Provider, Id) + key;

    /// <summary>Finds the document that a pointer is of: pages have <c>/input</c>, <c>/output</c> and <c>/pricing</c>, OpenAPI documents never do.</summary>
    public SpecLocation At(string pointer)
    {
        var isPage = pointer.StartsWith("/input", StringComparison.Ordinal) || pointer.StartsWith("/output", StringComparison.Ordinal)
            || pointer.StartsWith("/pricing", StringComparison.Ordinal);
        return new SpecLocation((isPage ? PagePath ?? OpenApiPath : OpenApiPath ?? PagePath) ?? "", pointer);
    }

    /// <summary>The schema of that name, or null.</summary>
    public Schema? Find(string name)
    {
        foreach (var schema in Description.Schemas)
        {
            if (schema.Name == name)
                return schema.Schema;
        }
        return null;
    }
}
