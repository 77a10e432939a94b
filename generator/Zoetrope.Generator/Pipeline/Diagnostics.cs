using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Tells problems to the compiler. Everything before this is free of its types.</summary>
public static class Diagnostics
{
    /// <summary>The file with the table that tells cause and cure of each id. Its path is the same in the repository and in the package.</summary>
    public const string Help = "generator/README.md";

    private const string Category = "Zoetrope";

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> _descriptors = typeof(Problems).GetFields()
        .Concat(typeof(GeneratorProblems).GetFields())
        .Select(field => field.GetValue(null))
        .OfType<ProblemKind>()
        .ToImmutableDictionary(kind => kind.Id, Describe, StringComparer.Ordinal);

    /// <summary>The descriptor of each kind of problem, in the order of ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        _descriptors.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>Makes the diagnostic.</summary>
    internal static Diagnostic ToDiagnostic(this LocatedProblem problem)
    {
        var location = problem.Path.Length == 0
            ? Location.None
            : Location.Create(problem.Path, new(problem.Range.Start, problem.Range.Length), new(Position(problem.Start), Position(problem.End)));
        return Diagnostic.Create(_descriptors[problem.Kind.Id], location, problem.Message);
    }

    // The message has its arguments already: positions of other documents among them, which only the last step knows.
    private static DiagnosticDescriptor Describe(ProblemKind kind) => new(
        kind.Id, kind.Title, "{0}", Category, SeverityOf(kind), isEnabledByDefault: true, helpLinkUri: Help + "#" + kind.Id.ToLowerInvariant());

    private static DiagnosticSeverity SeverityOf(ProblemKind kind) => kind.Severity switch
    {
        ProblemSeverity.Error => DiagnosticSeverity.Error,
        ProblemSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    private static LinePosition Position((int Line, int Column) place) => new(place.Line - 1, place.Column - 1);
}
