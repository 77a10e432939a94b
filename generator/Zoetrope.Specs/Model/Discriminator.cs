namespace Zoetrope.Specs.Model;

/// <summary>What OpenAPI's <c>discriminator</c> says.</summary>
/// <param name="Property">The JSON name of the discriminating member.</param>
/// <param name="Mapping">
/// Its values and the names of the schemas that they select, in the document's order; names of schemas select themselves where none is given.
/// </param>
public sealed record Discriminator(string Property, EquatableArray<NamedText> Mapping);
