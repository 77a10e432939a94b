using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Inputs;

/// <summary>A declaration of a job protocol with the documents that it names.</summary>
/// <param name="Declaration">The declaration.</param>
/// <param name="Names">What it names.</param>
/// <param name="Documents">The OpenAPI document, or several; empty where the project has none of them.</param>
/// <param name="Missing">The names of those that the project does not have.</param>
/// <param name="Schemas">The document with schemas of models; null where it names none, or the project does not have it.</param>
internal sealed record DeclaredFiles(
    SpecFile Declaration, DeclarationFiles Names, EquatableArray<SpecFile> Documents, EquatableArray<string> Missing, SpecFile? Schemas)
{
    /// <summary>The name of another declaration of the same provider; null where there is none.</summary>
    public string? Rival { get; init; }
}
