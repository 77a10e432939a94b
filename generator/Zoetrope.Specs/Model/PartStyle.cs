namespace Zoetrope.Specs.Model;

/// <summary>How a part of a form is written, where the document says so.</summary>
/// <param name="Name">The name of the part.</param>
/// <param name="Style">
/// The style: form, spaceDelimited, pipeDelimited or deepObject; null where the document only says whether reserved characters are left.
/// </param>
/// <param name="Explode">Whether the parts of lists and objects are written one by one.</param>
/// <param name="AllowReserved">Whether reserved characters are left as they are.</param>
public sealed record PartStyle(string Name, ParameterStyle? Style, bool Explode, bool AllowReserved);
