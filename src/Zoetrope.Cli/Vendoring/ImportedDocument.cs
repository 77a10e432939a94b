using Zoetrope.Generator;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A document in a form that can be vendored.</summary>
/// <param name="Path">Its path, with what was made of it, for problems.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsConverted">Whether that is not what was given.</param>
/// <param name="Problem">Why it cannot be vendored, or null.</param>
internal sealed record ImportedDocument(string Path, string Text, bool IsConverted = false, LocatedProblem? Problem = null);
