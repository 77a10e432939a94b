using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Joins the documents of each endpoint, and gives each endpoint its class name.</summary>
internal static class DocumentGroups
{
    // Of hundreds of documents one changes: what this step makes of the others it has made before.
    private static readonly ConditionalWeakTable<ParsedSpec, DescribedEndpoint> _described = new();

    /// <summary>
    /// The endpoints, in an order that does not depend on that of the files. The step runs whenever a document changes, and is cheap; what comes after
    /// runs only for endpoints whose own documents changed, because each item compares by value.
    /// </summary>
    public static ImmutableArray<EndpointDocuments> Group(ImmutableArray<ParsedSpec> files, string defaultNamespace, CancellationToken cancellationToken)
    {
        var locks = LockedNames.ByOwner(files);
        var endpoints = new List<EndpointDocuments>();
        var described = files
            .Where(static file => file.Document.Endpoint is not null)
            .Select(static file => _described.GetValue(file, static file => new(file)))
            .OrderBy(static one => one.Owner, StringComparer.Ordinal)
            .ThenBy(static one => one.File.SortKey, StringComparer.Ordinal)
            .ToList();
        for (int start = 0, end; start < described.Count; start = end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var owner = described[start].Owner;
            end = start + 1;
            while (end < described.Count && described[end].Owner == owner)
                end++;
            var locked = locks.Of(owner);
            endpoints.Add(end == start + 1 && locked.Count == 0
                ? described[start].Alone(defaultNamespace)
                : Group(described.GetRange(start, end - start), defaultNamespace, locked, locks.Path));
        }
        return EndpointNames.ResolveConflicts(endpoints).ToImmutableArray();
    }

    /// <summary>The endpoints by the path of the first document of each.</summary>
    public static IReadOnlyDictionary<string, EndpointDocuments> ByDocument(
        ImmutableArray<ParsedSpec> files, string defaultNamespace, CancellationToken cancellationToken)
    {
        var endpoints = new Dictionary<string, EndpointDocuments>(StringComparer.Ordinal);
        foreach (var endpoint in Group(files, defaultNamespace, cancellationToken))
            endpoints[endpoint.Documents[0].Key] = endpoint;
        return endpoints;
    }

    /// <summary>The endpoints in the order of their first documents.</summary>
    public static IEnumerable<EndpointDocuments> InOrder(ImmutableArray<ParsedSpec> files, IReadOnlyDictionary<string, EndpointDocuments> endpoints)
    {
        foreach (var file in files)
        {
            if (endpoints.TryGetValue(file.Key, out var endpoint))
                yield return endpoint;
        }
    }

    private static EndpointDocuments Group(
        List<DescribedEndpoint> members, string defaultNamespace, EquatableArray<LockedName> locked, string? lockPath) => new(
        members[0].Document.Endpoint.Provider, members[0].Document.Endpoint.Id,
        members.Select(static member => member.File.Namespace).FirstOrDefault(static name => name is not null) ?? defaultNamespace,
        members.Exists(static member => member.File.IsReference),
        members[0].Name,
        members.Select(static member => member.Document).ToEquatableArray(),
        locked,
        locked.Count > 0 ? lockPath : null,
        ConflictsWith: null);

    /// <summary>A document of an endpoint, with what follows from it alone.</summary>
    private sealed class DescribedEndpoint(ParsedSpec file)
    {
        private EndpointDocuments? _alone;

        public ParsedSpec File => file;

        /// <summary>What all documents of the endpoint have in common.</summary>
        public string Owner { get; } = NameKeys.Endpoint(file.Document.Endpoint!.Provider, file.Document.Endpoint.Id);

        /// <summary>The class name that the endpoint asks for.</summary>
        public string Name { get; } = EndpointNames.Of(file.Document.Endpoint!.Id, file.Document.Endpoint.Client);

        public EndpointDocument Document { get; } = new(file.Path, file.Document.Kind, file.Document.Endpoint!, file.Key);

        /// <summary>The endpoint, where it has no other document and no locked names.</summary>
        public EndpointDocuments Alone(string defaultNamespace)
        {
            var known = _alone;
            return known is not null && known.Namespace == (file.Namespace ?? defaultNamespace) ? known
                : _alone = Group([this], defaultNamespace, locked: default, lockPath: null);
        }
    }
}
