using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>A file that was read, with its problems.</summary>
/// <param name="File">The file.</param>
/// <param name="Document">What it says, or null.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record Reading(SpecFile File, SpecDocument? Document, EquatableArray<SpecProblem> Problems);

/// <summary>
/// The steps of the pipeline. A failure inside one becomes a diagnostic at its document, so that one document never takes the others with it.
/// </summary>
internal static class Steps
{
    public static Reading Read(SpecFile file, CancellationToken cancellationToken)
    {
        try
        {
            var reading = SpecReader.Read(file.Text, file.Provider, cancellationToken);
            return new(file, reading.Document, reading.Problems.Concat(ItemProblems(file)).ToEquatableArray());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(file, null, new([new SpecProblem(GeneratorProblems.Failure, "", 0, 0, new(["read it", Describe(exception)]))]));
        }
    }

    public static Outcome<MergedEndpoint> Merge(EndpointDocuments documents) =>
        Guard(() => EndpointMerger.Merge(documents), "merged the documents of " + documents.Id, documents.Documents[0].Path);

    public static Outcome<BoundEndpoint> Bind(MergedEndpoint? endpoint, CancellationToken cancellationToken) => endpoint is null
        ? new(null, default)
        : Guard(() => EndpointBinder.Bind(endpoint, cancellationToken), "named the types of " + endpoint.Id, endpoint.At("").Path);

    public static Outcome<GeneratedSource> Emit(BoundEndpoint? endpoint, EmitOptions options) => endpoint is null || endpoint.IsReference || !options.CanEmit
        ? new(null, default)
        : Guard(() => new Outcome<GeneratedSource>(EndpointEmitter.Emit(endpoint, options), default), "wrote the code of " + endpoint.Id, "");

    public static Outcome<BoundNeutral> BindNeutral(NeutralSource source, ProjectOptions options) =>
        Guard(() => NeutralBinder.Bind(source, options.CatalogNamespace), "made the neutral model " + source.Model.Name, source.Path);

    public static Outcome<GeneratedSource> EmitNeutral(BoundNeutral? model, EmitOptions options) => model is null || !options.CanEmit
        ? new(null, default)
        : Guard(() => new Outcome<GeneratedSource>(NeutralEmitter.Emit(model, options), default), "wrote the neutral model " + model.Shape.Id, "");

    public static Outcome<BoundApi> BindApi(ApiDocument document, CancellationToken cancellationToken) =>
        Guard(() => ApiBinder.Bind(document, cancellationToken), "named the types of " + document.Api.Title, document.Path);

    public static Outcome<GeneratedSource> EmitApi(ApiUnit unit, EmitOptions options) => !options.CanEmit
        ? new(null, default)
        : Guard(() => new Outcome<GeneratedSource>(ApiEmitter.Emit(unit, options), default), "wrote the code of " + (unit.Operation?.Key ?? unit.Class.Name), "");

    /// <summary>What is wrong with the item of a document in the project file.</summary>
    private static IEnumerable<SpecProblem> ItemProblems(SpecFile file)
    {
        if (file.BadNamespace is { } bad)
            yield return GeneratorProblems.BadNamespace.At(0, 0, bad, "Namespace of its ZoetropeSpec item");
        if (file.BadName is { } name)
            yield return GeneratorProblems.BadApiName.At(0, 0, name);
    }

    private static Outcome<T> Guard<T>(Func<Outcome<T>> step, string action, string path)
        where T : class, IEquatable<T>
    {
        try
        {
            return step();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(null, new([PlacedProblem.Of(GeneratorProblems.Failure, new(path, ""), action, Describe(exception))]));
        }
    }

    private static string Describe(Exception exception) => exception.GetType().Name + ": " + exception.Message;
}
