namespace Zoetrope.Specs.Model;

/// <summary>A stretch of a text.</summary>
/// <param name="Start">The offset of its first character, in UTF-16 units.</param>
/// <param name="Length">Its length.</param>
public readonly record struct TextRange(int Start, int Length);
