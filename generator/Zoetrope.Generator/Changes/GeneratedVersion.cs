using Zoetrope.Generator.Diagnostics;

namespace Zoetrope.Generator.Changes;

/// <summary>All that is generated from one version of the documents, as far as another version is compared with it.</summary>
internal sealed record GeneratedVersion
{
    /// <summary>The public C#.</summary>
    public required IReadOnlyList<Declaration> Surface { get; init; }

    /// <summary>What is validated: the values inside each request, by the request and their paths.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, RequestPart>> Requests { get; init; }

    /// <summary>What documents state and no signature shows, by the symbol and what it is.</summary>
    public required IReadOnlyDictionary<(string Symbol, string What), StatedFact> Facts { get; init; }

    /// <summary>Where documents describe symbols.</summary>
    public required IReadOnlyDictionary<string, SpecLocation> Locations { get; init; }
}

/// <summary>What a document states beside types and limits.</summary>
/// <param name="Value">The value, or null.</param>
/// <param name="Impact">What a change of it means.</param>
/// <param name="IsShown">Whether the value is short enough for a message.</param>
internal sealed record StatedFact(object? Value, ChangeImpact Impact, bool IsShown = true);
