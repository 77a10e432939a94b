using System.Collections.Immutable;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>Joins the models of catalogs with their endpoints.</summary>
internal static class NeutralGroups
{
    /// <summary>The models of all catalogs, each with its own endpoints only.</summary>
    public static ImmutableArray<NeutralSource> Group(ImmutableArray<ParsedSpec> files, ImmutableArray<BoundEndpoint> endpoints, string catalogNamespace)
    {
        if (files.IsEmpty)
            return ImmutableArray<NeutralSource>.Empty;
        var known = endpoints.ToDictionary(endpoint => NameKeys.Endpoint(endpoint.Provider, endpoint.Id), StringComparer.Ordinal);
        var sources = new List<NeutralSource>();
        var names = new NameScope(endpoints
            .Where(endpoint => !endpoint.IsReference && string.Equals(endpoint.Namespace, catalogNamespace, StringComparison.OrdinalIgnoreCase))
            .Select(endpoint => endpoint.Name));
        foreach (var file in files.OrderBy(file => file.SortKey, StringComparer.Ordinal))
        {
            foreach (var model in file.Document.Catalog?.Models ?? default)
            {
                var own = model.Endpoints.Select(endpoint => known.TryGetValue(NameKeys.Endpoint(endpoint.Provider, endpoint.Id), out var found) ? found : null)
                    .Where(endpoint => endpoint is not null).Select(endpoint => endpoint!).ToEquatableArray();
                sources.Add(new(file.Path, model, names.Reserve(EndpointNames.Of(model.Name), "Neutral"), own));
            }
        }
        return sources.ToImmutableArray();
    }
}
