namespace Zoetrope.Specs.Model;

/// <summary>The files that a declaration of a job protocol belongs to, by their names in its own folder.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Name">The provider's name in C#; null where the declaration does not say it.</param>
/// <param name="Documents">The names of the OpenAPI document, or of several documents, pages and folders.</param>
/// <param name="Schemas">The name of a document with the schemas of models that the OpenAPI document lacks; null where there is none.</param>
public sealed record DeclarationFiles(string Provider, string? Name, EquatableArray<string> Documents, string? Schemas);
