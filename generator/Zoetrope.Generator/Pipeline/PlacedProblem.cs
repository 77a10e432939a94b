using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>A place in a document, without its position.</summary>
/// <param name="Path">The document's path.</param>
/// <param name="Pointer">The place in it (see <see cref="Schema.Pointer"/>).</param>
internal sealed record Place(string Path, string Pointer);

/// <summary>A problem that merging or binding found. Positions are looked up in the last step only.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="At">Where.</param>
/// <param name="Other">The other place that the message names as its last argument, or null.</param>
/// <param name="Arguments">What fills the message.</param>
internal sealed record PlacedProblem(ProblemKind Kind, Place At, Place? Other, EquatableArray<string> Arguments)
{
    /// <summary>A problem of one place.</summary>
    public static PlacedProblem Of(ProblemKind kind, Place at, params string[] arguments) => new(kind, at, null, new(arguments));
}
