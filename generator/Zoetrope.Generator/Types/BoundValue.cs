namespace Zoetrope.Generator.Types;

/// <summary>A known value of an open enum.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Text">The value.</param>
/// <param name="Summary">What it means; empty where the document does not say.</param>
/// <param name="Deprecation">What to say of it where it is deprecated; else null.</param>
internal sealed record BoundValue(string Name, string Text, string Summary = "", string? Deprecation = null);
