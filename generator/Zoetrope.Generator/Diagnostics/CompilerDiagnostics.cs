using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>Reports problems to the compiler. Everything before this is free of its types.</summary>
public static class CompilerDiagnostics
{
    /// <summary>The file with the table with cause and cure of each id. Its path is the same in the repository and in the package.</summary>
    public const string Help = "generator/README.md";

    private const string Category = "Zoetrope";

    /// <summary>The descriptor of each kind of problem, in the order of ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = typeof(Problems).GetFields()
        .Concat(typeof(JobsProblems).GetFields()).Concat(typeof(GeneratorProblems).GetFields())
        .Select(field => field.GetValue(null))
        .OfType<ProblemKind>()
        .OrderBy(kind => kind.Id, StringComparer.Ordinal)
        .Select(kind => Describe(kind, kind.Message))
        .ToImmutableArray();

    /// <summary>Creates the diagnostic.</summary>
    internal static Diagnostic ToDiagnostic(this LocatedProblem problem)
    {
        var location = problem.Path.Length == 0
            ? Location.None
            : Location.Create(problem.Path, new(problem.Range.Start, problem.Range.Length), new(Position(problem.Start), Position(problem.End)));
        // Whether an analyzer's diagnostic is the generator's, the compiler sees by the contents of the descriptor and by the identity of the arguments. So the
        // whole message is the descriptor's: equal diagnostics are printed once.
        return Diagnostic.Create(Describe(problem.Kind, problem.Message), location);
    }

    private static DiagnosticDescriptor Describe(ProblemKind kind, string message) => new(
        kind.Id, kind.Title, message, Category, SeverityOf(kind), isEnabledByDefault: true, helpLinkUri: Help + "#" + kind.Id.ToLowerInvariant());

    private static DiagnosticSeverity SeverityOf(ProblemKind kind) => kind.Severity switch
    {
        ProblemSeverity.Error => DiagnosticSeverity.Error,
        ProblemSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    private static LinePosition Position((int Line, int Column) place) => new(place.Line - 1, place.Column - 1);
}
