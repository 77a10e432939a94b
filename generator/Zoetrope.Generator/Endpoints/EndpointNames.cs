using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Providers;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Generator.Endpoints;

/// <summary>The class names of endpoints.</summary>
internal static class EndpointNames
{
    /// <summary>Names with another meaning: indexes, members of every endpoint's class, the namespace of neutral models, types that have extensions.</summary>
    private static readonly HashSet<string> _reserved = new(
    [
        "ModelIndex", "NeutralIndex", "Request", "Result", "Endpoint", "Info", "Model", "Neutral", "MediaRouter",
        .. ProviderProfiles.All.Select(profile => profile.ClientName),
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that an id asks for: its words, without what precedes the ids of a provider's own models.</summary>
    /// <param name="id">The id.</param>
    /// <param name="client">The client that is generated with the model; null where a package has the client.</param>
    public static string Of(string id, string? client = null)
    {
        var name = Identifiers.Of(DocumentProfiles.WithoutPrefix(id), "Model");
        return IsFree(name) && !IsOfClient(name, client) ? name : name + "Model";
    }

    /// <summary>Whether a class has that name which is generated with the client.</summary>
    private static bool IsOfClient(string name, string? client)
    {
        const string Suffix = "Client";
        return client is not null
            && new[] { client, client + "Options", client.Substring(0, client.Length - Suffix.Length) + "Protocol" }
                .Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Locked names win. Where several endpoints of a namespace ask for one name, each without a lock is prefixed with its provider, or suffixed with a hash
    /// of its id where that is not enough. Of several that are locked to one name the first has it.
    /// </summary>
    public static IEnumerable<EndpointDocuments> ResolveConflicts(List<EndpointDocuments> endpoints)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var asking = endpoints.ConvertAll(endpoint => Requested(endpoint, name => taken.Add(Qualify(endpoint, name))));
        var names = asking.ConvertAll(static endpoint => Qualify(endpoint, endpoint.Name));
        // In most projects nothing else asks for any of the names.
        return new HashSet<string>(names, StringComparer.OrdinalIgnoreCase).Count == names.Count ? asking : Distinguish(asking, new NameConflicts(names));
    }

    private static IEnumerable<EndpointDocuments> Distinguish(List<EndpointDocuments> asking, NameConflicts conflicts)
    {
        for (var i = 0; i < asking.Count; i++)
        {
            var endpoint = asking[i];
            var rivals = conflicts.RivalsOf(i, Qualify(endpoint, endpoint.Name)).Select(place => asking[place]).ToList();
            var isLocked = Locked(endpoint) is not null && endpoint.RejectedName is null;
            yield return rivals.Count == 0 || isLocked
                ? endpoint
                : endpoint with { Name = Distinct(endpoint, rivals), ConflictsWith = NameKeys.Endpoint(rivals[0].Provider, rivals[0].Id) };
        }

        string Distinct(EndpointDocuments endpoint, List<EndpointDocuments> rivals)
        {
            var prefixed = Identifiers.Of(endpoint.Provider, "") + endpoint.Name;
            var isDistinct =
                rivals.TrueForAll(other => other.Provider != endpoint.Provider) && IsFree(prefixed) && !conflicts.IsAsked(Qualify(endpoint, prefixed));
            return isDistinct ? prefixed : NameConflicts.WithHash(endpoint.Name, endpoint.Id);
        }
    }

    /// <summary>The endpoint with the name that it asks for: the locked one, unless it is not valid or another has it.</summary>
    private static EndpointDocuments Requested(EndpointDocuments endpoint, Func<string, bool> take)
    {
        if (Locked(endpoint) is not { } name)
            return endpoint;
        return Identifiers.IsTypeName(name) && IsFree(name) && take(name) ? endpoint with { Name = name } : endpoint with { RejectedName = name };
    }

    /// <summary>Types of the same name in several namespaces do not conflict.</summary>
    private static string Qualify(EndpointDocuments endpoint, string name) => endpoint.Namespace + "." + name;

    private static bool IsFree(string name) => !_reserved.Contains(name) && !name.EndsWith("Extensions", StringComparison.OrdinalIgnoreCase);

    private static string? Locked(EndpointDocuments endpoint) => endpoint.Names.Count == 0 ? null
        : endpoint.Names.Where(name => name.Key.Length == 0).Select(name => name.Name).LastOrDefault();
}
