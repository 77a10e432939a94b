namespace Zoetrope.Packaging.Tests.Features;

/// <summary>A row of a table.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Test">The test that shows it, as <c>Class.Method</c>.</param>
/// <param name="Others">What the others have, in the order of the table's columns.</param>
internal sealed record Feature(string Name, string Test, params string[] Others);
