using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>
/// Tells the problems of provider documents where editors look for them: at the open document, while it is typed. These are the diagnostics that <see cref="ZoetropeGenerator"/>
/// reports, at the same places; where both run, as in builds, the compiler prints equal ones once. Only the failure to write code is left to the generator.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ZoetropeAnalyzer : DiagnosticAnalyzer
{
    private static readonly StepMemory _memory = new();

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Diagnostics.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        // What is wrong between documents (merging, names, the catalog) is found from every one of them, because editors run no action that waits for the end of a compilation.
        context.RegisterCompilationStartAction(static start =>
        {
            var project = new Project(start.Options, start.Compilation);
            start.RegisterAdditionalFileAction(project.Report);
        });
    }

    /// <summary>The documents of one compilation. The first action that needs them reads what has changed.</summary>
    private sealed class Project(AnalyzerOptions options, Compilation compilation)
    {
        private readonly object _gate = new();
        private Findings? _findings;

        public void Report(AdditionalFileAnalysisContext context)
        {
            var findings = Find(context.CancellationToken);
            if (!findings.Readings.TryGetValue(context.AdditionalFile, out var reading))
                return;
            var problems = ProblemLocator.Locate(reading.File, reading.Problems)
                .Concat(ProblemLocator.Locate(PlacedProblems.Of(findings.Placed[reading.File.Path].ToEquatableArray(), findings.Files)))
                .Distinct();
            foreach (var problem in problems)
                context.ReportDiagnostic(problem.ToDiagnostic());
        }

        private Findings Find(CancellationToken cancellationToken)
        {
            lock (_gate)
                return _findings ??= Read(cancellationToken);
        }

        private Findings Read(CancellationToken cancellationToken)
        {
            var readings = new Dictionary<AdditionalText, Reading>();
            foreach (var text in options.AdditionalFiles)
            {
                if (ProjectOptions.ReadFile(text, options.AnalyzerConfigOptionsProvider, cancellationToken) is { } file)
                    readings[text] = _memory.Of(file.Text, file, one => Steps.Read(one, cancellationToken));
            }
            var project = ProjectOptions.Read(options.AnalyzerConfigOptionsProvider);
            var documents = readings.Values
                .Where(reading => reading.Document is not null)
                .Select(reading => new ReadFile(reading.File.Path, reading.File.Namespace, reading.File.IsReference, reading.Document!, reading.File.Name))
                .ToImmutableArray();
            var placed = SpecChecks.Find(documents, project, emitOptions: null, _memory, cancellationToken)
                .Concat(ProjectProblems.Find(documents, project, ProjectOptions.ReadCompilation(compilation, options.AnalyzerConfigOptionsProvider)));
            return new(readings, PlacedProblems.ByPath(readings.Values.Select(reading => reading.File)), placed.ToLookup(problem => problem.At.Path, StringComparer.Ordinal));
        }
    }

    private sealed record Findings(IReadOnlyDictionary<AdditionalText, Reading> Readings, IReadOnlyDictionary<string, SpecFile> Files, ILookup<string, PlacedProblem> Placed);
}
