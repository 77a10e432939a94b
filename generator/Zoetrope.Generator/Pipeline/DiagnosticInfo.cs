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

/// <summary>Finds the positions of problems. Each document is read once, however many problems it has.</summary>
internal static class DiagnosticLocator
{
    /// <summary>Positions the problems that reading found.</summary>
    public static EquatableArray<DiagnosticInfo> Locate(SpecFile file, EquatableArray<SpecProblem> problems)
    {
        var places = new FilePlaces(file);
        return problems.Select(problem => places.At(problem.Kind, problem.Message, problem.Start >= 0 ? new(problem.Start, problem.Length) : places.Find(problem.Pointer)))
            .ToEquatableArray();
    }

    /// <summary>Positions the problems that merging and binding found.</summary>
    public static EquatableArray<DiagnosticInfo> Locate(EquatableArray<PlacedProblem> problems, ImmutableArray<SpecFile> files)
    {
        var located = new List<DiagnosticInfo>();
        var known = new Dictionary<string, FilePlaces?>(StringComparer.Ordinal);
        foreach (var problem in problems)
        {
            var arguments = problem.Other is { } other ? problem.Arguments.Append(Describe(other)).ToEquatableArray() : problem.Arguments;
            var message = new SpecProblem(problem.Kind, "", 0, 0, arguments).Message;
            located.Add(Of(problem.At.Path) is { } places
                ? places.At(problem.Kind, message, places.Find(problem.At.Pointer))
                : new(problem.Kind, message, problem.At.Path, default, default));
        }
        return located.ToEquatableArray();

        string Describe(Place place) => ReadFile.NameOf(place.Path) + (Of(place.Path) is { } places ? places.Describe(place.Pointer) : "");

        FilePlaces? Of(string path)
        {
            if (!known.TryGetValue(path, out var places))
                known.Add(path, places = files.FirstOrDefault(file => file.Path == path) is { } file ? new(file) : null);
            return places;
        }
    }

    /// <summary>The places of one document.</summary>
    private sealed class FilePlaces(SpecFile file)
    {
        private Func<string, TextRange>? _locator;
        private SourceText? _text;

        private SourceText Text => _text ??= SourceText.From(file.Text);

        public DiagnosticInfo At(ProblemKind kind, string message, TextRange range)
        {
            var start = Math.Min(Math.Max(range.Start, 0), file.Text.Length);
            var span = new TextSpan(start, Math.Min(Math.Max(range.Length, 0), file.Text.Length - start));
            return new(kind, message, file.Path, span, Text.Lines.GetLinePositionSpan(span));
        }

        /// <summary>A place as compilers write them, for the other place of a contradiction.</summary>
        public string Describe(string pointer)
        {
            var line = Text.Lines.GetLinePosition(Math.Min(Math.Max(Find(pointer).Start, 0), file.Text.Length));
            return "(" + Literals.Number(line.Line + 1) + "," + Literals.Number(line.Character + 1) + ")";
        }

        /// <summary>A problem without its exact place is better than none, whatever goes wrong in a broken document.</summary>
        public TextRange Find(string pointer)
        {
            try
            {
                return (_locator ??= SpecReader.Locator(file.Text))(pointer);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _locator ??= static _ => default;
                return default;
            }
        }
    }
}
