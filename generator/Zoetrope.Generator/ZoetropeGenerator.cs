using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
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
        var files = new CompilerValues<SpecFile>(context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .SelectMany(static (pair, token) => ProjectOptions.ReadSpec(pair.Left, pair.Right, token) is { } file
                ? ImmutableArray.Create(FlowItem.Of(file))
                : ImmutableArray<FlowItem>.Empty)
            .Tracked(StageNames.Files));
        var options = new CompilerValue<ProjectOptions>(
            context.AnalyzerConfigOptionsProvider.Select(static (provider, _) => FlowItem.Of(ProjectOptions.Read(provider))).Tracked(StageNames.Options));
        var emitOptions = new CompilerValue<EmitOptions>(context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => FlowItem.Of(ProjectOptions.ReadCompilation(pair.Left, pair.Right))).Tracked(StageNames.EmitOptions));

        var project = new CompilerValue<Pair<Compilation, AnalyzerConfigOptionsProvider>>(context.CompilationProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => FlowItem.Of(new Pair<Compilation, AnalyzerConfigOptionsProvider>(pair.Left, pair.Right))));
        var readings = SpecPipeline.Read(files.Meanwhile(options, HeadStart.Rehearse));
        var compilation = new CompilerValue<Compilation>(context.CompilationProvider.Select(static (compilation, _) => FlowItem.Of(compilation)));
        var pipeline = SpecPipeline.Of(
            readings, options, emitOptions,
            members => members.Combine(compilation).Select(static (pair, token) => OwnModels.Find(pair.Left, pair.Right, token), StageNames.OwnModels),
            endpoints => ((CompilerValues<MergedEndpoint>)endpoints)
                .Meanwhile(project, static (all, project, token) => HeadStart.Look(all, project.Left, project.Right, token)));

        foreach (var sources in pipeline.Sources.Append(DeclaredNamespaces.Find(readings, pipeline, options, emitOptions)))
            context.RegisterSourceOutput(Provider(sources), AddSource);
        ReportReadingProblems(context, readings);
        ReportProblems(context, files, pipeline.Problems.Concat(pipeline.EmissionProblems));
    }

    private static IncrementalValuesProvider<FlowItem> Provider<T>(FlowValues<T> values) => ((CompilerValues<T>)values).Provider;

    private static void ReportReadingProblems(IncrementalGeneratorInitializationContext context, FlowValues<Reading> readings)
    {
        var located = readings.Where(static reading => reading.Problems.Count > 0)
            .SelectMany(static (reading, _) => new[] { ProblemLocator.Locate(reading.File, reading.Problems) }, StageNames.Locate);
        context.RegisterSourceOutput(Provider(located), Report);
    }

    private static void ReportProblems(
        IncrementalGeneratorInitializationContext context, FlowValues<SpecFile> files, IEnumerable<FlowValues<EquatableArray<PlacedProblem>>> stages)
    {
        var byPath = files.Collect().Select(static (all, _) => PlacedProblems.ByPath(all));
        foreach (var problems in stages)
        {
            var located = problems
                .Combine(byPath)
                .Select(static (pair, _) => PlacedProblems.Of(pair.Left, pair.Right))
                .SelectMany(static (placed, _) => new[] { ProblemLocator.Locate(placed) }, StageNames.Locate);
            context.RegisterSourceOutput(Provider(located), Report);
        }
    }

    private static void Report(SourceProductionContext output, FlowItem problems)
    {
        foreach (var problem in problems.As<EquatableArray<LocatedProblem>>())
            output.ReportDiagnostic(problem.ToDiagnostic());
    }

    private static void AddSource(SourceProductionContext output, FlowItem item)
    {
        var source = item.As<GeneratedSource>();
        output.AddSource(source.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(source.Text, System.Text.Encoding.UTF8));
    }
}
