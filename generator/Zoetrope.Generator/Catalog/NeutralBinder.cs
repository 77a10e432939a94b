using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>Makes one request and result of a model that several providers serve, and the mappings to each provider.</summary>
internal sealed class NeutralBinder(NeutralSource source, string catalogNamespace)
{
    private readonly List<PlacedProblem> _problems = [];
    private readonly NeutralTypes _types = new(source.Name);

    /// <summary>Binds; null when no endpoint of the model is described.</summary>
    public static Outcome<BoundNeutral> Bind(NeutralSource source, string catalogNamespace, CancellationToken cancellationToken)
    {
        var binder = new NeutralBinder(source, catalogNamespace);
        var bound = binder.Bind(cancellationToken);
        return new(bound, binder._problems.Distinct().ToEquatableArray());
    }

    private BoundNeutral? Bind(CancellationToken cancellationToken)
    {
        foreach (var wanted in source.Model.Endpoints)
        {
            if (!source.Endpoints.Any(endpoint => endpoint.Provider == wanted.Provider && endpoint.Id == wanted.Id))
            {
                _problems.Add(PlacedProblem.Of(
                    GeneratorProblems.CatalogUnknownEndpoint, new(source.Path, source.Model.Pointer), source.Model.Name, wanted.Id, wanted.Provider));
            }
        }
        if (source.Endpoints.Count == 0)
            return null;
        var declared = BindDeclared(cancellationToken);
        var requests = new NeutralRequestBinder(source, declared, _types, _problems);
        var request = requests.Bind();
        var results = new NeutralResultBinder(source, declared, _types, _problems);
        var result = results.Bind();
        var routes = new List<BoundRoute>();
        foreach (var endpoint in source.Endpoints)
        {
            if (endpoint.Facts.Deprecation is { } deprecation)
            {
                _problems.Add(PlacedProblem.Of(
                    GeneratorProblems.CatalogDeprecatedEndpoint, new(source.Path, JsonPointer.Append(source.Model.Pointer, endpoint.Provider)),
                    source.Model.Name, endpoint.Id, endpoint.Provider, deprecation));
            }
            // The compiler shows what is wrong; the other routes stay, so that code in an editor keeps its meaning.
            if (RouteBinder.Bind(source, endpoint, requests.Slots, _problems) is { } steps & results.Map(endpoint, result) is { } members)
                routes.Add(Route(endpoint, steps, members));
        }
        if (routes.Count == 0)
            return null;
        var facts = source.Endpoints[0].Facts;
        var shape = new BoundEndpoint
        {
            Provider = string.Join(" and ", routes.Select(route => route.Provider)),
            Id = source.Model.Name,
            Namespace = catalogNamespace,
            Name = source.Name,
            IsReference = false,
            Facts = facts with
            {
                Title = source.Model.Title ?? (source.Model.Parameters is null ? facts.Title : null),
                Sources = new([ParsedSpec.NameOf(source.Path)]),
                Deprecation = DeprecationOf(routes),
            },
            Types = new BoundTypes
            {
                Owner = source.Name,
                Objects = new BoundObject[] { request, result }.Concat(_types.Objects).ToEquatableArray(),
                Enums = _types.Enums.ToEquatableArray(),
                Unions = _types.Unions.ToEquatableArray(),
            },
        };
        return new BoundNeutral { Shape = shape, Routes = routes.ToEquatableArray() };
    }

    /// <summary>What is said of a model that all its providers call deprecated; null where one of them does not.</summary>
    private string? DeprecationOf(List<BoundRoute> routes)
    {
        var routed = source.Endpoints
            .Where(endpoint => routes.Exists(route => (route.Provider, route.EndpointId) == (endpoint.Provider, endpoint.Id))).ToList();
        if (routed.Exists(endpoint => endpoint.Facts.Deprecation is null))
            return null;
        var messages = routed.Select(endpoint => endpoint.Facts.Deprecation!).Distinct().ToList();
        return messages.Count == 1 ? messages[0] : string.Join(" ", routed.Select(endpoint => $"{endpoint.Provider}: {endpoint.Facts.Deprecation}"));
    }

    private BoundRoute Route(BoundEndpoint endpoint, EquatableArray<BoundStep> steps, EquatableArray<BoundResultMember> members) => new()
    {
        Provider = endpoint.Provider,
        EndpointId = endpoint.Id,
        EndpointClass = endpoint.FullName,
        Client = endpoint.Client,
        Steps = steps,
        Result = members,
        Price = source.EntryOf(endpoint).Price,
    };

    /// <summary>What the catalog itself describes, bound as an endpoint is; null where it describes nothing.</summary>
    private BoundEndpoint? BindDeclared(CancellationToken cancellationToken)
    {
        if (source.Model is { Parameters: null, Result: null })
            return null;
        var outcome = EndpointBinder.Bind(DescribedBy(source.Model, source.Path, source.Name, catalogNamespace), cancellationToken);
        _problems.AddRange(outcome.Problems);
        return outcome.Value;
    }

    /// <summary>What the catalog itself describes of a model, in the form of an endpoint.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The catalog's path.</param>
    /// <param name="name">The C# name of the model's class.</param>
    /// <param name="catalogNamespace">The namespace of the class.</param>
    public static MergedEndpoint DescribedBy(CatalogModel model, string path, string name, string catalogNamespace) => new()
    {
        Provider = "",
        Id = model.Name,
        Namespace = catalogNamespace,
        IsReference = true,
        Name = name,
        OpenApiPath = path,
        Names = default,
        LockPath = null,
        Description = new EndpointDescription
        {
            Provider = "",
            Id = model.Name,
            Input = model.Parameters ?? new Schema { Types = SchemaTypes.Object },
            Output = model.Result ?? new Schema { Types = SchemaTypes.Object, Properties = default },
            Schemas = model.Schemas,
        },
    };
}
