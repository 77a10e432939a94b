using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator;

/// <summary>
/// The pipeline of one generator in the compiler, with what it made. A compiler may go on from an earlier state of a project, or from several in turn: then it
/// makes again what it made for that, and the same.
/// </summary>
internal sealed class Generation
{
    private readonly object _gate = new();
    private readonly Flow _flow;
    private readonly FlowInput _texts;
    private readonly FlowInput _config;
    private readonly FlowInput _compilation;
    private readonly FlowInput _references;
    private readonly FlowValue<ImmutableArray<SourceFile>> _sources;
    private readonly FlowValue<ImmutableArray<EquatableArray<LocatedProblem>>> _problems;

    public Generation(StageLog? log)
    {
        _flow = new Flow(log: log) { ForEach = OnAllProcessors };
        (_texts, _config, _compilation, _references) = (new(_flow, []), new(_flow, []), new(_flow, []), new(_flow, []));
        var config = new FlowValue<AnalyzerConfigOptionsProvider>(_config);
        var compilation = new FlowValue<Compilation>(_compilation);

        var files = new FlowValues<AdditionalText>(_texts).Combine(config)
            .SelectMany(
                static (pair, token) => ProjectOptions.ReadSpec(pair.Left, pair.Right, token) is { } file ? [file] : Array.Empty<SpecFile>(), StageNames.Files);
        var options = config.Select(static (provider, _) => ProjectOptions.Read(provider), StageNames.Options);
        var references = new FlowValues<IAssemblySymbol>(_references).Collect();
        var calledTypes = references.Select(static (assemblies, _) => CalledTypes.In(assemblies), StageNames.CalledTypes);
        var emitOptions = compilation.Combine(calledTypes).Combine(config)
            .Select(static (all, _) => ProjectOptions.ReadCompilation(all.Left.Left, all.Left.Right, all.Right), StageNames.EmitOptions);
        var readings = SpecPipeline.Read(files);
        var pipeline = SpecPipeline.Of(
            readings, options, emitOptions,
            members => members.Combine(references)
                .Select(static (pair, token) => OwnModels.Find(pair.Left, pair.Right, token), StageNames.SharedModels)
                .Combine(compilation)
                .Select(static (pair, token) => OwnModels.KeepMeanings(pair.Left, pair.Right, token), StageNames.OwnModels));

        _sources = Flow.All([.. pipeline.Sources, DeclaredNamespaces.Find(readings, pipeline, options, emitOptions)])
            .Select(static (source, _) => new SourceFile(source.HintName, SourceText.From(source.Text, Encoding.UTF8))).Collect();
        _problems = Flow.All(Located(readings), Located(Flow.All([.. pipeline.Problems, .. pipeline.EmissionProblems]), files)).Collect();
    }

    /// <summary>Generates.</summary>
    /// <param name="texts">The additional files of the project, documents and others.</param>
    /// <param name="config">What the project says of them.</param>
    /// <param name="compilation">The project without what is generated.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Generated Run(
        ImmutableArray<AdditionalText> texts, AnalyzerConfigOptionsProvider config, Compilation compilation, CancellationToken cancellationToken)
    {
        HeadStart.Begin(texts, config, compilation, cancellationToken);
        lock (_gate)
        {
            _flow.Begin(cancellationToken);
            _texts.Set(texts);
            _config.Set([config]);
            _compilation.Set([compilation]);
            _references.Set(compilation.SourceModule.ReferencedAssemblySymbols);
            return new(Flow.ValueOf(_sources), Flow.ValueOf(_problems));
        }
    }

    private static FlowValues<EquatableArray<LocatedProblem>> Located(FlowValues<Reading> readings) => readings
        .Where(static reading => reading.Problems.Count > 0)
        .SelectMany(static (reading, _) => new[] { ProblemLocator.Locate(reading.File, reading.Problems) }, StageNames.Locate);

    private static FlowValues<EquatableArray<LocatedProblem>> Located(FlowValues<EquatableArray<PlacedProblem>> problems, FlowValues<SpecFile> files) =>
        problems.Combine(files.Collect().Select(static (all, _) => PlacedProblems.ByPath(all)))
            .Select(static (pair, _) => PlacedProblems.Of(pair.Left, pair.Right))
            .SelectMany(static (placed, _) => new[] { ProblemLocator.Locate(placed) }, StageNames.Locate);

    // There are no more threads than the pool starts at once, which is one for each processor.
    private static void OnAllProcessors(int count, Action<int> call, CancellationToken cancellationToken)
    {
        ThreadPool.GetMinThreads(out var threads, out _);
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = threads }, call);
    }
}

/// <summary>What was generated.</summary>
/// <param name="Sources">The C#.</param>
/// <param name="Problems">What is wrong with the documents and the project.</param>
internal sealed record Generated(ImmutableArray<SourceFile> Sources, ImmutableArray<EquatableArray<LocatedProblem>> Problems);

/// <summary>A file of C#, which is the same object for as long as nothing in it changes.</summary>
internal sealed class SourceFile(string hintName, SourceText text)
{
    public string HintName => hintName;

    public SourceText Text => text;
}
