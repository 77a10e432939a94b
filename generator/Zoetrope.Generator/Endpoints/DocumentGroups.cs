using System.Collections.Immutable;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Providers;
using Zoetrope.Generator.Text;
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
                EndpointNames.Of(endpoint.Id),
                members.Select(file => new EndpointDocument(file.Path, file.Document.Kind, file.Document.Endpoint!)).ToEquatableArray(),
                locked,
                locked.Count > 0 ? locks.Path : null,
                ConflictsWith: null));
        }
        return EndpointNames.ResolveConflicts(endpoints).ToImmutableArray();
    }

    /// <summary>
    /// The endpoints by the path of the first document of each. A step that picks them file by file keeps its place for each endpoint when others come and go;
    /// out of a list all that lie behind would move, and run again.
    /// </summary>
    public static IReadOnlyDictionary<string, EndpointDocuments> ByDocument(ImmutableArray<ParsedSpec> files, string defaultNamespace, CancellationToken cancellationToken)
    {
        var endpoints = new Dictionary<string, EndpointDocuments>(StringComparer.Ordinal);
        foreach (var endpoint in Group(files, defaultNamespace, cancellationToken))
            endpoints[endpoint.Documents[0].Path] = endpoint;
        return endpoints;
    }
}

/// <summary>The class names of endpoints.</summary>
internal static class EndpointNames
{
    /// <summary>What else is called so: the indexes, the members of every endpoint's class, the namespace of neutral models, and what gets the extensions.</summary>
    private static readonly HashSet<string> Reserved = new(
    [
        "ModelIndex", "NeutralIndex", "Request", "Result", "Endpoint", "Info", "Model", "Neutral", "MediaRouter",
        .. ProviderProfiles.All.Select(profile => profile.ClientName),
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that an id asks for: its words, without what precedes the ids of a provider's own models.</summary>
    public static string Of(string id)
    {
        var name = Identifiers.Of(ProviderProfiles.WithoutPrefix(id), "Model");
        return IsFree(name) ? name : name + "Model";
    }

    /// <summary>
    /// Locked names win. Where several endpoints of a namespace ask for one name, each that has no lock is led by its provider, or gets a hash of its id where
    /// that is not enough, so that no name depends on their order. Of several that are locked to one name the first has it.
    /// </summary>
    public static IEnumerable<EndpointDocuments> ResolveConflicts(List<EndpointDocuments> endpoints)
    {
        var taken = new HashSet<(string, string)>();
        var asked = endpoints.ConvertAll(endpoint => Requested(endpoint, name => taken.Add(Key(endpoint.Namespace, name))));
        var wanted = asked.GroupBy(endpoint => Key(endpoint.Namespace, endpoint.Name)).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var endpoint in asked)
        {
            var rivals = wanted[Key(endpoint.Namespace, endpoint.Name)].FindAll(other => other != endpoint);
            yield return rivals.Count == 0 || (Locked(endpoint) is not null && endpoint.RejectedName is null)
                ? endpoint
                : endpoint with { Name = Apart(endpoint, rivals), ConflictsWith = NameKeys.Endpoint(rivals[0].Provider, rivals[0].Id) };
        }

        string Apart(EndpointDocuments endpoint, List<EndpointDocuments> rivals)
        {
            var led = Identifiers.Of(endpoint.Provider, "") + endpoint.Name;
            var isTold = rivals.TrueForAll(other => other.Provider != endpoint.Provider) && IsFree(led) && !wanted.ContainsKey(Key(endpoint.Namespace, led));
            return isTold ? led : endpoint.Name + "_" + StableHash.Hex(endpoint.Id).Substring(0, 6);
        }
    }

    /// <summary>The endpoint with the name that it asks for: the locked one, unless it cannot stand or another has it.</summary>
    private static EndpointDocuments Requested(EndpointDocuments endpoint, Func<string, bool> take)
    {
        if (Locked(endpoint) is not { } name)
            return endpoint;
        return Identifiers.IsTypeName(name) && IsFree(name) && take(name) ? endpoint with { Name = name } : endpoint with { RejectedName = name };
    }

    /// <summary>Files of generated code, and so types, may not differ by case alone, not even in their namespaces.</summary>
    private static (string, string) Key(string space, string name) => (space.ToUpperInvariant(), name.ToUpperInvariant());

    private static bool IsFree(string name) => !Reserved.Contains(name) && !name.EndsWith("Extensions", StringComparison.OrdinalIgnoreCase);

    private static string? Locked(EndpointDocuments endpoint) =>
        endpoint.Names.Where(name => name.Key.Length == 0).Select(name => name.Name).LastOrDefault();
}
