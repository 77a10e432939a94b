namespace Zoetrope.Specs.Model;

/// <summary>A JSON value as a document wrote it: a default, an example, a member of an enum.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Json">Its JSON text without insignificant white space; numbers keep their spelling.</param>
/// <param name="Text">
/// The unescaped text of a string, the spelling of a number, <c>true</c>, <c>false</c> or <c>null</c>; the JSON of arrays and objects.
/// </param>
public sealed record JsonLiteral(JsonKind Kind, string Json, string Text);
