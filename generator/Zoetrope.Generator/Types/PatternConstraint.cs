namespace Zoetrope.Generator.Types;

/// <summary>A regular expression that a string must match.</summary>
/// <param name="Pattern">As .NET reads it.</param>
/// <param name="Text">As the document writes it.</param>
internal sealed record PatternConstraint(string Pattern, string Text);
