using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Generator.Endpoints;

/// <summary>
/// Merges the documents of one endpoint. The OpenAPI document decides types and limits; the page adds prose, examples, category, defaults
/// that OpenAPI leaves out, and rules in words. Where both speak and differ, that is a problem that shows both locations.
/// </summary>
internal sealed class EndpointMerger(EndpointDocuments documents)
{
    private readonly List<PlacedProblem> _problems = [];

    /// <summary>Merges.</summary>
    public static Outcome<MergedEndpoint> Merge(EndpointDocuments documents) => new EndpointMerger(documents).Merge();

    private Outcome<MergedEndpoint> Merge()
    {
        if (documents.ConflictsWith is { } rival)
            _problems.Add(PlacedProblem.Of(
                GeneratorProblems.NameCollision,
                new(documents.Documents[0].Path, ""),
                NameKeys.Endpoint(documents.Provider, documents.Id),
                rival,
                EndpointNames.Of(documents.Id),
                documents.Name));
        var openApi = Single(kind => kind == SpecKind.OpenApi);
        var page = Single(kind => DocumentProfiles.All.Any(profile => profile.PageKind == kind));
        // A project that names one file twice has the endpoint twice too: each would write the same C# file.
        if (documents.Documents.Select(document => document.Path).Distinct().Count() < documents.Documents.Count)
            return new(null, _problems.ToEquatableArray());
        var description = (openApi, page) switch
        {
            ({ } both, { } prose) => Merge(both, prose),
            _ => (openApi ?? page)!.Endpoint,
        };
        var merged = new MergedEndpoint
        {
            Provider = documents.Provider,
            Id = documents.Id,
            Namespace = documents.Namespace,
            IsReference = documents.IsReference,
            Name = documents.Name,
            Description = description,
            PagePath = page?.Path,
            OpenApiPath = openApi?.Path,
            Names = documents.Names,
            LockPath = documents.LockPath,
        };
        if (documents.RejectedName is { } refused)
            _problems.Add(PlacedProblem.Of(GeneratorProblems.BadLockedName, merged.LockedAt(""), refused, NameKeys.Endpoint(documents.Provider, documents.Id)));
        return new(merged, _problems.ToEquatableArray());
    }

    private EndpointDocument? Single(Func<SpecKind, bool> isKind)
    {
        EndpointDocument? first = null;
        foreach (var document in documents.Documents)
        {
            if (!isKind(document.Kind))
                continue;
            if (first is null)
                first = document;
            else if (document.Path == first.Path)
                _problems.Add(PlacedProblem.Of(GeneratorProblems.FileTwice, new(document.Path, ""), documents.Id));
            else
                _problems.Add(
                    new(GeneratorProblems.DuplicateDocument, new(document.Path, ""), new(first.Path, ""), new EquatableArray<string>([documents.Id])));
        }
        return first;
    }

    private EndpointDescription Merge(EndpointDocument openApi, EndpointDocument page)
    {
        var (types, prose) = (openApi.Endpoint, page.Endpoint);
        var input = new PropertyMerger(openApi, page, _problems, isInput: true).Merge(types.Input, prose.Input);
        var output = new PropertyMerger(openApi, page, _problems, isInput: false).Merge(types.Output, prose.Output);
        return prose with
        {
            Title = prose.Title ?? types.Title,
            Description = prose.Description ?? types.Description,
            Category = prose.Category ?? types.Category,
            PageUrl = prose.PageUrl ?? types.PageUrl,
            Status = prose.Status ?? types.Status,
            Deprecated = prose.Deprecated == true ? true : types.Deprecated,
            DeprecationNote = types.DeprecationNote ?? prose.DeprecationNote,
            OutputType = prose.OutputType ?? types.OutputType,
            Input = input,
            Output = output,
            Schemas = Merge(types.Schemas, prose.Schemas),
            Rules = prose.Rules > types.Rules ? prose.Rules : types.Rules,
        };
    }

    private static EquatableArray<NamedSchema> Merge(EquatableArray<NamedSchema> first, EquatableArray<NamedSchema> second) =>
        first.Concat(second.Where(schema => !first.Any(other => other.Name == schema.Name))).ToEquatableArray();
}
