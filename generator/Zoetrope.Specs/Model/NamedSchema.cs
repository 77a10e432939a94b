namespace Zoetrope.Specs.Model;

/// <summary>A schema that others refer to by name.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Schema">What it is.</param>
public sealed record NamedSchema(string Name, Schema Schema);
