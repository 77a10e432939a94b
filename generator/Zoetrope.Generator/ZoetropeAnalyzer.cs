using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator;

/// <summary>
/// Reports the problems of provider documents where editors look for them: at the open document, while it is typed. These are the diagnostics that
/// <see cref="ZoetropeGenerator"/> reports, at the same places; where both run, as in builds, the compiler prints equal ones once. Only the failure to write
/// code is left to the generator.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ZoetropeAnalyzer : DiagnosticAnalyzer
{
    private static readonly StageCache _cache = new();

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => CompilerDiagnostics.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        // What is wrong between documents (merging, names, the catalog) is found from every one of them, because editors run no action that waits for the end
        // of a compilation.
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
            var path = context.AdditionalFile.Path;
            var problems = findings.Readings[path].SelectMany(reading => ProblemLocator.Locate(reading.File, reading.Problems))
                .Concat(ProblemLocator.Locate(PlacedProblems.Of(findings.Placed[path].ToEquatableArray(), findings.Files)))
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
            var files = options.AdditionalFiles
                .Select(text => ProjectOptions.ReadSpec(text, options.AnalyzerConfigOptionsProvider, cancellationToken))
                .OfType<SpecFile>()
                .ToImmutableArray();
            var flow = Flow.Once(cancellationToken, _cache);
            var readings = SpecPipeline.Read(flow.Values(files));
            var pipeline = SpecPipeline.Of(
                readings, flow.Value(ProjectOptions.Read(options.AnalyzerConfigOptionsProvider)),
                flow.Value(ProjectOptions.ReadCompilation(
                    compilation, CalledTypes.In(compilation.SourceModule.ReferencedAssemblySymbols), options.AnalyzerConfigOptionsProvider)));
            var placed = pipeline.Problems.SelectMany(Flow.ValuesOf).SelectMany(problems => problems);
            return new(
                Flow.ValuesOf(readings).ToLookup(reading => reading.File.Path, StringComparer.Ordinal), PlacedProblems.ByPath(files),
                placed.ToLookup(problem => problem.At.Path, StringComparer.Ordinal));
        }
    }

    private sealed record Findings(ILookup<string, Reading> Readings, IReadOnlyDictionary<string, SpecFile> Files, ILookup<string, PlacedProblem> Placed);
}
