using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>A problem with its position: what is reported. Only this last step knows positions.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">The message.</param>
/// <param name="Path">The document; empty for problems of the project.</param>
/// <param name="Span">Where in its text.</param>
/// <param name="Lines">The same in lines and columns.</param>
internal sealed record DiagnosticInfo(ProblemKind Kind, string Message, string Path, TextSpan Span, LinePositionSpan Lines)
{
    private const string Category = "Zoetrope";

    // A place in the repository, where each id is told.
    private const string HelpLink = "generator/README.md#";

    /// <summary>Makes the diagnostic.</summary>
    public Diagnostic ToDiagnostic()
    {
        var severity = Kind.Severity switch
        {
            ProblemSeverity.Error => DiagnosticSeverity.Error,
            ProblemSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        };
        var location = Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines);
        return Diagnostic.Create(
            Kind.Id, Category, Message, severity, severity, isEnabledByDefault: true, warningLevel: severity == DiagnosticSeverity.Error ? 0 : 1,
            title: Kind.Title, helpLink: HelpLink + Kind.Id.ToLowerInvariant(), location: location);
    }
}

/// <summary>Finds the positions of problems.</summary>
internal static class DiagnosticLocator
{
    /// <summary>Positions the problems that reading found.</summary>
    public static EquatableArray<DiagnosticInfo> Locate(SpecFile file, EquatableArray<SpecProblem> problems) =>
        problems.Select(problem => At(problem.Kind, problem.Message, file, problem.Start >= 0 ? new(problem.Start, problem.Length) : Find(file, problem.Pointer)))
            .ToEquatableArray();

    /// <summary>Positions the problems that merging and binding found.</summary>
    public static EquatableArray<DiagnosticInfo> Locate(EquatableArray<PlacedProblem> problems, ImmutableArray<SpecFile> files)
    {
        var located = new List<DiagnosticInfo>();
        foreach (var problem in problems)
        {
            var arguments = problem.Other is { } other ? problem.Arguments.Append(Describe(other, files)).ToEquatableArray() : problem.Arguments;
            var message = new SpecProblem(problem.Kind, "", 0, 0, arguments).Message;
            located.Add(Find(problem.At.Path, files) is { } file
                ? At(problem.Kind, message, file, Find(file, problem.At.Pointer))
                : new(problem.Kind, message, problem.At.Path, default, default));
        }
        return located.ToEquatableArray();
    }

    private static DiagnosticInfo At(ProblemKind kind, string message, SpecFile file, TextRange range)
    {
        var start = Math.Min(Math.Max(range.Start, 0), file.Text.Length);
        var span = new TextSpan(start, Math.Min(Math.Max(range.Length, 0), file.Text.Length - start));
        return new(kind, message, file.Path, span, SourceText.From(file.Text).Lines.GetLinePositionSpan(span));
    }

    /// <summary>The other place of a contradiction, as compilers write places.</summary>
    private static string Describe(Place place, ImmutableArray<SpecFile> files)
    {
        var name = ReadFile.NameOf(place.Path);
        if (Find(place.Path, files) is not { } file)
            return name;
        var range = Find(file, place.Pointer);
        var line = SourceText.From(file.Text).Lines.GetLinePosition(Math.Min(Math.Max(range.Start, 0), file.Text.Length));
        return name + "(" + Literals.Number(line.Line + 1) + "," + Literals.Number(line.Character + 1) + ")";
    }

    /// <summary>A problem without its exact place is better than none, whatever goes wrong in a broken document.</summary>
    private static TextRange Find(SpecFile file, string pointer)
    {
        try
        {
            return SpecReader.Locate(file.Text, pointer);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return default;
        }
    }

    private static SpecFile? Find(string path, ImmutableArray<SpecFile> files)
    {
        foreach (var file in files)
        {
            if (file.Path == path)
                return file;
        }
        return null;
    }
}
