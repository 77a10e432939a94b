using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Providers;

/// <summary>
/// How the documents of one provider are recognized, and what they write in a way of their own. Each provider has one, in a file of its own.
/// </summary>
public sealed record DocumentProfile
{
    /// <summary>The provider's name in code, in project files and in the lock file.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's name in messages.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The domains whose hosts are the provider's own.</summary>
    public required EquatableArray<string> Domains { get; init; }

    /// <summary>What precedes the ids of the provider's own models, and is left out of their names; null where nothing does.</summary>
    public string? IdPrefix { get; init; }

    /// <summary>The kind of its model pages.</summary>
    public required SpecKind PageKind { get; init; }

    /// <summary>What its pages contain and other texts do not; several, because one of them may be damaged.</summary>
    public required EquatableArray<string> PageMarks { get; init; }

    /// <summary>Whether its OpenAPI documents can describe a single endpoint by the calls of a queue.</summary>
    public required bool HasQueueDocuments { get; init; }

    /// <summary>The host of runs without a queue; null where there is none.</summary>
    public string? DirectHost { get; init; }

    /// <summary>The member of an OpenAPI document's <c>info</c> that describes a single endpoint; null where there is none.</summary>
    public string? MetadataMember { get; init; }

    /// <summary>The schema keyword that limits files; null where there is none.</summary>
    public string? FileLimitsKeyword { get; init; }

    /// <summary>The schema keyword that lists properties in their preferred order; null where there is none.</summary>
    public string? PropertyOrderKeyword { get; init; }

    /// <summary>What precedes a key in the <c>Authorization</c> header, with its space, where a document declares that header without saying so.</summary>
    public string AuthorizationPrefix { get; init; } = "";

    /// <summary>
    /// The addresses of the documents of one model, with <c>{id}</c> in place of its id, and what decides types first; none where a model has no documents of
    /// its own.
    /// </summary>
    public EquatableArray<string> DocumentUrls { get; init; }

    /// <summary>Whether ids of models have several parts with slashes between them, as opposed to a single one.</summary>
    public bool HasPartedIds { get; init; }

    /// <summary>Whether a host in lower case is one of the provider's.</summary>
    /// <param name="host">The host.</param>
    public bool Owns(string host) => Domains.Any(domain => host == domain || host.EndsWith("." + domain, StringComparison.Ordinal));
}
