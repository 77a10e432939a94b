namespace Zoetrope.Specs.Model;

/// <summary>A name and what it means.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">What the page says about it.</param>
public sealed record NamedText(string Name, string Text);
