using System.Collections.Immutable;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// The way from documents to C#, written once: the generator, the analyzer, <c>specs check</c> and the lock file all take what they need of it. It has four
/// lanes: declared providers, whose models join the endpoints, and endpoints, whole APIs and the catalog, each with the stages Group, Bind and Emit (an
/// endpoint's documents are merged before they are bound).
/// Positions of problems are not in it: they are found last, so that an edit that moves text and changes nothing runs only Read and Locate.
/// </summary>
internal sealed class SpecPipeline
{
    private SpecPipeline(EndpointStages endpoints, ApiStages apis, CatalogStages catalog) => (Endpoints, Apis, Catalog) = (endpoints, apis, catalog);

    /// <summary>Models of single endpoints.</summary>
    public EndpointStages Endpoints { get; }

    /// <summary>Whole APIs.</summary>
    public ApiStages Apis { get; }

    /// <summary>Provider-neutral models.</summary>
    public CatalogStages Catalog { get; }

    /// <summary>What is wrong with the project and the documents, except what reading them found.</summary>
    public IReadOnlyList<FlowValues<EquatableArray<PlacedProblem>>> Problems { get; private init; } = [];

    /// <summary>Failures to write code. Reading these writes all of it.</summary>
    public IReadOnlyList<FlowValues<EquatableArray<PlacedProblem>>> EmissionProblems { get; private init; } = [];

    /// <summary>The C#.</summary>
    public IReadOnlyList<FlowValues<GeneratedSource>> Sources { get; private init; } = [];

    /// <summary>Reads files.</summary>
    public static FlowValues<Reading> Read(FlowValues<SpecFile> files) => files.SelectInParallel(Stage.Read, StageNames.Read, static file => file.Text);

    /// <summary>What files say, without their positions. A declaration of a provider says what its models are.</summary>
    private static FlowValues<ParsedSpec> Documents(
        FlowValues<Reading> readings, FlowValues<DeclaredProvider> providers, FlowValue<EquatableArray<DocumentSet>> pages) => readings
        .Where(static reading => reading.Document is not null)
        .Combine(providers.Collect())
        .Combine(pages)
        .SelectMany(static (all, _) => Documents(all.Left.Left, all.Left.Right, all.Right), StageNames.Documents);

    private static IEnumerable<ParsedSpec> Documents(Reading reading, ImmutableArray<DeclaredProvider> providers, EquatableArray<DocumentSet> pages)
    {
        var file = reading.File;
        if (pages.FirstOrDefault(set => set.Files.Contains(file)) is { } set)
        {
            if (set.Files[0] == file && set.Read() is { } merged)
                yield return merged;
            yield break;
        }
        yield return new(file.Path, file.Namespace, file.IsReference, reading.Document!, file.Name);
        if (reading.Document!.Declaration is null)
            yield break;
        foreach (var endpoint in providers.Where(provider => provider.DeclarationPath == file.Path).SelectMany(static provider => provider.Endpoints))
            yield return endpoint;
    }

    /// <summary>All that is made of files.</summary>
    /// <param name="readings">What was read of the files.</param>
    /// <param name="options">What the project decides.</param>
    /// <param name="emitOptions">How code is written.</param>
    /// <param name="findOwnModels">Finds the models that referenced assemblies have too, where there is a compilation; null where there is none.</param>
    public static SpecPipeline Of(
        FlowValues<Reading> readings, FlowValue<ProjectOptions> options, FlowValue<EmitOptions> emitOptions,
        Func<FlowValue<EquatableArray<ClientMember>>, FlowValue<EquatableArray<OwnModel>>>? findOwnModels = null)
    {
        var providers = JobsStages.Declare(readings);
        var pages = SetStages.OfPages(readings);
        var sets = SetStages.Of(providers.Values(), pages);
        var providerCode = JobsStages.Emit(providers.Values(), options, emitOptions);
        var pipeline = Of(Documents(readings, providers.Values(), pages), options, emitOptions, findOwnModels);
        return new(pipeline.Endpoints, pipeline.Apis, pipeline.Catalog)
        {
            Problems = [.. SetStages.Locate([.. pipeline.Problems, providers.Problems()], sets), SetStages.Contradictions(pages)],
            EmissionProblems = [.. pipeline.EmissionProblems, providerCode.Problems()],
            Sources = [.. pipeline.Sources, providerCode.Values()],
        };
    }

    /// <summary>All that is made of documents.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="options">What the project decides.</param>
    /// <param name="emitOptions">How code is written.</param>
    /// <param name="findOwnModels">Finds the models that referenced assemblies have too, where there is a compilation; null where there is none.</param>
    public static SpecPipeline Of(
        FlowValues<ParsedSpec> documents, FlowValue<ProjectOptions> options, FlowValue<EmitOptions> emitOptions,
        Func<FlowValue<EquatableArray<ClientMember>>, FlowValue<EquatableArray<OwnModel>>>? findOwnModels = null)
    {
        var endpoints = EndpointStages.Of(documents, options);
        var apis = ApiStages.Of(documents, endpoints.Groups, options);
        var catalog = CatalogStages.Of(documents, endpoints.Bound.Values(), options);
        var neutral = catalog.Bound.Values().Select(static (model, _) => model.Shape);

        var members = ClientMembers(endpoints.Own, neutral, emitOptions);
        var ownModels = findOwnModels is null ? members.Select(static (_, _) => default(EquatableArray<OwnModel>)) : findOwnModels(members);
        var firm = ownModels.Select(static (models, _) => models.Where(model => model.IsAboveAll).Select(model => model.Member.FullName).ToEquatableArray());

        var endpointCode = endpoints.Emit(firm, emitOptions);
        var apiCode = apis.Emit(emitOptions);
        var catalogCode = catalog.Emit(firm, emitOptions);
        return new(endpoints, apis, catalog)
        {
            Problems =
            [
                ProjectProblems.Find(documents, options, emitOptions), RemovedModels.Find(documents),
                endpoints.Merged.Problems(), endpoints.Bound.Problems(), apis.Bound.Problems(), catalog.Bound.Problems(),
            ],
            EmissionProblems = [endpointCode.Problems(), apiCode.Problems(), catalogCode.Problems()],
            Sources =
            [
                endpointCode.Values(), apiCode.Values(), catalogCode.Values(), OwnModelsFile(ownModels, options, emitOptions),
                IndexStage.Of(endpoints.Own, emitOptions, IndexEmitter.Models), IndexStage.Of(neutral, emitOptions, IndexEmitter.Neutral),
            ],
        };
    }

    /// <summary>The members that the project's models have on clients.</summary>
    private static FlowValue<EquatableArray<ClientMember>> ClientMembers(
        FlowValues<BoundEndpoint> endpoints, FlowValues<BoundEndpoint> neutral, FlowValue<EmitOptions> emitOptions)
    {
        var own = endpoints.Combine(emitOptions).Choose(static pair => ClientMember.Of(pair.Left, pair.Right)).Collect();
        var routed = neutral.Combine(emitOptions).Choose(static pair => ClientMember.OfNeutral(pair.Left, pair.Right)).Collect();
        return own.Combine(routed)
            .Select(static (both, _) => both.Left.Concat(both.Right).OrderBy(member => member.FullName, StringComparer.Ordinal).ToEquatableArray());
    }

    private static FlowValues<GeneratedSource> OwnModelsFile(
        FlowValue<EquatableArray<OwnModel>> ownModels, FlowValue<ProjectOptions> options, FlowValue<EmitOptions> emitOptions) => ownModels
        .Combine(options)
        .Combine(emitOptions)
        .Choose(
            static all => all.Right.CanEmit ? OwnModelEmitter.Emit(all.Left.Left, all.Left.Right.Namespace, all.Right) : null, StageNames.OwnModelsFile);
}
