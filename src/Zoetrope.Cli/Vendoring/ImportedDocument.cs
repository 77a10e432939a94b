using Zoetrope.Generator.Diagnostics;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A document in a format that can be vendored.</summary>
/// <param name="Path">The path of what was given, for problems.</param>
/// <param name="Text">Its text.</param>
/// <param name="Form">What was made of it, such as <c>JSON</c>; null where that is what was given.</param>
/// <param name="Problem">Why it cannot be vendored, or null.</param>
/// <param name="Locations">The locations in the given document; null if lines and columns are those of the text.</param>
internal sealed record ImportedDocument(string Path, string Text, string? Form = null, LocatedProblem? Problem = null, SourceLocations? Locations = null)
{
    /// <summary>The path, with what was made of the document.</summary>
    public string PathOfText => Form is null ? Path : $"{Path} (as {Form})";

    /// <summary>The path that problems of the text have: that of what was given where they can be located there.</summary>
    public string PathOfProblems => Locations is null ? PathOfText : Path;

    /// <summary>A problem of the text, at its location in the given document.</summary>
    public LocatedProblem Locate(LocatedProblem problem) =>
        Locations?.At(problem.Range.Start) is { } place ? problem with { Start = place, End = place } : problem;
}
