using Microsoft.CodeAnalysis;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator;

/// <summary>Generates typed models and clients from provider documents: <see cref="SpecPipeline"/> in the compiler.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ZoetropeGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, token) => ProjectOptions.ReadSpec(pair.Left, pair.Right, token))
            .Where(static file => file is not null)
            .Select(static (file, _) => file!)
            .WithTrackingName(StageNames.Files);
        var options = new CompilerValue<ProjectOptions>(
            context.AnalyzerConfigOptionsProvider.Select(static (provider, _) => ProjectOptions.Read(provider)).WithTrackingName(StageNames.Options));
        var emitOptions = new CompilerValue<EmitOptions>(context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => ProjectOptions.ReadCompilation(pair.Left, pair.Right)).WithTrackingName(StageNames.EmitOptions));

        var readings = SpecPipeline.Read(new CompilerValues<SpecFile>(files));
        var compilation = new CompilerValue<Compilation>(context.CompilationProvider);
        var pipeline = SpecPipeline.Of(
            readings, options, emitOptions,
            members => members.Combine(compilation).Select(static (pair, token) => OwnModels.Find(pair.Left, pair.Right, token), StageNames.OwnModels));

        foreach (var sources in pipeline.Sources.Append(DeclaredNamespaces.Find(readings, pipeline, options, emitOptions)))
            context.RegisterSourceOutput(Provider(sources), AddSource);
        ReportReadingProblems(context, readings);
        ReportProblems(context, files, pipeline.Problems.Concat(pipeline.EmissionProblems));
    }

    private static IncrementalValuesProvider<T> Provider<T>(FlowValues<T> values) => ((CompilerValues<T>)values).Provider;

    private static void ReportReadingProblems(IncrementalGeneratorInitializationContext context, FlowValues<Reading> readings)
    {
        var located = readings.Where(static reading => reading.Problems.Count > 0)
            .SelectMany(static (reading, _) => new[] { ProblemLocator.Locate(reading.File, reading.Problems) }, StageNames.Locate);
        context.RegisterSourceOutput(Provider(located), Report);
    }

    private static void ReportProblems(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<SpecFile> files,
        IEnumerable<FlowValues<EquatableArray<PlacedProblem>>> stages)
    {
        var byPath = files.Collect().Select(static (all, _) => PlacedProblems.ByPath(all));
        foreach (var problems in stages)
        {
            var located = Provider(problems)
                .Combine(byPath)
                .Select(static (pair, _) => PlacedProblems.Of(pair.Left, pair.Right))
                .Select(static (placed, _) => ProblemLocator.Locate(placed))
                .WithTrackingName(StageNames.Locate);
            context.RegisterSourceOutput(located, Report);
        }
    }

    private static void Report(SourceProductionContext output, EquatableArray<LocatedProblem> problems)
    {
        foreach (var problem in problems)
            output.ReportDiagnostic(problem.ToDiagnostic());
    }

    private static void AddSource(SourceProductionContext output, GeneratedSource source) =>
        output.AddSource(source.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(source.Text, System.Text.Encoding.UTF8));
}
