using System.Collections.Immutable;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Joins the documents of each endpoint, and gives each endpoint its class name.</summary>
internal static class DocumentGroups
{
    /// <summary>
    /// The endpoints, in an order that does not depend on that of the files. The step runs whenever a document changes, and is cheap; what comes after
    /// runs only for endpoints whose own documents changed, because each item compares by value.
    /// </summary>
    public static ImmutableArray<EndpointDocuments> Group(ImmutableArray<ParsedSpec> files, string defaultNamespace, CancellationToken cancellationToken)
    {
        var locks = LockedNames.ByOwner(files);
        var endpoints = new List<EndpointDocuments>();
        var groups = files
            .Where(file => file.Document.Endpoint is not null)
            .GroupBy(file => NameKeys.Endpoint(file.Document.Endpoint!.Provider, file.Document.Endpoint.Id), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var members = group.OrderBy(file => file.SortKey, StringComparer.Ordinal).ToList();
            var endpoint = members[0].Document.Endpoint!;
            var locked = locks.Of(group.Key);
            endpoints.Add(new EndpointDocuments(
                endpoint.Provider, endpoint.Id,
                members.Select(file => file.Namespace).FirstOrDefault(name => name is not null) ?? defaultNamespace,
                members.Any(file => file.IsReference),
                EndpointNames.Of(endpoint.Id, endpoint.Client),
                members.Select(file => new EndpointDocument(file.Path, file.Document.Kind, file.Document.Endpoint!, file.Key)).ToEquatableArray(),
                locked,
                locked.Count > 0 ? locks.Path : null,
                ConflictsWith: null));
        }
        return EndpointNames.ResolveConflicts(endpoints).ToImmutableArray();
    }

    /// <summary>
    /// The endpoints by the path of the first document of each. A step that picks them file by file keeps its position for each endpoint when others come and
    /// go; in a list all that follow would move, and run again.
    /// </summary>
    public static IReadOnlyDictionary<string, EndpointDocuments> ByDocument(
        ImmutableArray<ParsedSpec> files, string defaultNamespace, CancellationToken cancellationToken)
    {
        var endpoints = new Dictionary<string, EndpointDocuments>(StringComparer.Ordinal);
        foreach (var endpoint in Group(files, defaultNamespace, cancellationToken))
            endpoints[endpoint.Documents[0].Key] = endpoint;
        return endpoints;
    }
}
