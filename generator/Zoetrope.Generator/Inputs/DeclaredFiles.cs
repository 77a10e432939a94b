using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Inputs;

/// <summary>A declaration of a job protocol with the documents that it names.</summary>
/// <param name="Declaration">The declaration.</param>
/// <param name="Names">What it names.</param>
/// <param name="Document">The OpenAPI document; null where the project does not have it.</param>
/// <param name="Schemas">The document with schemas of models; null where it names none, or the project does not have it.</param>
internal sealed record DeclaredFiles(SpecFile Declaration, DeclarationFiles Names, SpecFile? Document, SpecFile? Schemas)
{
    /// <summary>The name of another declaration of the same provider; null where there is none.</summary>
    public string? Rival { get; init; }
}
