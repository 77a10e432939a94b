using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Tells problems to the compiler. Everything before this is free of its types.</summary>
internal static class Diagnostics
{
    private const string Category = "Zoetrope";

    // A place in the repository, where each id is told.
    private const string HelpLink = "generator/README.md#";

    /// <summary>Makes the diagnostic.</summary>
    public static Diagnostic ToDiagnostic(this LocatedProblem problem)
    {
        var kind = problem.Kind;
        var severity = kind.Severity switch
        {
            ProblemSeverity.Error => DiagnosticSeverity.Error,
            ProblemSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        };
        var location = problem.Path.Length == 0
            ? Location.None
            : Location.Create(problem.Path, new(problem.Range.Start, problem.Range.Length), new(Position(problem.Start), Position(problem.End)));
        return Diagnostic.Create(
            kind.Id, Category, problem.Message, severity, severity, isEnabledByDefault: true, warningLevel: severity == DiagnosticSeverity.Error ? 0 : 1,
            title: kind.Title, helpLink: HelpLink + kind.Id.ToLowerInvariant(), location: location);
    }

    private static LinePosition Position((int Line, int Column) place) => new(place.Line - 1, place.Column - 1);
}
