using Zoetrope.Generator.Providers;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Naming;

/// <summary>The class names of APIs.</summary>
internal static class ApiNames
{
    private const string ClientSuffix = "Client";

    /// <summary>The clients of the packages, whose names must stay free.</summary>
    private static readonly HashSet<string> Packages = new(
        ["MediaClient", "ApiClient", .. ProviderProfiles.All.Select(profile => profile.ClientName)], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The name that a document asks for: the words of its title that distinguish it from others; where there are none, the name of its server's owner.
    /// </summary>
    public static string Of(ApiDescription api) => Of(ApiTitle.Of(api).Words);

    /// <summary>A name that says more: led by the owner of the server, and by the words of the server's path.</summary>
    public static string InFull(ApiDescription api)
    {
        var title = ApiTitle.Of(api);
        var server = ServerNames.Of(api);
        var owner = title.Owner.Count == 0 && ServerNames.OwnerOf(server) is { Name: { } name } ? [name] : title.Owner;
        return Of(owner.Concat(server is null ? [] : ServerNames.PathWords(server)).Concat(title.Rest).ToList());
    }

    /// <summary>The name that a user asks for, without the suffix of the client's class; null when it is not a valid one.</summary>
    public static string? OfUser(string name)
    {
        if (name.Length > ClientSuffix.Length && name.EndsWith(ClientSuffix, StringComparison.Ordinal))
            name = name.Substring(0, name.Length - ClientSuffix.Length);
        return Identifiers.IsTypeName(name) ? name : null;
    }

    private static string Of(IEnumerable<string> words)
    {
        var name = Identifiers.Of(string.Join(" ", words), "Service");
        return Packages.Contains(name + ClientSuffix) ? name + "Api" : name;
    }
}
