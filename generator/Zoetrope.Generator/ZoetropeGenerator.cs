using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>
/// Generates typed models from provider documents. The steps are Read (a file), Merge, Bind and Emit (an endpoint each); positions live only in the steps
/// that locate problems, so that an edit that moves text and changes nothing runs only Read and Locate.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ZoetropeGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, token) => ProjectOptions.ReadFile(pair.Left, pair.Right, token))
            .Where(static file => file is not null)
            .Select(static (file, _) => file!)
            .WithTrackingName(StepNames.Files);
        var options = context.AnalyzerConfigOptionsProvider.Select(static (provider, _) => ProjectOptions.Read(provider)).WithTrackingName(StepNames.Options);
        var emitOptions = context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => ProjectOptions.ReadCompilation(pair.Left, pair.Right)).WithTrackingName(StepNames.EmitOptions);

        var readings = files.Select(static (file, token) => Steps.Read(file, token)).WithTrackingName(StepNames.Read);
        var documents = readings
            .Where(static reading => reading.Document is not null)
            .Select(static (reading, _) => new ReadFile(reading.File.Path, reading.File.Namespace, reading.File.IsReference, reading.Document!, reading.File.Name))
            .WithTrackingName(StepNames.Documents);
        var endpoints = documents.Collect().Combine(options)
            .Select(static (pair, token) => DocumentGroups.ByDocument(pair.Left, pair.Right.Namespace, token));
        var merged = documents.Combine(endpoints)
            .SelectMany(static (pair, _) => pair.Right.TryGetValue(pair.Left.Path, out var endpoint) ? ImmutableArray.Create(endpoint) : ImmutableArray<EndpointDocuments>.Empty)
            .WithTrackingName(StepNames.Group)
            .Select(static (group, _) => Steps.Merge(group))
            .WithTrackingName(StepNames.Merge);
        var bound = merged.Select(static (outcome, token) => Steps.Bind(outcome.Value, token))
            .WithTrackingName(StepNames.Bind);
        var apis = ApiPipeline.Bind(documents, endpoints, options);
        var emittedApis = ApiPipeline.Emit(apis, emitOptions);

        var catalogs = documents.Where(static file => file.Document.Catalog is not null).Collect();
        var neutral = catalogs.Combine(bound.Where(static outcome => outcome.Value is not null).Select(static (outcome, _) => outcome.Value!).Collect()).Combine(options)
            .SelectMany(static (all, _) => NeutralGroups.Group(all.Left.Left, all.Left.Right, all.Right.CatalogNamespace))
            .WithTrackingName(StepNames.NeutralGroup)
            .Combine(options)
            .Select(static (pair, _) => Steps.BindNeutral(pair.Left, pair.Right))
            .WithTrackingName(StepNames.NeutralBind);
        var own = OwnModels.Find(
            context.CompilationProvider, bound.Where(static outcome => outcome.Value is { IsReference: false }).Select(static (outcome, _) => outcome.Value!),
            neutral.Where(static outcome => outcome.Value is not null).Select(static (outcome, _) => outcome.Value!.Shape), emitOptions);
        var firm = own.Select(static (models, _) => models.Where(model => model.IsAboveAll).Select(model => model.Member.FullName).ToEquatableArray());
        var emitted = bound.Combine(firm)
            .Select(static (pair, _) => (Endpoint: pair.Left.Value, IsFirm: pair.Left.Value is { } endpoint && pair.Right.Contains(endpoint.Namespace + "." + endpoint.Name)))
            .Combine(emitOptions)
            .Select(static (pair, _) => Steps.Emit(pair.Left.Endpoint, pair.Right.WithFirm(pair.Left.IsFirm)))
            .WithTrackingName(StepNames.Emit);
        var emittedNeutral = neutral.Combine(firm)
            .Select(static (pair, _) => (Model: pair.Left.Value, IsFirm: pair.Left.Value is { Shape: var shape } && pair.Right.Contains(shape.Namespace + "." + shape.Name)))
            .Combine(emitOptions)
            .Select(static (pair, _) => Steps.EmitNeutral(pair.Left.Model, pair.Right.WithFirm(pair.Left.IsFirm)))
            .WithTrackingName(StepNames.NeutralEmit);
        var ownFile = own.Combine(options).Combine(emitOptions)
            .Select(static (all, _) => all.Right.CanEmit ? OwnModelEmitter.Emit(all.Left.Left, all.Left.Right.Namespace, all.Right) : null)
            .WithTrackingName(StepNames.OwnModelsFile);

        context.RegisterSourceOutput(emitted, static (output, outcome) => AddSource(output, outcome.Value));
        context.RegisterSourceOutput(emittedApis, static (output, outcome) => AddSource(output, outcome.Value));
        context.RegisterSourceOutput(emittedNeutral, static (output, outcome) => AddSource(output, outcome.Value));
        context.RegisterSourceOutput(ownFile, static (output, source) => AddSource(output, source));
        context.RegisterSourceOutput(DeclaredNamespaces.Find(readings, bound, apis, options, emitOptions), static (output, source) => AddSource(output, source));
        RegisterIndex(context, emitOptions, bound.Where(static outcome => outcome.Value is { IsReference: false }).Select(static (outcome, _) => EntryOf(outcome.Value!)), IndexEmitter.Models);
        RegisterIndex(context, emitOptions, neutral.Where(static outcome => outcome.Value is not null).Select(static (outcome, _) => EntryOf(outcome.Value!.Shape)), IndexEmitter.Neutral);
        RegisterProblems(
            context, readings, files, ProjectProblems.Find(documents, options, emitOptions), Problems(merged), Problems(bound), Problems(emitted), Problems(neutral), Problems(emittedNeutral),
            Problems(apis), Problems(emittedApis));
    }

    private static IndexEntry EntryOf(BoundEndpoint endpoint) => new(endpoint.Namespace, endpoint.Name);

    private static IncrementalValuesProvider<EquatableArray<PlacedProblem>> Problems<T>(IncrementalValuesProvider<Outcome<T>> step)
        where T : class, IEquatable<T> => step.Select(static (outcome, _) => outcome.Problems);

    private static void RegisterIndex(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EmitOptions> options, IncrementalValuesProvider<IndexEntry> entries,
        Func<IndexEntries, GeneratedSource> emit)
    {
        var indexes = entries.Collect()
            .SelectMany(static (all, _) => IndexEntries.Group(all))
            .Combine(options)
            .Select((pair, _) => pair.Right.CanEmit ? emit(pair.Left) : null)
            .WithTrackingName(StepNames.Index);
        context.RegisterSourceOutput(indexes, static (output, source) => AddSource(output, source));
    }

    private static void RegisterProblems(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Reading> readings, IncrementalValuesProvider<SpecFile> files,
        params IncrementalValuesProvider<EquatableArray<PlacedProblem>>[] steps)
    {
        var read = readings.Where(static reading => reading.Problems.Count > 0)
            .Select(static (reading, _) => ProblemLocator.Locate(reading.File, reading.Problems))
            .WithTrackingName(StepNames.Locate);
        context.RegisterSourceOutput(read, Report);
        var byPath = files.Collect().Select(static (all, _) => PlacedProblems.ByPath(all));
        foreach (var step in steps)
        {
            var located = step.Where(static problems => problems.Count > 0)
                .Combine(byPath)
                .Select(static (pair, _) => PlacedProblems.Of(pair.Left, pair.Right))
                .Select(static (problems, _) => ProblemLocator.Locate(problems))
                .WithTrackingName(StepNames.Locate);
            context.RegisterSourceOutput(located, Report);
        }
    }

    private static void Report(SourceProductionContext output, EquatableArray<LocatedProblem> problems)
    {
        foreach (var problem in problems)
            output.ReportDiagnostic(problem.ToDiagnostic());
    }

    private static void AddSource(SourceProductionContext output, GeneratedSource? source)
    {
        if (source is not null)
            output.AddSource(source.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(source.Text, System.Text.Encoding.UTF8));
    }
}

/// <summary>The tracking names of the generator's steps.</summary>
public static class StepNames
{
    /// <summary>What is wrong with the project around the documents.</summary>
    public const string Project = "Project";

    /// <summary>One item a file: its text and what the project says about it.</summary>
    public const string Files = "Files";

    /// <summary>The project's options.</summary>
    public const string Options = "Options";

    /// <summary>What of the compilation decides how code is emitted.</summary>
    public const string EmitOptions = "EmitOptions";

    /// <summary>One item a file: what it says and what is wrong with it.</summary>
    public const string Read = "Read";

    /// <summary>One item a file: what it says, without positions.</summary>
    public const string Documents = "Documents";

    /// <summary>One item an endpoint: its documents.</summary>
    public const string Group = "Group";

    /// <summary>One item an endpoint: its documents as one.</summary>
    public const string Merge = "Merge";

    /// <summary>One item an endpoint: names and types.</summary>
    public const string Bind = "Bind";

    /// <summary>One item an endpoint: its C#.</summary>
    public const string Emit = "Emit";

    /// <summary>One item a whole API: its document, with the names that it has.</summary>
    public const string ApiGroup = "ApiGroup";

    /// <summary>One item a whole API: names and types.</summary>
    public const string ApiBind = "ApiBind";

    /// <summary>One item a file of a whole API: the client, the shared types, each operation.</summary>
    public const string ApiUnits = "ApiUnits";

    /// <summary>One item a file of a whole API: its C#.</summary>
    public const string ApiEmit = "ApiEmit";

    /// <summary>One item a model of the catalog: its endpoints.</summary>
    public const string NeutralGroup = "NeutralGroup";

    /// <summary>One item a model of the catalog: names and types.</summary>
    public const string NeutralBind = "NeutralBind";

    /// <summary>One item a model of the catalog: its C#.</summary>
    public const string NeutralEmit = "NeutralEmit";

    /// <summary>The project's own models that referenced assemblies have too.</summary>
    public const string OwnModels = "OwnModels";

    /// <summary>What makes them win.</summary>
    public const string OwnModelsFile = "OwnModelsFile";

    /// <summary>One item a namespace: the listing of its models.</summary>
    public const string Index = "Index";

    /// <summary>One item a namespace of which nothing could be generated.</summary>
    public const string Namespaces = "Namespaces";

    /// <summary>Problems with their positions.</summary>
    public const string Locate = "Locate";
}
