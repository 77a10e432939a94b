namespace Zoetrope.Generator.Types;

/// <summary>A known value of an open enum.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Text">The value.</param>
internal sealed record BoundValue(string Name, string Text);
