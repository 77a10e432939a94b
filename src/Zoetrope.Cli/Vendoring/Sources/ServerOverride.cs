using Zoetrope.Specs.Providers;

namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>Leads requests for documents to another server than the provider's: a mirror, or the simulator.</summary>
internal static class ServerOverride
{
    /// <summary>The address at the other server, below its path; the address itself where there is none.</summary>
    public static Uri Apply(Uri url, Uri? server) => server is null ? url : new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + url.PathAndQuery);

    /// <summary>The same for an address of a known provider; others stay what they are.</summary>
    public static Uri ApplyToProviders(Uri url, Uri? server) => DocumentProfiles.OfHost(url.IdnHost.ToLowerInvariant()) is null ? url : Apply(url, server);
}
