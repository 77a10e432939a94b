namespace Zoetrope.Specs.Model;

/// <summary>A member of an object.</summary>
/// <param name="Name">Its JSON name.</param>
/// <param name="Schema">What it is.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="IsDiscriminator">Whether it is the discriminator of the object, so that it is sent without being given.</param>
public sealed record SchemaProperty(string Name, Schema Schema, bool Required, bool IsDiscriminator = false);
